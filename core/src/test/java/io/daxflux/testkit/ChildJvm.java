package io.daxflux.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another virtual machine of this version, with this class path. */
public final class ChildJvm {
  /** A file of options that come after all others: where starting is slow, they hurry it. */
  private static final String OPTIONS = System.getProperty("daxflux.test.childOptions", "");

  private ChildJvm() {}

  /** Starts a main class; its errors go where its output goes. */
  public static Process start(List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    return startBy(List.of(), flags, main, arguments);
  }

  /** Starts a main class as the end of another command, which changes what it may do. */
  public static Process startBy(
      List<String> launcher, List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dslf4j.internal.verbosity=ERROR");
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    if (!OPTIONS.isEmpty()) {
      command.add("@" + OPTIONS);
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Runs a main class to its end, and gives what it wrote. */
  public static String run(List<String> flags, Class<?> main, String... arguments)
      throws Exception {
    Process process = start(flags, main, arguments);
    try (var output = process.inputReader()) {
      String text = String.join("\n", output.lines().toList());
      int code = process.waitFor();
      return code == 0 ? text : text + "\nexit code " + code;
    } finally {
      process.destroyForcibly();
    }
  }
}
