package io.daxflux.net.resp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that tests need and a machine may not have. */
final class DebianPackage {
  private DebianPackage() {}

  /** Skips the test where the program is missing, and fails it where it must not be. */
  static void require(String program) {
    boolean found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!found && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("expected " + program + " on the PATH, which .ci/run installs");
    }
    assumeTrue(found, program + " is not installed");
  }
}
