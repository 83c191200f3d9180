package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.FormatPolicy;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.Media;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.MediaOptions;
import io.daxflux.media.WatchedMedia;
import io.daxflux.reactive.SilentLog;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.store.IndexView;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the simulation found, each brought about in as few steps as it takes. */
class PowerLossTest {
  private static final int BLOCK_BYTES = 512;
  private static final int UNITS = 64;
  private static final int BLOCKS = 32;
  private static final int ENOUGH_IMAGES = 300;
  private static final ChunkKey KEY = ChunkKey.of("k");

  private final SilentLog silence = new SilentLog();
  private final SimulatedDevice device = device();
  private final SimulatedDevice left = device();

  private static SimulatedDevice device() {
    return new SimulatedDevice(WatchedMedia.bytes(BLOCK_BYTES, UNITS, BLOCKS), new Random(1));
  }

  @BeforeEach
  void format() {
    WatchedMedia.format(device, BLOCK_BYTES, UNITS, BLOCKS);
    device.persistAll();
  }

  @AfterEach
  void close() {
    device.close();
    left.close();
    silence.close();
  }

  private Media open(DurabilityPolicy durability) {
    boolean power = durability == DurabilityPolicy.POWER;
    return WatchedMedia.open(
        device, new MediaOptions(BLOCK_BYTES, FormatPolicy.NEVER, 1, power), device);
  }

  /** Looks at what a loss of power could leave now. */
  private void forEachImage(Consumer<List<ChunkKey>> check) {
    device
        .lines()
        .forEachImage(
            ENOUGH_IMAGES,
            image -> {
              MemorySegment.copy(MemorySegment.ofArray(image), 0, left.memory(), 0, image.length);
              check.accept(
                  WatchedMedia.scan(left, left).chunks().stream()
                      .map(chunk -> chunk.record().key())
                      .toList());
            });
  }

  private static ChunkRecord record(ChunkKey key, int bytes, long firstBlock, long sequence) {
    return new ChunkRecord(
        key,
        ChunkLayout.blob(bytes),
        Attributes.NONE,
        firstBlock,
        1,
        sequence,
        0,
        0,
        SliceSums.NONE);
  }

  @Test
  void oneSuperblockIsAlwaysDurable() {
    device.beforeStep(() -> forEachImage(_ -> {}));

    for (int i = 0; i < 3; i++) {
      open(DurabilityPolicy.PROCESS).closeCleanly();
      // And once without a word.
      open(DurabilityPolicy.PROCESS);
    }

    forEachImage(_ -> {});
  }

  @Test
  void superblockOfAnOpeningThatWasKilledIsMadeDurable() {
    open(DurabilityPolicy.POWER).closeCleanly();
    // It is written, and nobody waits for it any more.
    device.cutAfter(2);
    assertThatThrownBy(() -> open(DurabilityPolicy.PROCESS)).isInstanceOf(PowerCut.class);
    device.resume();
    device.beforeStep(() -> forEachImage(_ -> {}));

    open(DurabilityPolicy.PROCESS);

    forEachImage(_ -> {});
  }

  @Test
  void whatWasInvalidBeforeAnOpeningStaysSo() {
    Media before = open(DurabilityPolicy.POWER);
    before.writer().write(3, record(KEY, 600, 0, 1));
    device.persistAll();
    before.writer().invalidate(3);

    assertThat(open(DurabilityPolicy.POWER).recovery().chunks()).isEmpty();

    forEachImage(found -> assertThat(found).isEmpty());
  }

  @Test
  void nothingDurableIsGivenUpForWhatIsNot() {
    Media before = open(DurabilityPolicy.POWER);
    before.writer().write(3, record(KEY, 600, 0, 1));
    device.persistAll();
    before.writer().write(5, record(KEY, 600, 2, 2));
    device.beforeStep(() -> forEachImage(found -> assertThat(found).containsExactly(KEY)));

    open(DurabilityPolicy.PROCESS);

    forEachImage(found -> assertThat(found).containsExactly(KEY));
  }

  @Test
  void pageThatFaultsAmongTheRecordsKeepsNobodyOut() {
    Media before = open(DurabilityPolicy.POWER);
    int pageUnits = SimulatedDevice.PAGE_BYTES / MediaGeometry.UNIT_BYTES;
    before.writer().write(0, record(KEY, 600, 0, 1));
    before.writer().write(1, record(KEY, 600, 2, 2));
    before.writer().write(2 * pageUnits, record(KEY, 600, 4, 3));
    device.spoil(before.geometry().unitOffset(pageUnits));

    Media after = open(DurabilityPolicy.POWER);

    assertThat(after.recovery().chunks()).hasSize(1);
    assertThat(after.recovery().report().dropped()).isNotEmpty();
  }

  @Test
  void ofTwoRecordsThatOverlapTheLaterIsFound() {
    Media before = open(DurabilityPolicy.POWER);
    before.writer().write(3, record(KEY, 500, ChunkRecord.INLINE, 1));
    before.writer().write(4, record(ChunkKey.of("later"), 600, 0, 2));

    forEachRecovered(
        DurabilityPolicy.POWER, keys -> assertThat(keys).containsExactly(ChunkKey.of("later")));
  }

  private void forEachRecovered(DurabilityPolicy durability, Consumer<List<ChunkKey>> check) {
    check.accept(
        open(durability).recovery().chunks().stream().map(chunk -> chunk.record().key()).toList());
  }

  @Test
  void closeEndsThoughTheDeviceRefuses() {
    Media media = open(DurabilityPolicy.POWER);
    media.writer().write(3, record(KEY, 600, 0, 1));
    device.spoil(media.geometry().unitOffset(3));
    device.refuseOneIn(1);

    assertThatCode(
            () -> {
              media.noteUse(3, 7);
              media.closeCleanly();
            })
        .doesNotThrowAnyException();
  }

  // --- Stores

  private SteppedStore store() {
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath("simulated")
            .outputBudgetBytes(16 << 10)
            .blockBytes(BLOCK_BYTES)
            .durability(DurabilityPolicy.POWER)
            .build();
    return new SteppedStore(config, device, open(DurabilityPolicy.POWER), null, null);
  }

  @Test
  void removeOfWhatHasJustLeftIsAnsweredWhenItIsGoneForGood() {
    SteppedStore store = store();
    store.put(Chunk.blob(KEY, new byte[600]));
    Receiver<Boolean> first = store.subscribe(store.requests.remove(KEY));
    Receiver<Boolean> second = store.subscribe(store.requests.remove(KEY));

    store.settleStore();
    while (store.stepDeliveries()) {
      continue;
    }
    assertThat(first.received()).isEmpty();
    assertThat(second.received()).isEmpty();

    store.settle();
    assertThat(first.received()).containsExactly(true);
    assertThat(second.received()).containsExactly(false);
    store.assertQuiet();
  }

  @Test
  void nothingIsWrittenWhereARecordCouldNotBeInvalidated() {
    SteppedStore store = store();
    ChunkKey longKey = ChunkKey.of("k".repeat(300));
    store.put(Chunk.blob(longKey, new byte[600]));
    long firstUnit = IndexView.of(store.loop.store()).getFirst().unit();
    long units = IndexView.of(store.loop.store()).getFirst().units();
    device.refuseOneIn(1);
    Receiver<Boolean> removal = store.subscribe(store.requests.remove(longKey));
    store.settle();
    assertThat(removal.error()).isInstanceOf(RecordFaultException.class);
    device.refuseOneIn(0);

    int stored = 0;
    for (int i = 0; i < 20; i++) {
      Chunk chunk = Chunk.blob(ChunkKey.of("other" + i), new byte[i % 2 == 0 ? 10 : 600]);
      Receiver<PutOutcome> put =
          store.subscribe(store.requests.put(List.of(chunk), PutMode.REPLACE));
      store.settle();
      stored += put.received().getFirst() instanceof PutOutcome.Stored ? 1 : 0;
    }

    assertThat(stored).isPositive();
    assertThat(IndexView.of(store.loop.store()))
        .noneMatch(
            placed ->
                placed.readable()
                    && placed.unit() < firstUnit + units
                    && firstUnit < placed.unit() + placed.units());
    store.assertQuiet();
  }
}
