package io.daxflux.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says this process holds. */
final class ProcessView {
  private ProcessView() {}

  /** How many descriptors are open on files whose path starts so. */
  static long descriptorsOn(Path path) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(descriptor -> target(descriptor).startsWith("" + path)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many mappings there are of files whose path starts so. */
  static long mappingsOf(Path path) {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings.filter(line -> line.contains(" " + path)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the mapping's kilobytes are in memory, from the one that starts there. */
  static long residentKilobytes(long address) {
    return smapsKilobytes(address, "Rss:");
  }

  static long lockedKilobytes(long address) {
    return smapsKilobytes(address, "Locked:");
  }

  static long hugeKilobytes(long address) {
    return smapsKilobytes(address, "AnonHugePages:");
  }

  private static long smapsKilobytes(long address, String field) {
    String start = Long.toHexString(address) + "-";
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/smaps"))) {
      return lines
          .dropWhile(line -> !line.startsWith(start))
          .filter(line -> line.startsWith(field))
          .findFirst()
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the system makes memory of huge pages where it is asked to. */
  static boolean givesHugePages() {
    Path enabled = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    try {
      return Files.exists(enabled) && !Files.readString(enabled).contains("[never]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this user may keep any memory from being swapped out. */
  static boolean mayLockMemory() {
    try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
      return limits.noneMatch(line -> line.matches("Max locked memory +0 .*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
