package io.daxflux.cli;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import io.daxflux.media.Media;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.MediaInspection;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an empty store of a device. */
@Command(
    name = "format",
    sortOptions = false,
    description = {
      "Makes an empty store of a device, and a file where there is none. A device that holds"
          + " anything is refused, unless --yes is given.%n",
      "serve and bench format an empty device themselves.%n"
    })
final class FormatCommand extends Subcommand {
  @Mixin StoreOptions storing = new StoreOptions();

  @Option(names = "--yes", description = "Gives up whatever the device holds.")
  boolean yes;

  FormatCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run() {
    DaxfluxConfig config = storing.config();
    if (config.inMemory()) {
      throw new IllegalArgumentException(
          "--device: expected a device or a file, found memory:, of which nothing remains");
    }
    DeviceOptions options =
        DeviceOptions.of(config.devicePath())
            .withBytes(config.deviceBytes())
            .withSparse(config.sparse())
            .withPrefaulting(Prefaulting.OFF);
    try (Device device = Devices.open(options, (found, bytes) -> look(config, found, bytes))) {
      MediaGeometry geometry = Media.format(device, config.blockBytes());
      out.printf(
          "%s: formatted, %d blocks of %s%n",
          device.name(), geometry.payloadBlocks(), Quantity.text(geometry.blockBytes()));
      return 0;
    }
  }

  /** Before anything of the device is changed. */
  private long look(DaxfluxConfig config, Device found, long bytes) {
    if (!yes && found.bytes() > 0) {
      Contents.expectNothing(MediaInspection.of(found), "--yes to give up what it holds");
    }
    var _ = MediaGeometry.plan(bytes, config.blockBytes());
    return bytes;
  }
}
