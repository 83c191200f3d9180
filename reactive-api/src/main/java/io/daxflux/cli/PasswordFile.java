package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.net.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A password in the first line of a file, where other users do not see it as they see options. */
final class PasswordFile {
  private static final String OPTION = "--password-file";

  private PasswordFile() {}

  /** What a server compares with. Throws {@link ConfigException}. */
  static Secret read(Path file) {
    return Secret.of(text(file));
  }

  /** What a client says. Throws {@link ConfigException}. */
  static String text(Path file) {
    String line;
    try {
      line = Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (NoSuchFileException absent) {
      throw new ConfigException(OPTION, "a file", "none at " + file);
    } catch (IOException unreadable) {
      throw new ConfigException(OPTION, "a file of text", "a fault: " + unreadable.getMessage());
    }
    if (line.isEmpty()) {
      throw new ConfigException(OPTION, "a password in the first line of " + file, "none");
    }
    return line;
  }
}
