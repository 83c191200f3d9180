package io.daxflux.media;

import io.daxflux.device.Device;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Opens devices that watch each access to their superblocks and records, and may let it fail. */
public final class WatchedMedia {
  /** Is told of each access, before it is made. */
  public interface Watch {
    /** Bytes are about to be read. */
    void read(long offset, long bytes);

    /**
     * Bytes are about to be stored.
     *
     * @param store stores them
     */
    void store(long offset, long bytes, Runnable store);
  }

  private WatchedMedia() {}

  /** As {@link Media#open}, on the calling thread if the options say so. */
  public static Media open(Device device, MediaOptions options, Watch watch) {
    return new MediaOpening(new WatchedMemory(device, watch), options, 1).open();
  }

  /**
   * Formats a device with a record area that is as small as a test wants it: what the product plans
   * itself is never less than nearly 2 MiB.
   */
  public static void format(Device device, int blockBytes, long units, long blocks) {
    long payloadOffset = MediaGeometry.RECORD_OFFSET + units * MediaGeometry.UNIT_BYTES;
    MediaGeometry geometry =
        new MediaGeometry(
            device.bytes(), blockBytes, MediaGeometry.RECORD_OFFSET, units, payloadOffset, blocks);
    byte[] first = new Superblock(Identity.random(), 1, geometry, 1, true, 0).encode();
    MemorySegment.copy(
        MemorySegment.ofArray(first),
        0,
        device.memory(),
        SuperblockFormat.OFFSETS[0],
        first.length);
  }

  /** How long a device is that is formatted so. */
  public static long bytes(int blockBytes, long units, long blocks) {
    return MediaGeometry.RECORD_OFFSET + units * MediaGeometry.UNIT_BYTES + blocks * blockBytes;
  }

  /**
   * What a recovery would find.
   *
   * @param geometry where things lie
   * @param chunks the chunks that hold
   */
  public record Scan(MediaGeometry geometry, List<RecoveredChunk> chunks) {}

  /** Looks at a device that holds a store, and changes nothing. */
  public static Scan scan(Device device, Watch watch) {
    MediaMemory memory = new WatchedMemory(device, watch);
    Content content = Content.of(memory, Superblocks.read(memory));
    if (!(content instanceof Content.Store(Superblock found))) {
      throw new AssertionError("expected a store, found " + content);
    }
    RecoveryScan scan = RecoveryScan.run(memory, found, 1, 1);
    return new Scan(found.geometry(), scan.survivors().chunks());
  }

  /** Where an inline value lies behind the start of its record. */
  public static int valueOffset(ChunkRecord record) {
    return record.shape().valueOffset();
  }

  private static final class WatchedMemory extends MediaMemory {
    private final Watch watch;

    WatchedMemory(Device device, Watch watch) {
      super(device);
      this.watch = watch;
    }

    @Override
    void read(long offset, byte[] into, int at, int bytes) {
      watch.read(offset, bytes);
      super.read(offset, into, at, bytes);
    }

    @Override
    void write(long offset, byte[] from, int at, int bytes) {
      watch.store(offset, bytes, () -> super.write(offset, from, at, bytes));
    }

    @Override
    void writeWord(long offset, long word) {
      watch.store(offset, Long.BYTES, () -> super.writeWord(offset, word));
    }
  }
}
