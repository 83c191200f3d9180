package io.daxflux.examples.longdocqa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of this run's own: named after the process, and gone with it. What is left of runs that
 * were killed goes when the next one begins.
 */
public final class OwnFile implements AutoCloseable {
  private static final String NAME = "daxflux-long-doc-qa-";

  private final Path path;
  private final Thread onInterrupt = new Thread(this::delete);

  private OwnFile(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  /** The name of this run's file there. */
  static Path in(Path folder) {
    return folder.resolve(NAME + ProcessHandle.current().pid());
  }

  /** Takes the name; nothing is created yet. */
  public static OwnFile claim(Path path) {
    deleteLeftovers(path.getParent());
    return new OwnFile(path);
  }

  private static void deleteLeftovers(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAME + "[0-9]*")) {
      for (Path file : files) {
        String pid = file.getFileName().toString().substring(NAME.length());
        if (pid.matches("\\d{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException notOurs) {
      // Another user's, or another run was quicker.
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    delete();
    Runtime.getRuntime().removeShutdownHook(onInterrupt);
  }
}
