package io.daxflux.perf.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder in shared memory, in which everybody keeps what they store. It is gone when closed, or
 * when the process ends in order.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path path;
  private final Thread atExit = new Thread(this::delete);

  /** Makes it. */
  public ScratchFolder() {
    try {
      path = Files.createTempDirectory(SHARED_MEMORY, "daxflux-shootout-");
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Where a file or folder of this name may be made. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  /** A new folder in it. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(resolve(name));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete();
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }
}
