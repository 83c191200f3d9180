package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceException;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspection and check: what they see, and that they write nothing. */
class MediaToolsTest {
  private static final int LARGE_BYTES = 9 << 20;

  private final Random random = new Random(1);
  private final MemoryFile device = new MemoryFile(32 << 20);
  private final Media media = Stores.open(device);

  /** Stores a chunk with its payload. */
  private void put(Device to, Media media, String key, long unit, long block, int bytes) {
    byte[] payload = Records.bytes(random, bytes);
    ChunkRecord record =
        new ChunkRecord(
            ChunkKey.of(key),
            ChunkLayout.blob(bytes),
            Attributes.NONE,
            block,
            media.generation(),
            unit,
            unit,
            0,
            Records.sumsOf(payload));
    long at =
        record.isInline()
            ? media.geometry().unitOffset(unit) + record.shape().valueOffset()
            : media.geometry().blockOffset(block);
    Stores.write(to, at, payload);
    media.writer().write(unit, record);
  }

  /** The latest record of a key, of one byte at a block. */
  private ChunkRecord unchecked(String key, long block) {
    return Records.record(key, ChunkLayout.blob(1), block, media.generation(), 100, 0, 0);
  }

  private void fill(Device to, Media media) {
    put(to, media, "small", 0, 2, 700);
    put(to, media, "inline", 3, ChunkRecord.INLINE, 300);
    put(to, media, "large", 10, 10, LARGE_BYTES);
    put(to, media, "empty", 20, ChunkRecord.INLINE, 0);
  }

  @Test
  void anInspectionTellsWhatLiesOnADevice() {
    fill(device, media);
    media.writer().write(30, unchecked("unchecked", 0));
    media.writer().write(31, unchecked("small", 1));
    MemoryFile before = MemoryFile.copyOf(device);
    MediaInspection inspection = MediaInspection.of(device);
    assertThat(device.equalsAll(before)).isTrue();

    StoreInspection store = inspection.store();
    assertThat(store.generation()).isEqualTo(media.generation());
    assertThat(store.geometry()).isEqualTo(media.geometry());
    assertThat(store.chunks()).isEqualTo(5);
    assertThat(store.inlineChunks()).isEqualTo(2);
    assertThat(store.uncheckedChunks()).isEqualTo(2);
    assertThat(store.payloadBytes()).isEqualTo(300 + LARGE_BYTES + 2);
    assertThat(store.largestChunkBytes()).isEqualTo(LARGE_BYTES);
    assertThat(store.coldest()).isEqualTo(ChunkKey.of("unchecked"));
    assertThat(store.hottest()).isEqualTo(ChunkKey.of("empty"));
    assertThat(store.dropped()).isEqualTo(Map.of(DropReason.SUPERSEDED, 1L));
    long blocks = media.geometry().payloadBlocks();
    long used = 2 + LARGE_BYTES / 512;
    assertThat(store.blocks()).isEqualTo(new Usage(blocks, blocks - used, 2, blocks - used - 8));
    assertThat(store.units().total() - store.units().free()).isEqualTo(6);
    assertThat(inspection.lines())
        .contains(
            "superblock B: a store, generation 2",
            "opened 2 times, not closed",
            "chunks: 5 of 9437486 bytes, the largest of 9437184; 2 in their records, 2 without"
                + " checksums",
            "used longest ago: unchecked",
            "1 records do not hold: SUPERSEDED");
  }

  @Test
  void anInspectionTellsWhyThereIsNoStore() {
    assertThat(MediaInspection.of(Stores.device()).lines())
        .containsExactly(
            "file: 2228224 bytes",
            "superblock A: no superblock",
            "superblock B: no superblock",
            "no store: the device is empty");
    assertThat(MediaInspection.of(Stores.device()).isEmpty()).isTrue();
    assertThat(MediaInspection.of(device).isEmpty()).isFalse();
    Stores.flip(device, 0);
    Stores.flip(device, (64 << 10) * 8 + 100);
    assertThat(MediaInspection.of(device).isEmpty()).isFalse();
    assertThat(MediaInspection.of(device).lines())
        .contains(
            "superblock B: a damaged superblock",
            "no store: expected a whole superblock, or dax.format: always, found a damaged"
                + " superblock");
  }

  @Test
  void aSoundStoreIsFoundSound() {
    fill(device, media);
    MemoryFile before = MemoryFile.copyOf(device);
    MediaCheck check = MediaCheck.of(device, 2);
    assertThat(device.equalsAll(before)).isTrue();
    assertThat(check.isSound()).isTrue();
    assertThat(check.lines())
        .containsExactly(
            "file: 4 chunks, 9438184 bytes of payload, 0 chunks without checksums", "sound");
  }

  @Test
  void everyWrongSliceIsNamed() {
    fill(device, media);
    long large = media.geometry().blockOffset(10);
    int slice = 3 << 20;
    Stores.flip(device, (large + 2 * slice + 5) * 8);
    Stores.flip(device, (large + slice - 1) * 8);
    long inline = media.geometry().unitOffset(3) + 200;
    Stores.flip(device, (inline + 100) * 8);
    MediaCheck check = MediaCheck.of(device, 3);
    assertThat(check.isSound()).isFalse();
    assertThat(check.badSlices())
        .extracting(bad -> bad.key() + " " + bad.slice())
        .containsExactly("inline 0", "large 0", "large 2");
    assertThat(check.lines())
        .contains(
            "large: slice 2, 3145728 bytes from byte "
                + (large + 2 * slice)
                + " on: wrong checksum; its record is at unit 10",
            "NOT SOUND");
  }

  @Test
  void whatHasNoChecksumsIsOnlyRead() {
    media.writer().write(0, Records.at("a", 0, 1000, 1));
    MediaCheck check = MediaCheck.of(device, 1);
    assertThat(check.isSound()).isTrue();
    assertThat(check.uncheckedChunks()).isEqualTo(1);
  }

  @Test
  void aCorruptRecordIsNotSoundAndASupersededOneIs() {
    fill(device, media);
    media.writer().write(40, unchecked("small", 0));
    media.closeCleanly();
    assertThat(MediaCheck.of(device, 1).isSound()).isTrue();
    Stores.flip(device, (media.geometry().unitOffset(10) + RecordFormat.KEY) * 8);
    MediaCheck check = MediaCheck.of(device, 1);
    assertThat(check.isSound()).isFalse();
    assertThat(check.lines()).contains("1 records do not hold: CORRUPT", "NOT SOUND");
  }

  @Test
  void recordsThatALossOfPowerLeftAreNoDamage() {
    fill(device, media);
    media.writer().write(40, unchecked("over large", 11));
    Stores.flip(device, (media.geometry().unitOffset(0) + RecordFormat.KEY) * 8);
    MediaCheck check = MediaCheck.of(device, 1);
    assertThat(check.closedCleanly()).isFalse();
    assertThat(check.dropped())
        .isEqualTo(Map.of(DropReason.CORRUPT, 1L, DropReason.OVERLAPPING, 1L));
    assertThat(check.isSound()).isTrue();
    assertThat(check.lines())
        .contains(
            "1 records do not hold: CORRUPT, as the store was not closed in order",
            "1 records do not hold: OVERLAPPING, as the store was not closed in order",
            "sound");
  }

  @Test
  void recordsOfALaterOpeningContradictASuperblockThatSaysClosed() {
    media.closeCleanly();
    Media reopened = Stores.open(device);
    put(device, reopened, "later", 0, 0, 700);
    Stores.zero(device, Superblocks.read(new MediaMemory(device)).current().offset(), 4096);
    assertThat(MediaCheck.of(device, 1).closedCleanly()).isFalse();
    assertThat(MediaInspection.of(device).store().closedCleanly()).isFalse();
    assertThat(Stores.report(device).closedCleanly()).isFalse();
  }

  @Test
  void contradictionsAreDamageHoweverTheStoreWasClosed() {
    long unit = media.geometry().unitOffset(0);
    put(device, media, "moved", 0, 0, 700);
    Stores.write(device, unit + 256, Stores.read(device, unit, 256));
    assertThat(MediaCheck.of(device, 1).closedCleanly()).isFalse();
    assertThat(MediaCheck.of(device, 1).isSound()).isFalse();
  }

  @Test
  void lookingChangesNothingOfAFile(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("device");
    DeviceOptions options =
        DeviceOptions.of(path.toString())
            .withBytes(32 << 20)
            .withSparse(true)
            .withPrefaulting(Prefaulting.OFF);
    try (Device file = Devices.open(options)) {
      fill(file, Stores.open(file));
      assertThatThrownBy(() -> Devices.openReadOnly(path.toString()))
          .isInstanceOfSatisfying(
              DeviceException.class,
              e -> assertThat(e.reason()).isEqualTo(DeviceException.Reason.LOCKED));
    }
    byte[] before = Files.readAllBytes(path);
    Object modified = Files.getAttribute(path, "unix:ctime");
    try (Device one = Devices.openReadOnly(path.toString());
        Device other = Devices.openReadOnly(path.toString())) {
      assertThat(MediaInspection.of(one).store().chunks()).isEqualTo(4);
      assertThat(MediaCheck.of(other, 2).isSound()).isTrue();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Stores.open(one))
          .withMessageContaining("found it opened to be read");
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    assertThat(Files.getAttribute(path, "unix:ctime")).isEqualTo(modified);
  }

  @Test
  void anEmptyFileIsInspected(@TempDir Path folder) throws IOException {
    Path path = Files.createFile(folder.resolve("empty"));
    try (Device device = Devices.openReadOnly(path.toString())) {
      assertThat(MediaInspection.of(device).lines())
          .contains(path + ": 0 bytes", "no store: the device is empty");
    }
  }

  @Test
  void aDeviceWithoutAStoreCannotBeChecked() {
    assertThatThrownBy(() -> MediaCheck.of(Stores.device(), 1))
        .isInstanceOf(MediaException.class)
        .hasMessage("file: expected a store, found an empty device");
  }

  @Test
  void unreadablePayloadIsNamed(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("device");
    DeviceOptions options =
        DeviceOptions.of(path.toString()).withBytes(32 << 20).withPrefaulting(Prefaulting.OFF);
    try (Device file = Devices.open(options)) {
      Media opened = Stores.open(file);
      fill(file, opened);
      try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
        raw.setLength(opened.geometry().blockOffset(10) + (7 << 20) / 4096 * 4096);
      }
      List<BadSlice> bad = MediaCheck.of(file, 2).badSlices();
      assertThat(bad).extracting(BadSlice::slice).containsExactly(2);
      assertThat(bad.getFirst().readable()).isFalse();
    }
  }
}
