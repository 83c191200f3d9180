package io.daxflux.cli;

/**
 * The first class of the executable jar, which runs on JVMs that are too old for the others: there
 * it says what is needed. It is compiled for Java 8 and names no class that is not.
 */
public final class Launcher {
  private static final int LEAST_JAVA = 25;

  private Launcher() {}

  /** Runs the command, or says why that cannot be, and ends the process. */
  public static void main(String[] args) throws ReflectiveOperationException {
    if (java(System.getProperty("java.specification.version")) < LEAST_JAVA) {
      System.err.println(
          "daxflux: expected Java "
              + LEAST_JAVA
              + " or newer, found Java "
              + System.getProperty("java.version")
              + " in "
              + System.getProperty("java.home"));
      System.exit(1);
    }
    Class.forName("io.daxflux.cli.DaxfluxCommand")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }

  /** Versions were called 1.8 and the like until there was 9. */
  static int java(String specification) {
    boolean old = specification.startsWith("1.");
    return Integer.parseInt(old ? specification.substring(2) : specification);
  }
}
