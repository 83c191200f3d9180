package io.daxflux.media;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/** Small stores, and hands to reach into what lies on their devices. */
final class Stores {
  static final int BLOCK_BYTES = 512;
  static final long BLOCKS = 256;

  /** Room for the records and for {@link #BLOCKS} blocks. */
  static final long DEVICE_BYTES = (2 << 20) + BLOCKS * BLOCK_BYTES;

  static final MediaOptions OPTIONS = options(FormatPolicy.IF_EMPTY);

  private Stores() {}

  static MediaOptions options(FormatPolicy format) {
    return new MediaOptions(BLOCK_BYTES, format, 1, true);
  }

  static MemoryFile device() {
    return new MemoryFile(DEVICE_BYTES);
  }

  /** A device that was formatted and opened once. */
  static MemoryFile formatted() {
    MemoryFile device = device();
    open(device);
    return device;
  }

  static Media open(Device device) {
    return Media.open(device, OPTIONS);
  }

  static Media openAt(Device device, long nowMs) {
    return new MediaOpening(new MediaMemory(device), OPTIONS, nowMs).open();
  }

  static RecoveryReport report(Device device) {
    return open(device).recovery().report();
  }

  static List<ChunkRecord> records(Media media) {
    return media.recovery().chunks().stream().map(RecoveredChunk::record).toList();
  }

  static List<String> keys(Media media) {
    return records(media).stream().map(record -> record.key().toString()).toList();
  }

  static void flip(Device device, long bit) {
    long at = bit / 8;
    byte found = device.memory().get(JAVA_BYTE, at);
    device.memory().set(JAVA_BYTE, at, (byte) (found ^ 1 << bit % 8));
  }

  static byte[] read(Device device, long offset, int bytes) {
    return device.memory().asSlice(offset, bytes).toArray(JAVA_BYTE);
  }

  static void write(Device device, long offset, byte[] bytes) {
    MemorySegment.copy(bytes, 0, device.memory(), JAVA_BYTE, offset, bytes.length);
  }

  static void zero(Device device, long offset, long bytes) {
    device.memory().asSlice(offset, bytes).fill((byte) 0);
  }

  static void setLong(Device device, long offset, long value) {
    device.memory().set(JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, value);
  }

  static void setInt(Device device, long offset, int value) {
    device.memory().set(JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, value);
  }

  static int getInt(Device device, long offset) {
    return device.memory().get(JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset);
  }

  /** Makes the checksum of a superblock right again. */
  static void sealSuperblock(Device device, int index) {
    long offset = SuperblockFormat.OFFSETS[index];
    setInt(
        device,
        offset + SuperblockFormat.CHECKSUM,
        crc(read(device, offset, SuperblockFormat.CHECKSUM)));
  }

  /** Makes the checksum of a record right again. */
  static void sealRecord(Device device, long offset) {
    int length = getInt(device, offset + RecordFormat.LENGTH);
    setInt(
        device,
        offset + RecordFormat.CHECKSUM,
        new RecordChecksum().of(read(device, offset, length), 0, length));
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
