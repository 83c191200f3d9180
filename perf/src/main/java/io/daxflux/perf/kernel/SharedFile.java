package io.daxflux.perf.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A mapping of a file in shared memory that has no name any more: gone with the mapping. */
final class SharedFile {
  private SharedFile() {}

  static MemorySegment map(long bytes, Arena owner) {
    try {
      Path file = Files.createTempFile(Path.of("/dev/shm"), "daxflux-kernel", null);
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(MapMode.READ_WRITE, 0, bytes, owner);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
