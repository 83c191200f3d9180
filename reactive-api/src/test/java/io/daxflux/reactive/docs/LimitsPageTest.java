package io.daxflux.reactive.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.restore.PlanLimits;
import io.daxflux.restore.StagingSlab;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The numbers of {@code docs/limits.md} against the code's. */
class LimitsPageTest {
  private static final Page PAGE = Page.of("docs/limits.md");
  private static final long MIB = 1 << 20;

  @Test
  void everyFixedLimitIsThatOfTheCode() {
    Map<String, String> documented = new LinkedHashMap<>();
    PAGE.table("Fixed").forEach(row -> documented.put(row.get(0), row.get(1)));

    Map<String, String> limits = new LinkedHashMap<>();
    limits.put("key", ChunkKey.MAX_BYTES + " bytes, at least 1");
    limits.put("attributes of a chunk", Attributes.MAX_BYTES + " bytes");
    limits.put("chunk", (ChunkLayout.MAX_BYTES >> 30) + " GiB, and the arena");
    limits.put("tensors in a chunk", String.valueOf(mostTensors()));
    limits.put("dimensions of a tensor", String.valueOf(mostDimensions()));
    limits.put("segments of a chunk's payload", String.valueOf(Chunk.MAX_PIECES));
    limits.put(
        "region, what one worker copies as one job",
        PlanLimits.DEFAULT_MAX_REGION_BYTES / MIB + " MiB");
    limits.put("smallest region worth a job", (PlanLimits.DEFAULT_MIN_REGION_BYTES >> 10) + " KiB");
    limits.put(
        "slice, what is copied without a look at cancellation",
        (long) constant("io.daxflux.restore.Slices", "MOST_BYTES") / MIB + " MiB");
    limits.put(
        "slot of the staging slab, one for each region",
        StagingSlab.MIN_SLOT_BYTES / MIB + " MiB at least");
    limits.put(
        "output memory that one window of a stream takes",
        "1/" + constant("io.daxflux.reactive.session.OutputMemory", "WINDOWS") + " of the budget");
    limits.put(
        "chunks under way of a stream of puts",
        constant("io.daxflux.reactive.LocalChunkStore", "STREAMED_PUTS_PER_REGION")
            + " for each of `dax.restore_max_regions`");
    Duration grace =
        (Duration) constant("io.daxflux.reactive.session.PrefixSession", "OWN_MEMORY_GRACE");
    limits.put(
        "wait of a stream whose own subscriber holds all memory that is out",
        grace.toMillis() + " ms");
    limits.put(
        "keys of a page of `scan`",
        constant("io.daxflux.reactive.LocalChunkStore", "MOST_KEYS_OF_A_PAGE") + ", and a few");
    limits.put(
        "events kept for a listener that is slow",
        String.valueOf(constant("io.daxflux.reactive.session.EventFeed", "MOST_WAITING")));
    Duration threads =
        (Duration) constant("io.daxflux.reactive.session.DeliveryThreads", "CLOSE_GRACE");
    limits.put("wait of close for the delivery threads", threads.toSeconds() + " s");

    assertThat(documented).containsExactlyEntriesOf(limits);
  }

  private static int mostTensors() {
    TensorLayout tensor = TensorLayout.of(DType.UINT8, KvFormat.BINARY, 1);
    int most = documentedNumber("tensors in a chunk");
    new ChunkLayout(Collections.nCopies(most, tensor));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkLayout(Collections.nCopies(most + 1, tensor)));
    return most;
  }

  private static int mostDimensions() {
    int most = documentedNumber("dimensions of a tensor");
    new TensorLayout(DType.UINT8, KvFormat.BINARY, Collections.nCopies(most, 1L));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TensorLayout(DType.UINT8, KvFormat.BINARY, Collections.nCopies(most + 1, 1L)));
    return most;
  }

  /** What the page says, for limits that the code has no constant for: it is tried out. */
  private static int documentedNumber(String limit) {
    return PAGE.table("Fixed").stream()
        .filter(row -> row.getFirst().equals(limit))
        .mapToInt(row -> Integer.parseInt(row.get(1)))
        .findFirst()
        .orElseThrow();
  }

  /** A constant that is nobody's business but the documentation's. */
  private static Object constant(String type, String name) {
    try {
      Field field = Class.forName(type).getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException missing) {
      throw new AssertionError("docs/limits.md speaks of " + type + "." + name, missing);
    }
  }

  /** {@code docs/configuration.md} is compared with the code where the code is. */
  @Test
  void everyConfiguredLimitIsThatOfTheConfiguration() {
    List<List<String>> configuration =
        Page.of("docs/configuration.md").table("Keys").stream()
            .map(row -> List.of(row.get(0), row.get(4), row.get(5)))
            .toList();

    assertThat(PAGE.table("Configured")).isNotEmpty().isSubsetOf(configuration);
  }

  @Test
  void everyKeyThatThePageNamesIsConfigurable() {
    List<String> keys =
        Page.of("docs/configuration.md").table("Keys").stream().map(List::getFirst).toList();
    Matcher named = Pattern.compile("`((?:dax\\.|max_local_)[a-z_]+)").matcher(PAGE.text());

    while (named.find()) {
      assertThat(keys).contains("`" + named.group(1) + "`");
    }
  }
}
