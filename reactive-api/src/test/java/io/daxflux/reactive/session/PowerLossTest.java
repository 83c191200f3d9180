package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.DropReason;
import io.daxflux.media.GroupCommit;
import io.daxflux.media.Media;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.MediaOperation.Invalidate;
import io.daxflux.reactive.SilentLog;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulation found, each brought about in as few steps as it takes. */
class PowerLossTest {
  private static final ChunkKey KEY = ChunkKey.of("k");

  private final SilentLog silence = new SilentLog();
  private final PowerLossDevice losses = new PowerLossDevice();
  private final SimulatedDevice device = losses.device();

  @AfterEach
  void close() {
    losses.close();
    silence.close();
  }

  private Media open(DurabilityPolicy durability) {
    return losses.open(durability);
  }

  private void forEachImage(Consumer<List<ChunkRecord>> check) {
    losses.forEachImage(check);
  }

  private static List<ChunkKey> keys(List<ChunkRecord> records) {
    return records.stream().map(ChunkRecord::key).toList();
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
    device.beforeStep(() -> forEachImage(found -> assertThat(keys(found)).containsExactly(KEY)));

    open(DurabilityPolicy.PROCESS);

    forEachImage(found -> assertThat(keys(found)).containsExactly(KEY));
  }

  @Test
  void pageThatFaultsAmongTheRecordsKeepsNobodyOut() {
    Media before = open(DurabilityPolicy.POWER);
    int pageUnits = SimulatedDevice.PAGE_BYTES / MediaGeometry.UNIT_BYTES;
    // What is dropped lies on both sides of it.
    before.writer().write(0, record(KEY, 600, 0, 1));
    before.writer().write(2 * pageUnits, record(KEY, 600, 2, 2));
    before.writer().write(2 * pageUnits + 1, record(KEY, 600, 4, 3));
    device.spoil(before.geometry().unitOffset(pageUnits));

    Media after = open(DurabilityPolicy.POWER);

    assertThat(after.recovery().chunks()).hasSize(1);
    assertThat(after.recovery().report().dropped(DropReason.SUPERSEDED)).isEqualTo(2);
  }

  @Test
  void ofTwoRecordsThatOverlapTheLaterIsFound() {
    Media before = open(DurabilityPolicy.POWER);
    before.writer().write(3, record(KEY, 500, ChunkRecord.INLINE, 1));
    before.writer().write(4, record(ChunkKey.of("later"), 600, 0, 2));

    assertThat(open(DurabilityPolicy.POWER).recovery().chunks())
        .extracting(chunk -> chunk.record().key())
        .containsExactly(ChunkKey.of("later"));
  }

  @Test
  void ofTwoRecordsOfAKeyTheLaterGoesLast() {
    Media media = open(DurabilityPolicy.POWER);
    media.writer().write(3, record(KEY, 600, 0, 1));
    media.writer().write(5, record(KEY, 600, 2, 2));
    device.persistAll();
    device.beforeStep(
        () -> forEachImage(found -> assertThat(found).noneMatch(each -> each.sequence() == 1)));

    new GroupCommit(device, media.geometry(), media.writer(), true)
        .run(List.of(new Invalidate(KEY, 3), new Invalidate(KEY, 5)));

    forEachImage(found -> assertThat(found).isEmpty());
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
}
