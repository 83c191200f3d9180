package io.daxflux.cli;

import io.daxflux.device.Device;
import io.daxflux.device.Devices;
import io.daxflux.media.MediaInspection;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a device holds. */
@Command(
    name = "inspect",
    sortOptions = false,
    description =
        "Says what a device holds. Exit code 1 where that is no store that can be used.%n")
final class InspectCommand extends Subcommand {
  @Mixin DeviceOption device = new DeviceOption();

  InspectCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run() {
    try (Device opened = Devices.openReadOnly(device.path)) {
      MediaInspection found = MediaInspection.of(opened);
      found.lines().forEach(out::println);
      return found.store() == null ? Failures.FAILED : 0;
    }
  }
}
