package io.daxflux.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The first class of the executable jar, which runs on JVMs that are too old for the others: there
 * it looks for a newer one and runs the command on that, or says what is needed. It is compiled for
 * Java 8, and names no class that is not.
 */
public final class Launcher {
  /** The process that waits for this one, of which this one is a part. */
  static final String PARENT = "daxflux.parent";

  private static final int LEAST_JAVA = 25;

  private Launcher() {}

  /** Runs the command, or says why that cannot be, and ends the process. */
  public static void main(String[] args) throws Exception {
    if (java(System.getProperty("java.specification.version")) >= LEAST_JAVA) {
      Class.forName("io.daxflux.cli.DaxfluxCommand")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
      return;
    }
    String named = System.getenv("DAXFLUX_JAVA");
    File home = new NewerJava(LEAST_JAVA).find(named, System.getProperty("user.home"));
    if (home == null) {
      System.err.println("daxflux: " + missing(named));
      System.exit(1);
    }
    System.exit(run(home, args));
  }

  private static String missing(String named) {
    String expected = "expected Java " + LEAST_JAVA + " or newer, found ";
    return named == null
        ? expected
            + "Java "
            + System.getProperty("java.version")
            + " in "
            + System.getProperty("java.home")
            + " (DAXFLUX_JAVA may name the home of another)"
        : "DAXFLUX_JAVA: " + expected + "none in " + named;
  }

  /** Runs this jar on another JVM as if on this one, and returns its exit code. */
  private static int run(File home, String[] args)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(new File(home, "bin/java").getPath());
    command.add("-D" + PARENT + "=" + new File("/proc/self").getCanonicalFile().getName());
    command.add("-jar");
    command.add(
        new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .getPath());
    command.addAll(Arrays.asList(args));
    final Process process = new ProcessBuilder(command).inheritIO().start();
    // A signal to this process is meant for that one, which answers with its exit code.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread("daxflux-signal") {
              @Override
              public void run() {
                process.destroy();
                Runtime.getRuntime().halt(exitCode(process));
              }
            });
    return process.waitFor();
  }

  private static int exitCode(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException again) {
        // Nobody else is left to wait for it.
      }
    }
  }

  /** The number of a version: they were called 1.8 and the like until there was 9. */
  static int java(String specification) {
    String[] numbers = specification.split("[.+-]", -1);
    return Integer.parseInt(numbers[0].equals("1") && numbers.length > 1 ? numbers[1] : numbers[0]);
  }
}
