package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code format}, {@code inspect} and {@code verify}. */
class DeviceCommandsTest {
  private static final long BYTES = 4 << 20;

  @TempDir Path folder;

  private String device() {
    return folder.resolve("arena").toString();
  }

  private CommandRun format(String... more) {
    String[] words = {"format", "--device", device(), "--size", BYTES + "B"};
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandRun.of(all);
  }

  /** A store with some chunks, closed. */
  private void store(int chunks) {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(device())
            .deviceBytes(BYTES)
            .outputBudgetBytes(1 << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block(Chunks.SOON);
    Chunks.putAll(store, Chunks.chunksOf("c", chunks, 10_000));
    store.close().block(Chunks.SOON);
  }

  @Test
  void formatMakesAnEmptyStoreOfANewFile() {
    CommandRun run = format("--set", "dax.block_size=4KiB");
    assertThat(run.exitCode()).as("%s", run.err()).isZero();
    assertThat(run.out()).containsExactly(device() + ": formatted, 512 blocks of 4 KiB");
    CommandRun inspected = CommandRun.of("inspect", "--device", device());
    assertThat(inspected.exitCode()).isZero();
    assertThat(inspected.out())
        .contains("payload: 512 blocks of 4096 bytes from byte 2097152 on")
        .anyMatch(line -> line.startsWith("chunks: 0 of 0 bytes"));
  }

  @Test
  void formatRefusesADeviceThatHoldsAStore() {
    store(3);
    CommandRun refused = format();
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .containsExactly(
            "daxflux: "
                + device()
                + ": expected an empty device, or --yes to give up what it holds, found a store of"
                + " 3 chunks");
    assertThat(CommandRun.of("verify", "--device", device()).out().getFirst())
        .contains(": 3 chunks, 30000 bytes of payload");

    assertThat(format("--yes").exitCode()).isZero();
    assertThat(CommandRun.of("verify", "--device", device()).out().getFirst())
        .contains(": 0 chunks");
  }

  @Test
  void formatRefusesWhatIsNoStoreAndLeavesItAsItIs() throws IOException {
    Files.writeString(Path.of(device()), "something of somebody's");
    CommandRun refused = format();
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .endsWith(
            "expected an empty device, or --yes to give up what it holds, found content that is no"
                + " store");
    assertThat(Path.of(device())).hasContent("something of somebody's");
  }

  @Test
  void formatRefusesADeviceWithoutRoomForABlock() {
    CommandRun refused = format("--size", "1MiB");
    assertThat(refused.exitCode()).isEqualTo(2);
    CommandRun small = CommandRun.of("format", "--device", device(), "--size", "1MiB");
    assertThat(small.exitCode()).isEqualTo(2);
    assertThat(small.err()).singleElement().asString().contains("expected at least 2162688 bytes");
    assertThat(Path.of(device())).doesNotExist();
  }

  @Test
  void inspectSaysWhatADeviceHoldsThatIsNoStore() throws IOException {
    Files.writeString(Path.of(device()), "something of somebody's");
    CommandRun run = CommandRun.of("inspect", "--device", device());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).last().asString().startsWith("no store: expected a store");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void verifyFindsAByteThatHasChanged() throws IOException {
    store(3);
    assertThat(CommandRun.of("verify", "--device", device(), "--threads", "1").out())
        .last()
        .isEqualTo("sound");
    try (RandomAccessFile file = new RandomAccessFile(device(), "rw")) {
      file.seek((2 << 20) + 5000);
      int was = file.read();
      file.seek((2 << 20) + 5000);
      file.write(was ^ 1);
    }
    CommandRun run = CommandRun.of("verify", "--device", device());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).last().isEqualTo("NOT SOUND");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void verifyFailsWhereThereIsNoStore() throws IOException {
    Files.write(Path.of(device()), new byte[1 << 20]);
    CommandRun run = CommandRun.of("verify", "--device", device());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .containsExactly("daxflux: " + device() + ": expected a store, found an empty device");
  }
}
