package io.daxflux.examples.longdocqa;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * On what the figures were taken.
 *
 * @param cores how many this process may use
 * @param jdk the full version
 * @param maxHeapBytes the limit of the heap, in which no chunk lies
 */
public record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    String system,
    String jdk,
    String jdkVendor,
    long maxHeapBytes) {

  /** The one this runs on. */
  public static Machine local() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        cpuName(),
        runtime.availableProcessors(),
        memoryBytesInAll(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString(),
        System.getProperty("java.vendor"),
        runtime.maxMemory());
  }

  /** The machine's memory, or its container's. */
  static long memoryBytesInAll() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException unknown) {
      return System.getProperty("os.arch");
    }
  }
}
