package io.daxflux.examples.longdocqa;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The target folder from which this code was loaded, whatever the working directory is. */
public final class TargetFolder {
  private TargetFolder() {}

  /** A file there; in the working directory, where the code comes from elsewhere. */
  public static Path file(String name) {
    Path code;
    try {
      code =
          Path.of(TargetFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
    Path folder = code.getParent();
    return (folder.endsWith("target") ? folder : Path.of("")).resolve(name);
  }
}
