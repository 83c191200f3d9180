package io.daxflux.reactive;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.FirstLook;
import io.daxflux.media.DropReason;
import io.daxflux.media.Media;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.MediaOptions;
import io.daxflux.media.RecoveryReport;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what a device holds, or formats it, and says in the log how that went. */
final class FoundMedia {
  private static final Logger LOG = LoggerFactory.getLogger(ReactiveChunkStore.class);

  private FoundMedia() {}

  /** Refuses, before anything is changed, what {@link #open} would refuse. */
  static FirstLook firstLook(DaxfluxConfig config) {
    return Media.firstLook(optionsOf(config));
  }

  private static MediaOptions optionsOf(DaxfluxConfig config) {
    return new MediaOptions(
        config.blockBytes(), config.format(), config.restoreWorkers(), asksForPower(config));
  }

  private static boolean asksForPower(DaxfluxConfig config) {
    return config.durability() == DurabilityPolicy.POWER;
  }

  /**
   * Opens the device's format. Blocks.
   *
   * @param nowMs milliseconds of the epoch: what expires until then is not found
   * @return null for a device on which nothing lasts
   */
  static @Nullable Media open(Device device, DaxfluxConfig config, long nowMs) {
    if (asksForPower(config) && device.durability() != Device.Durability.POWER) {
      LOG.warn(
          "{}: dax.durability asks for more than there is: {}",
          device.name(),
          device.durabilityNote().orElse("it survives the process, not the power"));
    }
    if (!Media.isFormattable(device)) {
      return null;
    }
    Media media = Media.open(device, optionsOf(config), nowMs);
    log(device, media);
    warnOfUncompared(device, config);
    return media;
  }

  /**
   * What a loss of power may leave of the newest chunks, where they do not survive it, only their
   * checksums tell. Memory that forgets leaves nothing.
   */
  private static void warnOfUncompared(Device device, DaxfluxConfig config) {
    boolean survivesPower = asksForPower(config) && device.durability() == Device.Durability.POWER;
    boolean forgets =
        device.kind() == Device.Kind.FILE && device.durability() != Device.Durability.POWER;
    boolean compared = config.checksum() && config.verify() != VerifyPolicy.NEVER;
    if (!survivesPower && !forgets && !compared) {
      LOG.warn(
          "{}: after a loss of power a key may serve another chunk's bytes: {} and {}, and chunks"
              + " survive only the process (set dax.durability: power where the device can, or"
              + " dax.checksum: true and dax.verify: first-read)",
          device.name(),
          "dax.checksum: " + config.checksum(),
          "dax.verify: " + config.verify().toString().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  private static void log(Device device, Media media) {
    RecoveryReport report = media.recovery().report();
    if (report.formatted()) {
      MediaGeometry geometry = media.geometry();
      LOG.info(
          "{}: formatted, {} blocks of {} bytes",
          device.name(),
          geometry.payloadBlocks(),
          geometry.blockBytes());
      return;
    }
    LOG.info(
        "{}: found {} chunks in {} ms",
        device.name(),
        report.recovered(),
        report.nanoseconds() / 1_000_000);
    boolean closedCleanly = report.closedCleanly();
    String damage = dropped(report, reason -> reason.isDamage(closedCleanly));
    if (!damage.isEmpty()) {
      LOG.warn("{}: gave records up that are damaged: {}", device.name(), damage);
    }
    String interrupted = dropped(report, reason -> reason.isInterruption(closedCleanly));
    if (!interrupted.isEmpty()) {
      LOG.info(
          "{}: was not closed in order, gave records up that this left: {}",
          device.name(),
          interrupted);
    }
  }

  private static String dropped(RecoveryReport report, Predicate<DropReason> which) {
    return Arrays.stream(DropReason.values())
        .filter(which)
        .filter(reason -> report.dropped(reason) > 0)
        .map(reason -> report.dropped(reason) + " " + reason.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
