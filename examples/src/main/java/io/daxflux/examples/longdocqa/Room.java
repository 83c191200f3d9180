package io.daxflux.examples.longdocqa;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the chunks go, and how much memory that takes.
 *
 * @param devicePath a device, a file, or {@code memory:}
 * @param temporary whether the file is ours, to be gone afterwards
 */
record Room(String devicePath, boolean temporary, long deviceBytes, long outputBytes) {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final String MEMORY = "memory:";

  /** What the rest takes: heap, payloads on their way, threads. */
  private static final long ASIDE_BYTES = 768L << 20;

  /**
   * @throws IllegalArgumentException where it is not enough, or the machine has not so much
   */
  static Room forDocuments(List<Document> documents, StoreOptions options, int inFlight) {
    long largestBytes = 0;
    long allBytes = 0;
    for (Document document : documents) {
      long footprintBytes = document.footprintBytes(options.blockBytes);
      largestBytes = Math.max(largestBytes, footprintBytes);
      allBytes += footprintBytes;
    }
    // Some more than the chunks, for what a device keeps beside them.
    long arenaBytes = allBytes + allBytes / 32 + (16L << 20);
    long deviceBytes = atLeast("--size", arenaBytes, options.sizeBytes);
    long outputBytes =
        atLeast("--output-budget", largestBytes * inFlight, options.outputBudgetBytes);
    if (options.device != null) {
      boolean inMemory = options.device.equals(MEMORY);
      expectMemory(outputBytes + (inMemory ? deviceBytes : 0));
      return new Room(options.device, false, deviceBytes, outputBytes);
    }
    expectMemory(outputBytes + deviceBytes);
    return sharedMemoryHas(deviceBytes)
        ? new Room(ownFile().toString(), true, deviceBytes, outputBytes)
        : new Room(MEMORY, false, deviceBytes, outputBytes);
  }

  private static long atLeast(String option, long neededBytes, Long givenBytes) {
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

  /** What the system can give without swapping; all there can be where it does not say. */
  static long availableMemoryBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
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

  private static Path ownFile() {
    return SHARED_MEMORY.resolve("daxflux-long-doc-qa-" + ProcessHandle.current().pid());
  }

  /** Where the chunks go, for people. */
  String place() {
    return temporary ? "a file in " + SHARED_MEMORY : devicePath;
  }
}
