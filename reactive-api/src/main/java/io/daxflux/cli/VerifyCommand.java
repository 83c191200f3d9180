package io.daxflux.cli;

import io.daxflux.device.Device;
import io.daxflux.device.Devices;
import io.daxflux.media.MediaCheck;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks all that a store holds. */
@Command(
    name = "verify",
    sortOptions = false,
    description =
        "Reads every record and every byte of a store and compares checksums. Exit code 1 where"
            + " anything is unreadable, corrupt or in contradiction.%n")
final class VerifyCommand extends Subcommand {
  @Mixin DeviceOption device = new DeviceOption();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Quantity.Count.class,
      description = "How many threads read. Default: as many as there are cores.")
  int threads = Runtime.getRuntime().availableProcessors();

  VerifyCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run() {
    try (Device opened = Devices.openReadOnly(device.path)) {
      MediaCheck check = MediaCheck.of(opened, threads);
      check.lines().forEach(out::println);
      return check.isSound() ? 0 : Failures.FAILED;
    }
  }
}
