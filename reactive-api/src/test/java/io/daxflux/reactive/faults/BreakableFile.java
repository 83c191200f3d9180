package io.daxflux.reactive.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is mapped, here or elsewhere, and of which pages are taken away meanwhile. */
record BreakableFile(Path path) {
  /** Takes the pages behind this length away: who touches them meets a fault. */
  void cutTo(long bytes) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Gives the file this length, with pages of zeros where some were taken away. */
  void restore(long bytes) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Changes one byte. */
  void change(long offset) {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, offset);
      one.put(0, (byte) ~one.get(0)).rewind();
      channel.write(one, offset);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Maps it here, with this many bytes; for as long as somebody has the segment. */
  MemorySegment map(long bytes) {
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
