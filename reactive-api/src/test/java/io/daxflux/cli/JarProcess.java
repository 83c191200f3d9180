package io.daxflux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The executable jar as a process, as it would be started by hand: without flags of the JVM. */
final class JarProcess implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("daxflux.jar"));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final Process process;
  private final Path errors;
  private final BufferedReader out;

  private JarProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.out = process.inputReader();
  }

  static JarProcess start(String... words) {
    return startOn(JAVA, Map.of(), words);
  }

  /** On another JVM, and with these variables. */
  static JarProcess startOn(String java, Map<String, String> variables, String... words) {
    List<String> command = new ArrayList<>(List.of(java, "-jar", JAR.toString()));
    command.addAll(List.of(words));
    try {
      Path errors = Files.createTempFile("daxflux-", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      // A JVM says on its standard error that it has taken them
      builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().putAll(variables);
      return new JarProcess(builder.start(), errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads lines until one begins so, and returns its rest. */
  String awaitLine(String beginning) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(beginning)) {
          return line.substring(beginning.length());
        }
      }
      throw new AssertionError(
          "expected a line that begins with '" + beginning + "', found the end; " + err());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What is left of its output, to its end. */
  List<String> out() {
    return out.lines().toList();
  }

  List<String> err() {
    try {
      return Files.readAllLines(errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** SIGTERM. */
  JarProcess terminate() {
    // Not the process's own method: that closes its output, too
    assertThat(process.toHandle().destroy()).isTrue();
    return this;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int exitCode() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("expected the process to end, found it running; " + err());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
