package io.daxflux.reactive.faults;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CopyEngine;
import io.daxflux.config.RestoreMode;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.Failed.Cause;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that callers bring, and that fails: their loss, and never the arena's. */
class CallersMemoryFaultTest {
  @RegisterExtension final QuietStores stores = new QuietStores();

  @Test
  void payloadThatFaultsFailsItsChunkAndNoOther() {
    ReactiveChunkStore store = stores.open();
    BreakableFile file = new BreakableFile(stores.newFile());
    MemorySegment mapped = file.map(3 * BLOCK);
    file.cutTo(BLOCK);
    AtomicInteger released = new AtomicInteger();
    Chunk broken =
        Chunk.builder(key("broken"), ChunkLayout.blob(3 * BLOCK))
            .payload(mapped)
            .onRelease(released::incrementAndGet)
            .build();

    List<PutOutcome> outcomes =
        store
            .putAll(List.of(chunk("a", 100), broken, chunk("b", 100)), PutMode.KEEP_EXISTING)
            .collectList()
            .block(SOON);

    assertThat(outcomes)
        .containsExactly(
            new Stored(key("a"), 100),
            new Failed(key("broken"), Cause.PAYLOAD_FAULT, "memory faulted in the copy"),
            new Stored(key("b"), 100));
    assertThat(store.contains(key("broken")).block(SOON)).isFalse();
    assertThat(QuietStores.statusOf(store).arena().quarantinedBytes()).isZero();
    QuietStores.until(() -> released.get() == 1, "the payload back");
  }

  @Test
  void outputThatFaultsIsAHoleAndItsChunkStays() {
    ReactiveChunkStore store = stores.open();
    Chunks.putAll(store, chunksOf("c", 2, 3 * BLOCK));
    BreakableFile file = new BreakableFile(stores.newFile());
    MemorySegment mapped = file.map(3 * BLOCK);
    file.cutTo(BLOCK);
    MemorySegment sound = MemorySegment.ofArray(new byte[3 * BLOCK]);

    var outcomes = store.restoreInto(keysOf("c", 2), List.of(mapped, sound)).block(SOON);

    assertThat(outcomes)
        .containsExactly(
            new Hole(0, key("c0"), MissReason.OUTPUT_FAULT),
            new Filled(1, key("c1"), ChunkLayout.blob(3 * BLOCK), Attributes.NONE));
    assertBytes(sound, "c1", 3 * BLOCK);
    assertThat(QuietStores.statusOf(store).arena().quarantinedBytes()).isZero();
    store.restoreAll(keys("c0")).block(SOON).close();
    assertThat(store.contains(key("c0")).block(SOON)).isTrue();
  }

  /** Such a mapping cannot be told from memory that cannot fault. */
  @Test
  void autoEngineSurvivesMemoryThatAnotherDeviceMapped() {
    Path path = stores.newFile();
    ReactiveChunkStore store =
        stores
            .spec()
            .over(Setup.MEMORY_DIRECT)
            .with(options -> options.copyEngine(CopyEngine.AUTO))
            .open();
    Chunks.put(store, "there", 3 * BLOCK);
    try (Device file = Devices.open(DeviceOptions.of(path.toString()).withBytes(4 << 20))) {
      MemorySegment mapped = file.memory().asSlice(0, 3 * BLOCK);
      new BreakableFile(path).cutTo(0);
      Chunk broken =
          Chunk.builder(key("broken"), ChunkLayout.blob(3 * BLOCK)).payload(mapped).build();

      assertThat(store.put(broken).block(SOON)).isInstanceOf(PutOutcome.Failed.class);
      assertThat(store.restoreInto(keys("there"), List.of(mapped)).block(SOON))
          .containsExactly(new Hole(0, key("there"), MissReason.OUTPUT_FAULT));
    }
  }

  /** To compare them with their checksums where they were written would be the end of the JVM. */
  @ParameterizedTest
  @EnumSource
  void outputThatFaultsIsNotReadAgainToBeVerified(RestoreMode mode) {
    int length = (9 << 20) + 5;
    ReactiveChunkStore store =
        stores
            .spec()
            .arena(20 << 20)
            .with(options -> options.verify(VerifyPolicy.ALWAYS))
            .open()
            .restoring(mode);
    Chunks.putAll(store, chunksOf("c", 2, length));
    BreakableFile file = new BreakableFile(stores.newFile());
    MemorySegment mapped = file.map(length);
    file.cutTo(5 << 20);
    MemorySegment sound = MemorySegment.ofArray(new byte[length]);

    var outcomes = store.restoreInto(keysOf("c", 2), List.of(mapped, sound)).block(SOON);

    assertThat(outcomes.getFirst()).isEqualTo(new Hole(0, key("c0"), MissReason.OUTPUT_FAULT));
    assertThat(outcomes.getLast()).isInstanceOf(Filled.class);
    assertBytes(sound, "c1", length);
    assertThat(store.contains(key("c0")).block(SOON)).isTrue();
  }
}
