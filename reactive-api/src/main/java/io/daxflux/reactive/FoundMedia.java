package io.daxflux.reactive;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.device.Device;
import io.daxflux.media.DropReason;
import io.daxflux.media.Media;
import io.daxflux.media.MediaOptions;
import io.daxflux.media.RecoveryReport;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a device holds, or formats it, and says in the log how that went. */
final class FoundMedia {
  private static final Logger LOG = LoggerFactory.getLogger(ReactiveChunkStore.class);

  private FoundMedia() {}

  /**
   * Opens the device's format. Blocks.
   *
   * @return null for a device on which nothing lasts
   */
  static @Nullable Media open(Device device, DaxfluxConfig config) {
    boolean power = config.durability() == DurabilityPolicy.POWER;
    if (power && device.durability() != Device.Durability.POWER) {
      LOG.warn(
          "{}: dax.durability asks for more than there is: {}",
          device.name(),
          device.durabilityNote().orElse("it survives the process, not the power"));
    }
    if (!Media.isFormattable(device)) {
      return null;
    }
    Media media =
        Media.open(
            device,
            new MediaOptions(config.blockBytes(), config.format(), config.restoreWorkers(), power));
    log(device, media.recovery().report());
    return media;
  }

  private static void log(Device device, RecoveryReport report) {
    if (report.formatted()) {
      LOG.info("{}: formatted", device.name());
      return;
    }
    LOG.info(
        "{}: found {} chunks in {} ms",
        device.name(),
        report.recovered(),
        report.nanoseconds() / 1_000_000);
    String damage =
        Arrays.stream(DropReason.values())
            .filter(DropReason::isDamage)
            .filter(reason -> report.dropped(reason) > 0)
            .map(reason -> report.dropped(reason) + " " + reason.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    if (!damage.isEmpty()) {
      LOG.warn("{}: gave records up that are damaged: {}", device.name(), damage);
    }
  }
}
