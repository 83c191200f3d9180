package io.daxflux.perf.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for a program of ours. */
public final class FreshJvm {
  /** What a line of JSON starts with. */
  private static final String JSON = "found: ";

  private final List<String> command = new ArrayList<>();

  private FreshJvm(
      List<String> launcher,
      String classPath,
      List<String> flags,
      Class<?> program,
      List<String> arguments) {
    command.addAll(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(arguments);
  }

  /** What a program prints first, and when. */
  public record Said(String line, double afterMs) {}

  /** This one's class path. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }

  /**
   * Runs a program to its end.
   *
   * @return the first line that starts so
   */
  public static Said run(
      String classPath,
      List<String> flags,
      Class<?> program,
      List<String> arguments,
      String start) {
    return new FreshJvm(List.of(), classPath, flags, program, arguments).run(start);
  }

  /**
   * Runs a program to its end, with this JVM's class path.
   *
   * @param launcher the command that starts the JVM; may be empty
   * @return what it {@linkplain #hand hands over}
   */
  public static <T> T found(
      List<String> launcher,
      List<String> flags,
      Class<?> program,
      List<String> arguments,
      TypeReference<T> type) {
    String json = new FreshJvm(launcher, classPath(), flags, program, arguments).run(JSON).line();
    try {
      return JsonMapper.builder().build().readValue(json.substring(JSON.length()), type);
    } catch (JsonProcessingException bad) {
      throw new IllegalStateException(
          "expected the figures of " + program + ", found " + json, bad);
    }
  }

  /** Has a program hand over what it found. */
  public static void hand(Object found) throws IOException {
    System.out.println(JSON + JsonMapper.builder().build().writeValueAsString(found));
  }

  /** Starts a program with this JVM's class path, which the caller ends. */
  public static Process start(List<String> flags, Class<?> program, List<String> arguments) {
    try {
      return new FreshJvm(List.of(), classPath(), flags, program, arguments).process();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private Process process() throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private Said run(String start) {
    try {
      long startNs = System.nanoTime();
      Process process = process();
      Said said = null;
      StringBuilder all = new StringBuilder();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (said == null && line.startsWith(start)) {
            said = new Said(line, (System.nanoTime() - startNs) / 1e6);
          }
          all.append(line).append('\n');
        }
      }
      int status = process.waitFor();
      if (status != 0 || said == null) {
        throw new IllegalStateException(
            "expected " + command + " to end well, found status " + status + ":\n" + all);
      }
      return said;
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
