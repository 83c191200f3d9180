package io.daxflux.media;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The specification says what the code does. */
class MediaFormatDocsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("../docs/media-format.md");

  private static final Map<String, Integer> SUPERBLOCK =
      Map.ofEntries(
          entry("magic", 0),
          entry("version", SuperblockFormat.VERSION),
          entry("superblock bytes", SuperblockFormat.LENGTH),
          entry("identity", SuperblockFormat.IDENTITY_HIGH),
          entry("generation", SuperblockFormat.GENERATION),
          entry("device bytes", SuperblockFormat.DEVICE_BYTES),
          entry("block bytes", SuperblockFormat.BLOCK_BYTES),
          entry("unit bytes", SuperblockFormat.UNIT_BYTES),
          entry("record offset", SuperblockFormat.RECORD_OFFSET),
          entry("record units", SuperblockFormat.RECORD_UNITS),
          entry("payload offset", SuperblockFormat.PAYLOAD_OFFSET),
          entry("payload blocks", SuperblockFormat.PAYLOAD_BLOCKS),
          entry("created", SuperblockFormat.CREATED),
          entry("state", SuperblockFormat.STATE),
          entry("compatible features", SuperblockFormat.COMPATIBLE),
          entry("incompatible features", SuperblockFormat.INCOMPATIBLE),
          entry("checksum", SuperblockFormat.CHECKSUM));

  private static final Map<String, Integer> RECORD =
      Map.ofEntries(
          entry("state", RecordFormat.STATE),
          entry("last use", RecordFormat.LAST_USE),
          entry("checksum", RecordFormat.CHECKSUM),
          entry("length", RecordFormat.LENGTH),
          entry("unit", RecordFormat.UNIT),
          entry("identity", RecordFormat.IDENTITY_HIGH),
          entry("generation", RecordFormat.GENERATION),
          entry("sequence", RecordFormat.SEQUENCE),
          entry("first block", RecordFormat.FIRST_BLOCK),
          entry("payload bytes", RecordFormat.PAYLOAD_BYTES),
          entry("expiry", RecordFormat.EXPIRY),
          entry("key bytes", RecordFormat.KEY_BYTES),
          entry("attributes bytes", RecordFormat.ATTRIBUTES_BYTES),
          entry("tensors", RecordFormat.TENSORS),
          entry("flags", RecordFormat.FLAGS),
          entry("key", RecordFormat.KEY));

  @Test
  void fieldsLieWhereTheSpecificationSays() throws IOException {
    assertThat(fields("## Superblock")).isEqualTo(new TreeMap<>(SUPERBLOCK));
    assertThat(fields("## Record")).isEqualTo(new TreeMap<>(RECORD));
  }

  /** Fields have no gaps between them: a table's offset is the last one's and its length. */
  @Test
  void fieldsFollowEachOther() throws IOException {
    for (String heading : List.of("## Superblock", "## Record")) {
      int end = 0;
      for (List<String> row : rows(heading)) {
        if (row.size() > 3 && row.get(1).matches("\\d+")) {
          assertThat(row.getFirst()).as(row.get(2)).isEqualTo(String.valueOf(end));
          end += Integer.parseInt(row.get(1));
        }
      }
      assertThat(end).isIn(SuperblockFormat.BYTES, RecordFormat.KEY);
    }
  }

  @Test
  void codesAreThoseOfTheSpecification() throws IOException {
    Set<String> expected = new TreeSet<>();
    Arrays.stream(DType.values()).forEach(d -> expected.add(FieldCodes.of(d) + " `" + d + "`"));
    Arrays.stream(KvFormat.values()).forEach(f -> expected.add(FieldCodes.of(f) + " `" + f + "`"));
    Set<String> found = new TreeSet<>();
    rows("## Record").stream()
        .filter(row -> row.size() == 2 && row.getFirst().matches("\\d+"))
        .forEach(row -> found.add(row.getFirst() + " " + row.getLast()));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void everyReasonIsThere() throws IOException {
    assertThat(names("## Recovery")).isEqualTo(names(DropReason.values()));
    assertThat(names("## What is refused")).isEqualTo(names(MediaException.Reason.values()));
  }

  private static Set<String> names(Enum<?>[] constants) {
    Set<String> names = new TreeSet<>();
    Arrays.stream(constants).forEach(constant -> names.add(constant.name()));
    return names;
  }

  private static Set<String> names(String heading) throws IOException {
    Set<String> names = new TreeSet<>();
    for (List<String> row : rows(heading)) {
      for (String name : row.getFirst().split(", ", -1)) {
        if (name.startsWith("`")) {
          names.add(name.replace("`", ""));
        }
      }
    }
    return names;
  }

  private static Map<String, Integer> fields(String heading) throws IOException {
    Map<String, Integer> fields = new TreeMap<>();
    for (List<String> row : rows(heading)) {
      if (row.size() >= 3 && row.getFirst().matches("\\d+") && !row.get(2).equals("zero")) {
        fields.put(row.get(2), Integer.valueOf(row.getFirst()));
      }
    }
    return fields;
  }

  /** The rows of all tables under a heading. */
  private static List<List<String>> rows(String heading) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int from = lines.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    return lines.stream()
        .skip(from + 1L)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }
}
