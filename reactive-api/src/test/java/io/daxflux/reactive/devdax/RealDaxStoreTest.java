package io.daxflux.reactive.devdax;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.keysOf;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.FormatPolicy;
import io.daxflux.config.RestoreMode;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.media.MediaCheck;
import io.daxflux.media.MediaException;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.DeviceTap;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.Filled;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.StoreStatus;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store on a real device-dax, {@code daxflux.test.dax}, which is overwritten. */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
class RealDaxStoreTest {
  /** In the record, around a block, and of several slices. */
  private static final int[] LENGTHS = {0, 1, 512, 513, BLOCK - 1, BLOCK, BLOCK + 1, (5 << 20) + 3};

  private static final List<ChunkKey> KEYS = keysOf("c", LENGTHS.length);

  private static final int LAST = LENGTHS.length - 1;

  @RegisterExtension final QuietStores stores = new QuietStores();

  private final String node = System.getProperty("daxflux.test.dax", "");

  @ParameterizedTest
  @EnumSource
  void chunksAreServedAsTheyWerePutAndFoundAgain(RestoreMode mode) {
    long bytes;
    try (Device whole = Devices.openReadOnly(node)) {
      bytes = whole.bytes();
    }
    withStore(
        config(FormatPolicy.ALWAYS).restoreMode(mode),
        store -> {
          StoreStatus.DeviceStatus device = QuietStores.statusOf(store).device();
          assertThat(device.kind()).isEqualTo(Device.Kind.DEVDAX);
          assertThat(device.bytes()).as("without a size, all there is").isEqualTo(bytes);
          put(store);
          assertServed(store);
        });
    withStore(
        config(FormatPolicy.NEVER).restoreMode(mode),
        store -> {
          assertThat(QuietStores.statusOf(store).media().recovered()).isEqualTo(LENGTHS.length);
          assertServed(store);
        });
    try (Device reader = Devices.openReadOnly(node)) {
      MediaCheck check = MediaCheck.of(reader, 2);
      assertThat(check.closedCleanly()).isTrue();
      assertThat(check.chunks()).isEqualTo(LENGTHS.length);
      assertThat(check.badSlices()).isEmpty();
      assertThat(check.dropped()).isEmpty();
    }
  }

  @Test
  void lossOfPowerIsSurvivedWhereThatIsAskedFor() {
    withStore(
        config(FormatPolicy.ALWAYS).durability(DurabilityPolicy.POWER),
        store -> {
          put(store);
          StoreStatus.MediaStatus media = QuietStores.statusOf(store).media();
          assertThat(media.durability()).isEqualTo(Device.Durability.POWER);
          assertThat(media.weakness()).isEmpty();
        });
  }

  @Test
  void chunkThatChangedOnTheDeviceIsAMiss() {
    DaxfluxConfig config = config(FormatPolicy.ALWAYS).deviceBytes(32 << 20).build();
    DeviceTap tap = new DeviceTap();
    ReactiveChunkStore store =
        ReactiveChunkStore.builder(config)
            .device(() -> tap.apply(Devices.open(DeviceOptions.of(node).withBytes(32 << 20))))
            .open()
            .block(SOON);
    try {
      put(store);
      tap.corrupt("c" + LAST, LENGTHS[LAST]);

      try (RestoredBatch batch = store.restoreAll(KEYS).block(SOON)) {
        assertThat(batch.hits()).hasSize(LAST);
        assertThat(batch.holes()).hasSize(1);
      }
      assertThat(QuietStores.statusOf(store).counters().corrupt()).isEqualTo(1);
    } finally {
      store.close().block(SOON);
    }
  }

  /** A namespace that is made anew still holds what was there before. */
  @Test
  void otherContentIsRefusedAndStays() {
    byte[] album = "a photo album".getBytes(StandardCharsets.US_ASCII);
    try (Device device = Devices.open(DeviceOptions.of(node))) {
      device.memory().asSlice(0, 4 << 20).fill((byte) 0);
      MemorySegment.copy(MemorySegment.ofArray(album), 0, device.memory(), 100_000, album.length);
      device.persist(0, 4 << 20);
    }

    assertThatThrownBy(() -> withStore(config(FormatPolicy.IF_EMPTY), _ -> {}))
        .isInstanceOf(MediaException.class)
        .hasMessageStartingWith(node + ": expected a store, an empty device, or dax.format: always")
        .hasMessageContaining("a photo album");

    try (Device device = Devices.openReadOnly(node)) {
      assertThat(device.memory().asSlice(100_000, album.length).toArray(JAVA_BYTE))
          .isEqualTo(album);
    }
  }

  private ConfigBuilder config(FormatPolicy format) {
    return DaxfluxConfig.builder()
        .devicePath(node)
        .blockBytes(BLOCK)
        .outputBudgetBytes(16 << 20)
        .stagingSlabBytes(32 << 20)
        .restoreWorkers(2)
        .restoreMaxRegions(2)
        .lockMemory(false)
        .format(format)
        .verify(VerifyPolicy.ALWAYS);
  }

  private static void withStore(ConfigBuilder config, Consumer<ReactiveChunkStore> work) {
    ReactiveChunkStore store = ReactiveChunkStore.open(config.build()).block(SOON);
    try {
      work.accept(store);
    } finally {
      store.close().block(SOON);
    }
  }

  private static void put(ReactiveChunkStore store) {
    Chunks.putAll(
        store,
        IntStream.rangeClosed(0, LAST).mapToObj(i -> chunk(KEYS.get(i), LENGTHS[i])).toList());
  }

  /** By every way there is. */
  private static void assertServed(ReactiveChunkStore store) {
    assertThat(store.prefixLength(KEYS).block(SOON)).isEqualTo(KEYS.size());
    assertThat(
            store.restorePrefix(KEYS).doOnNext(RealDaxStoreTest::assertWhole).count().block(SOON))
        .isEqualTo(KEYS.size());
    try (RestoredBatch batch = store.restoreAll(KEYS).block(SOON)) {
      assertThat(batch.hits()).hasSize(KEYS.size()).allSatisfy(RealDaxStoreTest::assertWhole);
    }
    try (BorrowedPrefix prefix = store.borrowPrefix(KEYS).block(SOON)) {
      assertThat(prefix.chunks()).hasSize(KEYS.size());
      for (BorrowedChunk chunk : prefix.chunks()) {
        assertThat(chunk.segment().isReadOnly()).isTrue();
        assertBytes(chunk.segment(), "c" + chunk.index(), LENGTHS[chunk.index()]);
      }
    }
    List<MemorySegment> outputs =
        Arrays.stream(LENGTHS).mapToObj(length -> MemorySegment.ofArray(new byte[length])).toList();
    assertThat(store.restoreInto(KEYS, outputs).block(SOON))
        .hasSize(KEYS.size())
        .allMatch(Filled.class::isInstance);
    for (int i = 0; i < LENGTHS.length; i++) {
      assertBytes(outputs.get(i), "c" + i, LENGTHS[i]);
    }
  }

  private static void assertWhole(RestoredChunk chunk) {
    try (chunk) {
      assertBytes(chunk.segment(), "c" + chunk.index(), LENGTHS[chunk.index()]);
    }
  }
}
