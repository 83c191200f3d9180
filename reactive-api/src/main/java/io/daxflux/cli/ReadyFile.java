package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that is there while everything listens, and never there in part. */
record ReadyFile(@Nullable Path file) implements AutoCloseable {
  /** Throws {@link ConfigException} where no file can ever be. */
  static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw new ConfigException("--ready-file", "a file", "a directory at " + file);
    }
    if (!Files.isDirectory(folderOf(file))) {
      throw new ConfigException(
          "--ready-file", "a file in a directory", "none at " + folderOf(file));
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  static ReadyFile write(@Nullable Path file, List<String> lines) {
    if (file != null) {
      Path whole = file.resolveSibling(file.getFileName() + ".part");
      try {
        Files.write(whole, lines);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failure) {
        throw new CommandFailure("--ready-file: expected to write " + file + ", found: " + failure);
      }
    }
    return new ReadyFile(file);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
