package io.daxflux.cli;

import picocli.CommandLine.Option;

/** A device that is looked at, whatever it holds, by nobody else at the time. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "PATH",
      required = true,
      description =
          "A device-dax node or a file that no store is open on. Nothing of it is changed.")
  String path = "";
}
