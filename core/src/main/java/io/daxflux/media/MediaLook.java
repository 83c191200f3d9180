package io.daxflux.media;

import io.daxflux.config.FormatPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.FirstLook;
import io.daxflux.media.MediaException.Reason;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a device can be opened as a store, and writes nothing: once before a file is made
 * longer or given storage, and again when that is done.
 */
final class MediaLook implements FirstLook {
  private static final Logger LOG = LoggerFactory.getLogger(MediaLook.class);

  private final MediaOptions options;

  MediaLook(MediaOptions options) {
    this.options = options;
  }

  /** Of a store, as much is of use as was formatted. */
  @Override
  public long admit(Device found, long bytes) {
    MediaMemory memory = new MediaMemory(found);
    Optional<Superblock> store = storeOn(memory, Superblocks.read(memory), bytes);
    long usedBytes = store.map(superblock -> superblock.geometry().deviceBytes()).orElse(bytes);
    if (usedBytes < bytes) {
      LOG.info("{}: {} bytes, of which {} were formatted", found.name(), bytes, usedBytes);
    }
    return usedBytes;
  }

  /**
   * The store that a device holds, or none where it is to be formatted.
   *
   * @param bytes how many bytes of it there will be
   * @throws MediaException where it can be neither used nor formatted
   */
  Optional<Superblock> storeOn(MediaMemory memory, Superblocks superblocks, long bytes) {
    String device = memory.device().name();
    if (options.format() == FormatPolicy.ALWAYS) {
      return unformatted(device, bytes);
    }
    return switch (Content.of(memory, superblocks)) {
      case Content.Unusable unusable -> throw unusable.asException(device);
      case Content.Empty _ when options.format() == FormatPolicy.NEVER ->
          throw new MediaException(
              Reason.UNFORMATTED,
              device,
              "a store, or dax.format: if-empty",
              "an empty device and dax.format: never");
      case Content.Empty _ -> unformatted(device, bytes);
      case Content.Store(Superblock superblock) -> {
        check(device, superblock.geometry(), bytes);
        yield Optional.of(superblock);
      }
    };
  }

  private Optional<Superblock> unformatted(String device, long bytes) {
    var _ = MediaGeometry.plan(device, bytes, options.blockBytes());
    return Optional.empty();
  }

  private void check(String device, MediaGeometry found, long bytes) {
    if (found.blockBytes() != options.blockBytes()) {
      throw new MediaException(
          Reason.BLOCK_SIZE,
          device,
          "dax.block_size " + found.blockBytes() + ", as the device was formatted",
          String.valueOf(options.blockBytes()));
    }
    if (bytes < found.deviceBytes()) {
      // The device is long enough, or its content would not have been taken for a store.
      throw new MediaException(
          Reason.SHRUNK,
          device,
          "dax.max_dax_size of at least " + found.deviceBytes() + " bytes, as it was formatted",
          bytes + " bytes");
    }
  }
}
