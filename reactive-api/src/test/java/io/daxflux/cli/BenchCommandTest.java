package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("arena");
  }

  private static CommandRun bench(Object device, String... more) {
    String words =
        "bench --device " + device + " --size 4MiB --chunk 200KiB --total 1MiB --time 10ms ";
    return CommandRun.of((words + String.join(" ", more)).split(" "));
  }

  private void store(int chunks) {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath(file().toString())
            .deviceBytes(4 << 20)
            .outputBudgetBytes(1 << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block(Chunks.SOON);
    Chunks.putAll(store, Chunks.chunksOf("c", chunks, 10_000));
    store.close().block(Chunks.SOON);
  }

  private String found() {
    return CommandRun.of("verify", "--device", file().toString()).out().getFirst();
  }

  @Test
  void everyWayIsInTheTableBesideTheFloor() {
    CommandRun run = bench("memory:");
    assertThat(run.exitCode()).as("%s", run.err()).isZero();
    assertThat(run.out().getFirst()).startsWith("5 chunks of 200 KiB on memory:, ");
    assertThat(run.out().get(1)).matches(" +GB/s +of the floor");
    assertThat(run.out().get(2)).matches("restoreAll +[0-9.]+ +[0-9.]+");
    assertThat(run.out().get(3)).matches("restorePrefix +[0-9.]+ +[0-9.]+");
    assertThat(run.out().get(4)).matches("floor +[0-9.]+ +1\\.00");
    assertThat(run.out()).hasSize(5);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void aFileThatItMadeIsGoneAfterwards() {
    assertThat(bench(file()).exitCode()).isZero();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aStoreWithoutChunksIsOneAfterwards() {
    store(0);
    assertThat(bench(file()).exitCode()).isZero();
    assertThat(found()).contains(": 0 chunks");
  }

  @Test
  void aStoreOfSomebodysIsLeftAlone() {
    store(3);
    CommandRun refused = bench(file());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .endsWith(
            ": expected an empty device or a store without chunks, or --yes to go ahead, found a"
                + " store of 3 chunks");
    assertThat(found()).contains(": 3 chunks, 30000 bytes");

    assertThat(bench(file(), "--yes").exitCode()).isZero();
    assertThat(found()).contains(": 3 chunks, 30000 bytes");
  }

  @Test
  void whatIsNoStoreIsGivenUpOnlyWhenAskedFor() throws IOException {
    Files.writeString(file(), "something of somebody's");
    assertThat(bench(file()).exitCode()).isEqualTo(1);
    assertThat(file()).hasContent("something of somebody's");

    assertThat(bench(file(), "--yes").exitCode()).isZero();
    assertThat(found()).contains(": 0 chunks");
  }

  @Test
  void itSaysWhereNothingIsRetrieved() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "retrieve_locations: [disk]");
    CommandRun run = bench("memory:", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).containsExactly("daxflux: expected to restore 5 chunks, found 0");
  }
}
