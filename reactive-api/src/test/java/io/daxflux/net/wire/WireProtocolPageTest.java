package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PutOutcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code docs/wire-protocol.md} against the code. */
class WireProtocolPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("../docs/wire-protocol.md").normalize();

  private static final ChunkKey A = ChunkKey.of("a");

  @Test
  void everyExampleIsWhatIsSent() throws IOException {
    Map<String, String> documented = new LinkedHashMap<>();
    for (List<String> row : table("| Frame |")) {
      documented.put(row.get(0).replace("`", ""), row.get(1).replaceAll("[` ]", ""));
    }

    assertThat(documented).containsExactlyEntriesOf(examples());
  }

  @Test
  void everyFrameHasItsRow() throws IOException {
    Map<String, String> documented = new LinkedHashMap<>();
    for (List<String> row : table("| Type |")) {
      documented.put(row.get(0).replace("`", ""), row.get(1));
    }
    Map<String, String> there = new LinkedHashMap<>();
    for (FrameType type : FrameType.values()) {
      there.put(type.name(), "0x%02x".formatted(type.code()));
    }

    assertThat(documented).containsExactlyEntriesOf(there);
  }

  @Test
  void everyCodeStandsInItsRow() throws IOException {
    Map<String, List<String>> documented = new LinkedHashMap<>();
    for (List<String> row : table("| Field | 1, 2, 3 ... |")) {
      documented.put(row.get(0), Arrays.asList(row.get(1).replace("`", "").split(" ")));
    }
    Map<String, List<String>> there = new LinkedHashMap<>();
    there.put("element type", names(Codes.DTYPES));
    there.put("format", names(Codes.FORMATS));
    there.put("put mode", names(Codes.PUT_MODES));
    there.put("miss", names(Codes.MISS_REASONS));
    there.put("prefix end", names(Codes.PREFIX_ENDS));
    there.put("refusal", names(Codes.REFUSALS));
    there.put("put failure", names(Codes.PUT_FAILURES));
    there.put("category", names(Codes.CATEGORIES));
    there.put("device", names(Codes.DEVICE_KINDS));
    there.put("durability", names(Codes.DURABILITIES));

    assertThat(documented).containsExactlyEntriesOf(there);
  }

  private static List<String> names(Codes<?> codes) {
    return codes.constants().stream().map(Enum::name).toList();
  }

  private static Map<String, String> examples() {
    Map<String, String> frames = new LinkedHashMap<>();
    frames.put(
        "hello of version 1 with the secret pw",
        frame(FrameType.HELLO, 0, to -> Hello.write(to, "pw".getBytes(StandardCharsets.UTF_8))));
    frames.put(
        "welcome: version 1, requests of 1 MiB, 1,000 keys, 4,096 requests, a window of 4 MiB",
        frame(FrameType.WELCOME, 0, new Welcome(1, 1 << 20, 1000, 4096, 4 << 20)::write));
    frames.put("call 1: is a there?", frame(FrameType.CONTAINS, 1, to -> Fields.writeKey(to, A)));
    frames.put("call 1: yes", frame(FrameType.DONE, 1, to -> to.writeBoolean(true)));
    frames.put(
        "call 2: restore the prefix a, bc",
        frame(
            FrameType.RESTORE_PREFIX,
            2,
            to -> Fields.writeKeys(to, List.of(A, ChunkKey.of("bc")))));
    BorrowedChunk chunk =
        new BorrowedChunk(
            0, A, ChunkLayout.blob(5), Attributes.NONE, MemorySegment.ofArray(new byte[5]));
    frames.put(
        "call 2: the first is a blob of 5 bytes, and more may follow",
        frame(
            FrameType.HEADS, 2, to -> Heads.writeBorrowed(to.writeBoolean(false), List.of(chunk))));
    frames.put("call 2: one chunk is wanted", frame(FrameType.GRANT, 2, Grants.ofAll(1)::write));
    frames.put(
        "call 2: its bytes, hello",
        frame(FrameType.DATA, 2, to -> to.writeCharSequence("hello", StandardCharsets.US_ASCII)));
    frames.put(
        "call 2: the prefix ends, for the next is absent",
        frame(
            FrameType.DONE,
            2,
            to ->
                Outcomes.writeEnd(to, new PrefixEnd(1, PrefixEnd.Reason.MISS, MissReason.ABSENT))));
    frames.put(
        "call 3: put a, a blob of 5 bytes, replacing what is there, to lie behind b",
        frame(
            FrameType.START_PUT,
            3,
            to ->
                Fields.writePut(
                    to,
                    ChunkHead.of(A, ChunkLayout.blob(5)).after(ChunkKey.of("b")),
                    PutMode.REPLACE)));
    frames.put("call 3: there is a place", frame(FrameType.OPENED, 3, _ -> {}));
    frames.put("call 3: 5 bytes are copied", frame(FrameType.TAKEN, 3, to -> to.writeInt(5)));
    frames.put(
        "call 3: stored",
        frame(FrameType.DONE, 3, to -> Outcomes.writePut(to, new PutOutcome.Stored(A, 5))));
    frames.put(
        "call 4: busy, for the ring has 2 slots",
        frame(FrameType.FAILED, 4, to -> Failures.write(to, new BusyException(2))));
    return frames;
  }

  private static String frame(FrameType type, int call, Consumer<ByteBuf> body) {
    ByteBuf frame = Frame.of(UnpooledByteBufAllocator.DEFAULT, type, call, body);
    try {
      return ByteBufUtil.hexDump(frame);
    } finally {
      frame.release();
    }
  }

  /** The rows of the table whose head begins so. */
  private static List<List<String>> table(String head) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int first = 0;
    while (!lines.get(first).startsWith(head)) {
      first++;
    }
    return lines.stream()
        .skip(first + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
        .toList();
  }
}
