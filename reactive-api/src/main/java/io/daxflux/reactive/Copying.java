package io.daxflux.reactive;

import io.daxflux.config.ConfigException;
import io.daxflux.config.CopyEngine;
import io.daxflux.device.Device;
import io.daxflux.device.NativeCopy;
import io.daxflux.restore.DirectCopier;
import io.daxflux.restore.RegionCopier;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that copies for a store.
 *
 * @param engine its name: {@code jvm}, or {@code native} with the instructions that it uses, and
 *     what it is used for where that is not all
 * @param restores copies from the arena to memory
 * @param puts copies from memory to the arena
 */
record Copying(String engine, RegionCopier restores, RegionCopier puts) {
  private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

  /**
   * Chooses it, and says so in the log where there was a choice.
   *
   * @param outputs memory of the store's own, which cannot fault
   * @throws ConfigException where native copies are asked for and are not to be had
   */
  static Copying choose(CopyEngine wish, Device device, MemorySegment outputs) {
    return switch (wish) {
      case JVM -> byJvm();
      case NATIVE -> {
        if (canFault(device)) {
          LOG.warn(
              "dax.copy_engine: native: where memory of {} faults, the process ends",
              device.name());
        }
        yield switch (NativeCopy.offer()) {
          case NativeCopy.Offer.Available(NativeCopy copy) ->
              new Copying(
                  nameOf(copy),
                  DirectCopier.forRestores(copy, _ -> true),
                  DirectCopier.forPuts(copy, _ -> true));
          case NativeCopy.Offer.Missing(String reason) ->
              throw new ConfigException(
                  "dax.copy_engine",
                  "the native helper for native (jvm and auto do without it)",
                  "none: " + reason);
        };
      }
      case AUTO -> {
        Copying copying =
            !canFault(device) && NativeCopy.offer() instanceof NativeCopy.Offer.Available(var copy)
                ? nativelyInto(outputs, copy)
                : byJvm();
        LOG.info("dax.copy_engine: auto: {}", copying.engine);
        yield copying;
      }
    };
  }

  private static boolean canFault(Device device) {
    return device.kind() != Device.Kind.MEMORY;
  }

  private static Copying byJvm() {
    return new Copying("jvm", DirectCopier.forRestores(), DirectCopier.forPuts());
  }

  /** What callers bring may be mapped from anywhere, and fault: that is left to the JVM. */
  private static Copying nativelyInto(MemorySegment outputs, NativeCopy copy) {
    return new Copying(
        nameOf(copy) + " into output memory, jvm otherwise",
        DirectCopier.forRestores(copy, memory -> lieWithin(memory, outputs)),
        DirectCopier.forPuts());
  }

  private static boolean lieWithin(MemorySegment memory, MemorySegment outputs) {
    return memory.address() >= outputs.address()
        && memory.address() + memory.byteSize() <= outputs.address() + outputs.byteSize();
  }

  private static String nameOf(NativeCopy copy) {
    return "native (" + copy.instructions() + ")";
  }
}
