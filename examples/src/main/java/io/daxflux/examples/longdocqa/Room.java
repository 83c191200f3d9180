package io.daxflux.examples.longdocqa;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the chunks go, and how much memory that takes.
 *
 * @param devicePath a device, a file, or {@code memory:}
 * @param temporary whether the file is ours, to be gone afterwards
 */
public record Room(String devicePath, boolean temporary, long deviceBytes, long outputBytes) {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String MEMORY = "memory:";

  /** Where {@code --keep} keeps it. */
  private static final Path KEPT =
      SHARED_MEMORY.resolve("daxflux-long-doc-qa-kept-" + System.getProperty("user.name"));

  /** What the rest takes: heap, payloads on their way, threads. */
  private static final long ASIDE_BYTES = 768L << 20;

  /** Anonymous memory, as much as these documents take, with so many of them restored at a time. */
  public static Room inMemory(List<Document> documents, long blockBytes, int inFlight) {
    long largestBytes = 0;
    long allBytes = 0;
    for (Document document : documents) {
      long footprintBytes = document.footprintBytes(blockBytes);
      largestBytes = Math.max(largestBytes, footprintBytes);
      allBytes += footprintBytes;
    }
    // Some more than the chunks, for what a device keeps beside them.
    long arenaBytes = allBytes + allBytes / 32 + (16L << 20);
    return new Room(MEMORY, false, arenaBytes, largestBytes * inFlight);
  }

  /**
   * Where the options say; where they do not, a file in shared memory, if that has room.
   *
   * @throws IllegalArgumentException where it is not enough, or the machine has not so much
   */
  public static Room forDocuments(List<Document> documents, StoreOptions options, int inFlight) {
    Room needed = inMemory(documents, options.blockBytes, inFlight);
    long deviceBytes = atLeast("--size", needed.deviceBytes, options.sizeBytes);
    long outputBytes = atLeast("--output-budget", needed.outputBytes, options.outputBudgetBytes);
    if (options.device != null) {
      boolean inMemory = options.device.equals(MEMORY);
      expectMemory(outputBytes + (inMemory ? deviceBytes : 0));
      return new Room(options.device, false, deviceBytes, outputBytes);
    }
    expectMemory(outputBytes + deviceBytes);
    if (options.keep && sharedMemoryHas(deviceBytes - lengthOf(KEPT))) {
      return new Room(KEPT.toString(), false, deviceBytes, outputBytes);
    }
    return sharedMemoryHas(deviceBytes)
        ? new Room(OwnFile.in(SHARED_MEMORY).toString(), true, deviceBytes, outputBytes)
        : new Room(MEMORY, false, deviceBytes, outputBytes);
  }

  private static long atLeast(String option, long neededBytes, @Nullable Long givenBytes) {
    if (givenBytes != null && givenBytes < neededBytes) {
      throw new IllegalArgumentException(
          option
              + ": expected at least "
              + ByteSize.format(neededBytes)
              + " for these documents, found "
              + ByteSize.format(givenBytes));
    }
    return givenBytes == null ? neededBytes : givenBytes;
  }

  private static void expectMemory(long bytes) {
    long neededBytes = bytes + ASIDE_BYTES;
    long availableBytes = availableMemoryBytes();
    if (availableBytes < neededBytes) {
      throw new IllegalArgumentException(
          "memory: expected "
              + ByteSize.format(neededBytes)
              + " available, found "
              + ByteSize.format(availableBytes)
              + "; take fewer or shorter documents, another --model, or --scale");
    }
  }

  /** What the system gives without swapping, and never more than a container may have. */
  private static long availableMemoryBytes() {
    long allBytes = Machine.memoryBytesInAll();
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .map(bytes -> Math.min(bytes, allBytes))
          .findFirst()
          .orElse(allBytes);
    } catch (IOException unknown) {
      return allBytes;
    }
  }

  private static boolean sharedMemoryHas(long bytes) {
    try {
      FileStore volume = Files.getFileStore(SHARED_MEMORY);
      return volume.type().equals("tmpfs")
          && Files.isWritable(SHARED_MEMORY)
          && volume.getUsableSpace() > bytes;
    } catch (IOException absent) {
      return false;
    }
  }

  private static long lengthOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }

  /** Whether the chunks are there when the device is opened again. */
  public boolean isLasting() {
    return !devicePath.equals(MEMORY);
  }

  /** Where the chunks go, for people. */
  public String place() {
    return temporary ? "a file in " + SHARED_MEMORY : devicePath;
  }
}
