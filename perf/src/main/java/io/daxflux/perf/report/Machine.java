package io.daxflux.perf.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * On what the figures were taken.
 *
 * @param flags the JVM's, without those that open packages to peers
 * @param commit of the sources, with {@code +} where they were changed since
 */
public record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    String kernel,
    String jdk,
    List<String> flags,
    String commit) {

  private static final String CHANGED = "+";

  /** This machine. */
  public static Machine local() {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.startsWith("--add-") && !flag.startsWith("-D"))
            .toList(),
        headCommit());
  }

  /** Whether the sources are those of the commit. */
  @JsonIgnore
  public boolean isClean() {
    return !commit.endsWith(CHANGED);
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

  private static String headCommit() {
    String commit = git("rev-parse", "--short=10", "HEAD");
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? commit
        : commit + CHANGED;
  }

  private static String git(String... arguments) {
    try {
      Process git =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException absent) {
      return "unknown";
    }
  }
}
