package io.daxflux.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is there while everything listens, and never there in part. */
record ReadyFile(@Nullable Path file) implements AutoCloseable {
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
