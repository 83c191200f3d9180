package io.daxflux.media;

import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceException;
import io.daxflux.device.Faults;
import io.daxflux.device.FirstLook;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that holds a store: where things lie on it, what was found there, and the way to write
 * records.
 *
 * <p>Does not own the device, and has nothing to give back itself. {@link #closeCleanly()} is
 * called once the last record is written, by the same thread or after it.
 */
public final class Media {
  private static final Logger LOG = LoggerFactory.getLogger(Media.class);

  private final MediaMemory memory;
  private final Superblock superblock;
  private Recovery recovery;
  private final RecordWriter writer;
  private Superblocks superblocks;

  Media(MediaMemory memory, Superblocks superblocks, Superblock superblock, Recovery recovery) {
    this.memory = memory;
    this.superblocks = superblocks;
    this.superblock = superblock;
    this.recovery = recovery;
    this.writer = new RecordWriter(memory, superblock.geometry(), superblock.identity());
  }

  /** Whether a device is given a format: anonymous memory, which nothing survives in, is not. */
  public static boolean isFormattable(Device device) {
    return device.kind() != Device.Kind.MEMORY;
  }

  /**
   * Looks at a device before it is changed by opening it, and refuses what {@link #open} with the
   * same options would refuse: for {@link io.daxflux.device.Devices#open(
   * io.daxflux.device.DeviceOptions, FirstLook)}. Of a store it asks for as many bytes as were
   * formatted. Throws {@link MediaException}.
   */
  public static FirstLook firstLook(MediaOptions options) {
    return new MediaLook(options);
  }

  /**
   * Opens a device: formats it where that was asked for, or else reads all its records. Records
   * that look live and do not hold are invalidated. Blocks, for as long as reading the record area
   * takes; the threads that scan it have ended when this returns.
   *
   * @throws MediaException where the device holds no store that can be used; nothing was written
   *     then, except where memory faulted in the middle of a format
   */
  public static Media open(Device device, MediaOptions options) {
    return open(device, options, System.currentTimeMillis());
  }

  /**
   * As {@link #open(Device, MediaOptions)}, by a clock of the caller's.
   *
   * @param nowMs milliseconds of the epoch: what expires until then is not recovered
   */
  public static Media open(Device device, MediaOptions options, long nowMs) {
    if (!isFormattable(device)) {
      throw new IllegalArgumentException(
          device.name() + ": expected a file or a device, found anonymous memory");
    }
    if (device.memory().isReadOnly()) {
      throw new IllegalArgumentException(
          device.name() + ": expected a device that can be written, found it opened to be read");
    }
    return new MediaOpening(new MediaMemory(device), options, nowMs).open();
  }

  /**
   * Formats a device, which gives up whatever it holds, and leaves it as a store that was closed.
   * Blocks.
   *
   * @param device open, and with no store at work on it
   * @param blockBytes the length of a payload block, a power of two of at least 512
   * @return where things lie now
   * @throws MediaException where the device is too small
   */
  public static MediaGeometry format(Device device, int blockBytes) {
    Media media = open(device, new MediaOptions(blockBytes, FormatPolicy.ALWAYS, 1, true));
    media.closeCleanly();
    return media.geometry();
  }

  /** Where things lie. */
  public MediaGeometry geometry() {
    return superblock.geometry();
  }

  /** Which opening of the store this is: what records written from now on bear. */
  public long generation() {
    return superblock.generation();
  }

  /** What was found on the device. */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * Keeps the report of the recovery and lets the chunks go, which take more memory than a store's
   * entries do. For whoever has made a store of them.
   */
  public void forgetChunks() {
    recovery = new Recovery(List.of(), recovery.report());
  }

  /** Writes records. */
  public RecordWriter writer() {
    return writer;
  }

  /**
   * Notes in a record when its chunk was last used. That is a hint, and lost where memory faults.
   *
   * @param unit the record's first unit
   */
  public void noteUse(long unit, long lastUse) {
    var _ = Faults.survived(() -> writer.noteUse(unit, lastUse));
  }

  /**
   * Says on the device that the store was closed in order, with all that is worth keeping in its
   * records. Further calls change nothing. Blocks.
   */
  public void closeCleanly() {
    Superblock closed = superblock.closedCleanly();
    Slot current = superblocks.current();
    if (current != null && closed.equals(current.superblock())) {
      return;
    }
    try {
      superblocks = superblocks.write(closed);
    } catch (InternalError error) {
      if (!Faults.isFault(error)) {
        throw error;
      }
      LOG.warn("{}: memory fault in a superblock; its state stays open", memory.device().name());
    } catch (DeviceException refused) {
      LOG.warn("{}; its state stays open", refused.getMessage());
    }
  }
}
