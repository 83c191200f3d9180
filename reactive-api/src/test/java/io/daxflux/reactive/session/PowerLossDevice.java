package io.daxflux.reactive.session;

import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.FormatPolicy;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.Media;
import io.daxflux.media.MediaOptions;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.WatchedMedia;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A small device with an empty store on it, and what a loss of power could leave of it. */
final class PowerLossDevice implements AutoCloseable {
  static final int BLOCK_BYTES = 512;
  private static final int UNITS = 64;
  private static final int BLOCKS = 32;
  private static final int ENOUGH_IMAGES = 300;

  private final SimulatedDevice device = empty();
  private final SimulatedDevice left = empty();

  PowerLossDevice() {
    WatchedMedia.format(device, BLOCK_BYTES, UNITS, BLOCKS);
    device.persistAll();
  }

  private static SimulatedDevice empty() {
    return new SimulatedDevice(WatchedMedia.bytes(BLOCK_BYTES, UNITS, BLOCKS), new Random(1));
  }

  SimulatedDevice device() {
    return device;
  }

  Media open(DurabilityPolicy durability) {
    boolean power = durability == DurabilityPolicy.POWER;
    return WatchedMedia.open(
        device, new MediaOptions(BLOCK_BYTES, FormatPolicy.NEVER, 1, power), device);
  }

  /** Looks at the records that a recovery would find if the power were lost now. */
  void forEachImage(Consumer<List<ChunkRecord>> check) {
    device
        .lines()
        .forEachImage(
            ENOUGH_IMAGES,
            image -> {
              MemorySegment.copy(MemorySegment.ofArray(image), 0, left.memory(), 0, image.length);
              check.accept(
                  WatchedMedia.scan(left, left).chunks().stream()
                      .map(RecoveredChunk::record)
                      .toList());
            });
  }

  @Override
  public void close() {
    device.close();
    left.close();
  }
}
