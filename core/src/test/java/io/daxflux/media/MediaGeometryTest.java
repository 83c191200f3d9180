package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaGeometryTest {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final long MIB = 1 << 20;

  @Test
  void payloadBeginsAtTheLargestPageBehindItsRecords() {
    assertThat(MediaGeometry.plan(1024 * MIB, BLOCK_BYTES))
        .isEqualTo(
            new MediaGeometry(
                1024 * MIB,
                BLOCK_BYTES,
                128 << 10,
                (10 * MIB - (128 << 10)) / 256,
                10 * MIB,
                16224));
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 10, 10 << 10, 64 << 10, 1 << 20})
  void metadataOfLargeDevicesTakesLessThanOnePercent(long deviceMib) {
    MediaGeometry geometry = MediaGeometry.plan(deviceMib * MIB, BLOCK_BYTES);
    long payloadBytes = geometry.payloadBlocks() * BLOCK_BYTES;
    assertThat((double) payloadBytes / geometry.deviceBytes()).isGreaterThan(0.99);
  }

  /** A chunk of 1 MiB has 32 units for its record, and none of any key needs more than 26. */
  @Test
  void recordsNeverRunShortOfRoomBeforeChunksOfOneMebibyteDo() {
    assertThat(RecordFormat.MOST_UNITS).isLessThanOrEqualTo(2 * (int) (MIB / BLOCK_BYTES));
  }

  @Test
  void everyPlanIsSoundAndAsLargeAsItCanBe() {
    Seeds.forEach(
        2000,
        random -> {
          int blockBytes = 512 << random.nextInt(15);
          long least = 2 * MIB + blockBytes;
          long bytes = least + random.nextLong(1L << random.nextInt(1, 42));
          MediaGeometry geometry = MediaGeometry.plan(bytes, blockBytes);
          assertThat(geometry.isSound()).isTrue();
          assertThat(geometry.payloadOffset() % (2 * MIB)).isZero();
          assertThat(geometry.recordUnits()).isGreaterThanOrEqualTo(2 * geometry.payloadBlocks());
          assertThat(geometry.payloadBlocks()).isGreaterThanOrEqualTo(mostBlocks(geometry));
        });
  }

  /** With the payload a page earlier or later. */
  private static long mostBlocks(MediaGeometry geometry) {
    long most = 0;
    for (long page = -2; page <= 2; page++) {
      long offset = geometry.payloadOffset() + page * 2 * MIB;
      if (offset > 0) {
        long records = (offset - geometry.recordOffset()) / 512;
        most = Math.max(most, Math.min(records, payload(geometry, offset)));
      }
    }
    return most;
  }

  private static long payload(MediaGeometry geometry, long offset) {
    return (geometry.deviceBytes() - offset) / geometry.blockBytes();
  }

  @Test
  void aDeviceWithoutRoomForABlockIsRefusedWithTheLeastSize() {
    assertThatThrownBy(() -> MediaGeometry.plan(2 * MIB + 511, 512))
        .isInstanceOfSatisfying(
            MediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.TOO_SMALL))
        .hasMessage(
            "device: expected at least 2097664 bytes (dax.max_dax_size) for one block of 512"
                + " (dax.block_size), found 2097663 bytes");
    assertThat(MediaGeometry.plan(2 * MIB + 512, 512).payloadBlocks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256, 513, -512})
  void blocksAreAPowerOfTwo(int blockBytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MediaGeometry.plan(1024 * MIB, blockBytes))
        .withMessageContaining("found " + blockBytes);
  }

  @Test
  void unitsAndBlocksLieWhereTheySay() {
    MediaGeometry geometry = MediaGeometry.plan(1024 * MIB, BLOCK_BYTES);
    assertThat(geometry.unitOffset(3)).isEqualTo((128 << 10) + 3 * 256);
    assertThat(geometry.blockOffset(3)).isEqualTo(10 * MIB + 3 * BLOCK_BYTES);
    assertThatThrownBy(() -> geometry.unitOffset(geometry.recordUnits()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> geometry.blockOffset(geometry.payloadBlocks()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aGeometryThatReachesBeyondItsDeviceIsNotSound() {
    MediaGeometry sound = MediaGeometry.plan(64 * MIB, BLOCK_BYTES);
    assertThat(sound.isSound()).isTrue();
    long units = sound.recordUnits();
    long blocks = sound.payloadBlocks();
    assertThat(changed(sound, 128 << 10, units + 1, sound.payloadOffset(), blocks)).isFalse();
    assertThat(changed(sound, 0, units, sound.payloadOffset(), blocks)).isFalse();
    assertThat(changed(sound, 128 << 10, units, sound.payloadOffset(), blocks + 1)).isFalse();
    assertThat(changed(sound, 128 << 10, units, 0, blocks)).isFalse();
    assertThat(changed(sound, 128 << 10, 0, sound.payloadOffset(), blocks)).isFalse();
    assertThat(changed(sound, 128 << 10, units, Long.MAX_VALUE, blocks)).isFalse();
    assertThat(changed(sound, Long.MIN_VALUE, units, sound.payloadOffset(), blocks)).isFalse();
    assertThat(changed(sound, 128 << 10, Long.MAX_VALUE, sound.payloadOffset(), blocks)).isFalse();
    assertThat(changed(sound, 128 << 10, units, sound.payloadOffset(), Long.MAX_VALUE)).isFalse();
  }

  private static boolean changed(
      MediaGeometry geometry, long recordOffset, long units, long payloadOffset, long blocks) {
    return new MediaGeometry(
            geometry.deviceBytes(),
            geometry.blockBytes(),
            recordOffset,
            units,
            payloadOffset,
            blocks)
        .isSound();
  }
}
