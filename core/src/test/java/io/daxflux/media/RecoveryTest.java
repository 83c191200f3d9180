package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records hold, and which do not, one rule after the other. */
class RecoveryTest {
  private final MemoryFile device = Stores.formatted();
  private final Media media = Stores.open(device);
  private final RecordWriter writer = media.writer();

  private long offset(long unit) {
    return media.geometry().unitOffset(unit);
  }

  /** Opens the device, and then again: what was dropped once must not be met twice. */
  private void assertRecovered(Map<DropReason, Long> dropped, String... keys) {
    Media reopened = Stores.open(device);
    assertThat(Stores.keys(reopened)).containsExactly(keys);
    assertThat(reopened.recovery().report().dropped()).isEqualTo(dropped);
    assertThat(reopened.recovery().report().recovered()).isEqualTo(keys.length);
    Media again = Stores.open(device);
    assertThat(Stores.keys(again)).containsExactly(keys);
    assertThat(again.recovery().report().dropped()).isEmpty();
  }

  private static Map<DropReason, Long> one(DropReason reason) {
    return Map.of(reason, 1L);
  }

  @Test
  void recordsAreFoundWhereTheyWereWritten() {
    ChunkRecord a = Records.at("a", 0, 1000, 1);
    ChunkRecord b = Records.inline("b", 300, 2);
    writer.write(7, a);
    writer.write(100, b);
    assertThat(Stores.open(device).recovery().chunks())
        .containsExactly(new RecoveredChunk(7, 1, a), new RecoveredChunk(100, 2, b));
  }

  @Test
  void aRecordInTheLastUnitIsFound() {
    writer.write(media.geometry().recordUnits() - 1, Records.at("a", 0, 1, 1));
    assertRecovered(Map.of(), "a");
  }

  @Test
  void recordsAcrossTheBordersOfPiecesAreFound() {
    String longKey = "k".repeat(4000);
    writer.write(RecordScanner.PIECE_UNITS - 5, Records.at(longKey, 0, 1, 1));
    writer.write(RecordScanner.PIECE_UNITS + 12, Records.at("behind", 1, 1, 2));
    assertRecovered(Map.of(), longKey, "behind");
  }

  @Test
  void theOneUsedLongestAgoComesFirst() {
    ChunkLayout layout = ChunkLayout.blob(0);
    writer.write(0, Records.record("c", layout, -1, 1, 1, 1L << 47, 0));
    writer.write(1, Records.record("b", layout, -1, 2, 1, 70_000, 0));
    writer.write(2, Records.record("a2", layout, -1, 1, 9, 3, 0));
    writer.write(3, Records.record("a3", layout, -1, 2, 1, 3, 0));
    writer.write(4, Records.record("a1", layout, -1, 1, 8, 3, 0));
    Media reopened = Stores.open(device);
    assertThat(Stores.keys(reopened)).containsExactly("a1", "a2", "a3", "b", "c");
    assertThat(reopened.recovery().report().highestSequence()).isEqualTo(9);
    assertThat(reopened.recovery().report().highestLastUse()).isEqualTo(1L << 47);
  }

  @Test
  void aUseThatIsNotedOrdersTheChunk() {
    writer.write(0, Records.at("a", 0, 1, 1));
    writer.write(1, Records.at("b", 1, 1, 2));
    writer.noteUse(0, 5);
    Media reopened = Stores.open(device);
    assertThat(Stores.keys(reopened)).containsExactly("b", "a");
    assertThat(reopened.recovery().report().highestLastUse()).isEqualTo(5);
  }

  @Test
  void aDamagedLastUseMakesTheChunkTheColdest() {
    writer.write(0, Records.at("a", 0, 1, 1));
    writer.noteUse(0, 5);
    Stores.flip(device, (offset(0) + RecordFormat.LAST_USE) * 8 + 62);
    Media reopened = Stores.open(device);
    assertThat(Stores.keys(reopened)).containsExactly("a");
    assertThat(reopened.recovery().report().highestLastUse()).isZero();
  }

  @Test
  void anInvalidatedRecordIsGone() {
    writer.write(0, Records.at("a", 0, 1, 1));
    writer.invalidate(0);
    assertRecovered(Map.of());
  }

  @Test
  void aCorruptRecordIsDropped() {
    writer.write(0, Records.at("a", 0, 1, 1));
    writer.write(1, Records.at("b", 1, 1, 2));
    Stores.flip(device, (offset(0) + RecordFormat.KEY) * 8);
    assertRecovered(one(DropReason.CORRUPT), "b");
  }

  @Test
  void aRecordWithoutAPlausibleLengthIsDropped() {
    for (int length : new int[] {-1, 0, 95, RecordFormat.MOST_BYTES + 1, Integer.MAX_VALUE}) {
      writer.write(0, Records.at("a", 0, 1, 1));
      Stores.setInt(device, offset(0) + RecordFormat.LENGTH, length);
      assertRecovered(one(DropReason.CORRUPT));
    }
  }

  @Test
  void aRecordCopiedToAnotherPlaceIsDropped() {
    writer.write(0, Records.at("a", 0, 1, 1));
    Stores.write(device, offset(9), Stores.read(device, offset(0), 256));
    assertRecovered(one(DropReason.CONTRADICTORY), "a");
  }

  @Test
  void aPayloadBeyondTheDeviceIsDropped() {
    for (long block : new long[] {Stores.BLOCKS, Long.MAX_VALUE}) {
      writer.write(0, Records.at("a", 0, 1, 1));
      Stores.setLong(device, offset(0) + RecordFormat.FIRST_BLOCK, block);
      Stores.sealRecord(device, offset(0));
      assertRecovered(one(DropReason.OUT_OF_RANGE));
    }
  }

  @Test
  void aRecordBeyondTheRecordAreaIsDropped() {
    long last = media.geometry().recordUnits() - 1;
    writer.write(last, Records.at("a", 0, 1, 1));
    Stores.setInt(device, offset(last) + RecordFormat.LENGTH, 257);
    assertRecovered(one(DropReason.OUT_OF_RANGE));
  }

  @Test
  void ofTwoRecordsOfAKeyTheLaterHolds() {
    writer.write(0, Records.at("a", 0, 1, 2));
    writer.write(1, Records.at("a", 1, 1, 1));
    assertRecovered(one(DropReason.SUPERSEDED), "a");
    assertThat(Stores.records(Stores.open(device)).getFirst().sequence()).isEqualTo(2);
  }

  @Test
  void aLaterGenerationHoldsWhateverItsSequence() {
    ChunkLayout layout = ChunkLayout.blob(1);
    writer.write(0, Records.record("a", layout, 0, 2, 1, 0, 0));
    writer.write(1, Records.record("a", layout, 1, 1, 9, 0, 0));
    assertRecovered(one(DropReason.SUPERSEDED), "a");
    assertThat(Stores.records(Stores.open(device)).getFirst().generation()).isEqualTo(2);
  }

  @Test
  void ofTwoRecordsOnABlockTheLaterHolds() {
    writer.write(0, Records.at("a", 0, 1024, 1));
    writer.write(1, Records.at("b", 1, 1024, 2));
    assertRecovered(one(DropReason.OVERLAPPING), "b");
  }

  /** What it was written over was meant to be gone: it must not come back. */
  @Test
  void whatALostRecordReplacedStaysGone() {
    writer.write(0, Records.at("a", 0, 512, 1));
    writer.write(1, Records.at("a", 1, 512, 2));
    writer.write(2, Records.at("b", 1, 512, 3));
    assertRecovered(Map.of(DropReason.OVERLAPPING, 1L, DropReason.SUPERSEDED, 1L), "b");
  }

  /** A loser takes nothing: what only it stands in the way of is kept. */
  @Test
  void aRecordThatIsOutStandsInNobodysWay() {
    writer.write(0, Records.at("a", 0, 512, 1));
    writer.write(1, Records.at("b", 0, 1024, 2));
    writer.write(2, Records.at("c", 1, 512, 3));
    assertRecovered(one(DropReason.OVERLAPPING), "a", "c");
  }

  @Test
  void anExpiredRecordIsDroppedWithWhatItReplaced() {
    ChunkLayout layout = ChunkLayout.blob(1);
    writer.write(0, Records.record("a", layout, 0, 1, 1, 0, 0));
    writer.write(1, Records.record("a", layout, 1, 1, 2, 0, 1000));
    writer.write(2, Records.record("b", layout, 2, 1, 3, 0, 1001));
    Media reopened = Stores.openAt(device, 1000);
    assertThat(Stores.keys(reopened)).containsExactly("b");
    assertThat(reopened.recovery().report().dropped())
        .isEqualTo(Map.of(DropReason.EXPIRED, 1L, DropReason.SUPERSEDED, 1L));
    assertThat(Stores.openAt(device, 1001).recovery().report().dropped())
        .isEqualTo(one(DropReason.EXPIRED));
  }

  @Test
  void recordsOfAnEarlierFormatAreFreeAndLeftAsTheyAre() {
    writer.write(0, Records.at("a", 0, 1, 1));
    Stores.flip(device, (offset(0) + RecordFormat.IDENTITY_LOW) * 8);
    Media reopened = Stores.open(device);
    assertThat(reopened.recovery().chunks()).isEmpty();
    assertThat(reopened.recovery().report().foreign()).isEqualTo(1);
    assertThat(reopened.recovery().report().dropped()).isEmpty();
    reopened.writer().write(0, Records.at("b", 0, 1, 1));
    assertRecovered(Map.of(), "b");
  }

  /** A key may hold anything: what looks like a record of this store, where a piece begins. */
  @Test
  void whatLiesWithinARecordIsNoRecord() {
    RecordEncoder fake = new RecordEncoder(identity());
    fake.encode(0, Records.at("fake", 0, 1, 9));
    byte[] key = new byte[2048];
    for (int at = 256 - RecordFormat.KEY; at + 96 <= key.length; at += 256) {
      System.arraycopy(fake.bytes(), 0, key, at, 96);
    }
    ChunkRecord record =
        new ChunkRecord(
            ChunkKey.of(key), ChunkLayout.blob(1), Attributes.NONE, 0, 1, 1, 0, 0, SliceSums.NONE);
    writer.write(RecordScanner.PIECE_UNITS - 4, record);
    for (int i = 0; i < 2; i++) {
      Media reopened = Stores.open(device);
      assertThat(Stores.records(reopened)).containsExactly(record);
      assertThat(reopened.recovery().report().dropped()).isEmpty();
    }
  }

  private Identity identity() {
    return Superblocks.read(new MediaMemory(device)).current().superblock().identity();
  }

  @Test
  void aWriteBeyondTheRecordsOrTheBlocksIsRefused() {
    long last = media.geometry().recordUnits() - 1;
    ChunkRecord wide = Records.inline("a", 512, 1);
    assertThatThrownBy(() -> writer.write(last, wide))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> writer.write(0, Records.at("a", Stores.BLOCKS, 1, 1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> writer.invalidate(last + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> writer.noteUse(0, 1L << 48))
        .isInstanceOf(IllegalArgumentException.class);
    assertRecovered(Map.of());
  }

  @Test
  void anInlineValueIsLeftAsItWasCopied() {
    ChunkRecord record = Records.inline("a", 512, 1);
    RecordShape shape = record.shape();
    byte[] value = Records.bytes(new Random(1), 512);
    Stores.write(device, offset(0) + shape.valueOffset(), value);
    writer.write(0, record);
    Stores.open(device);
    assertThat(Stores.read(device, offset(0) + shape.valueOffset(), 512)).isEqualTo(value);
  }

  @Test
  void everyNumberOfThreadsFindsTheSame() {
    MemoryFile large = new MemoryFile(40 << 20);
    Media first = Stores.open(large);
    Random random = new Random(3);
    for (long unit = 0;
        unit + 40 < first.geometry().recordUnits();
        unit += random.nextInt(27, 300)) {
      first.writer().write(unit, Records.any(random, first.geometry().payloadBlocks(), 512));
    }
    List<RecoveredChunk> found = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      MemoryFile copy = MemoryFile.copyOf(large);
      MediaOptions options = new MediaOptions(512, FormatPolicy.NEVER, threads, true);
      Recovery recovery = Media.open(copy, options).recovery();
      assertThat(recovery.chunks()).isNotEmpty();
      if (found != null) {
        assertThat(recovery.chunks()).isEqualTo(found);
      }
      found = recovery.chunks();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unreadableUnitsAreReportedAndTheirRecordsLost(boolean inline, @TempDir Path folder)
      throws IOException {
    Path path = folder.resolve("device");
    DeviceOptions options =
        DeviceOptions.of(path.toString())
            .withBytes(Stores.DEVICE_BYTES)
            .withPrefaulting(Prefaulting.OFF);
    try (Device file = Devices.open(options)) {
      Media opened = Stores.open(file);
      long units = opened.geometry().recordUnits();
      long lost = units / 32 * 16;
      opened.writer().write(0, Records.at("first", 0, 1, 1));
      opened.writer().write(lost - 2, Records.at("before", 1, 1, 2));
      ChunkRecord across =
          inline ? Records.inline("across", 400, 3) : Records.at("k".repeat(300), 2, 1, 3);
      opened.writer().write(lost - 1, across);
      opened.writer().write(lost + 1, Records.at("behind", 3, 1, 4));
      try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
        raw.setLength(opened.geometry().unitOffset(lost));
      }
      Media reopened = Stores.open(file);
      RecoveryReport report = reopened.recovery().report();
      assertThat(report.unreadable()).containsExactly(new UnitRange(lost, units - lost));
      assertThat(Stores.keys(reopened)).containsExactly("first", "before");
      assertThat(report.dropped()).isEqualTo(one(DropReason.UNREADABLE));
      assertThatThrownBy(() -> reopened.writer().write(lost, Records.at("x", 5, 1, 7)))
          .isInstanceOf(InternalError.class);
      assertThatThrownBy(() -> reopened.writer().invalidate(lost))
          .isInstanceOf(InternalError.class);
      assertThat(Stores.report(file).dropped()).isEmpty();
    }
  }

  @Test
  void aDeviceThatCannotBeReadAtAllIsRefused(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("device");
    DeviceOptions options =
        DeviceOptions.of(path.toString())
            .withBytes(Stores.DEVICE_BYTES)
            .withPrefaulting(Prefaulting.OFF);
    try (Device file = Devices.open(options)) {
      try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
        raw.setLength(0);
      }
      for (FormatPolicy format : FormatPolicy.values()) {
        assertThatThrownBy(() -> Media.open(file, Stores.options(format)))
            .isInstanceOfSatisfying(
                MediaException.class,
                e -> assertThat(e.reason()).isEqualTo(MediaException.Reason.UNREADABLE));
      }
    }
  }
}
