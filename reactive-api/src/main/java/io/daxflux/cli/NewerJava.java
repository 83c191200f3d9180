package io.daxflux.cli;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Looks for a Java that is new enough, where Java stands on Linux: {@code DAXFLUX_JAVA}, or the
 * folders that distributions and SDK managers install to. Compiled for Java 8, as {@link Launcher}.
 */
final class NewerJava {
  private final int leastVersion;

  NewerJava(int leastVersion) {
    this.leastVersion = leastVersion;
  }

  /** The home of the oldest that will do; null where there is none. */
  File find(String named, String userHome) {
    if (named != null) {
      File home = new File(named);
      return versionOf(home) >= leastVersion ? home : null;
    }
    File best = null;
    String[] folders = {
      "/usr/lib/jvm",
      "/usr/java",
      "/opt/java",
      userHome + "/.sdkman/candidates/java",
      userHome + "/.jdks"
    };
    for (String folder : folders) {
      best = better(best, in(new File(folder)));
    }
    return best;
  }

  /** The oldest in a folder that will do; null where there is none. */
  File in(File folder) {
    File best = null;
    File[] homes = folder.listFiles();
    if (homes != null) {
      for (File home : homes) {
        best = better(best, home);
      }
    }
    return best;
  }

  private File better(File best, File other) {
    if (other == null || versionOf(other) < leastVersion) {
      return best;
    }
    return best == null || versionOf(other) < versionOf(best) ? other : best;
  }

  /** What its {@code release} file says; 0 where it cannot be run. */
  static int versionOf(File home) {
    if (!new File(home, "bin/java").canExecute()) {
      return 0;
    }
    Properties release = new Properties();
    try (InputStream file = new FileInputStream(new File(home, "release"))) {
      release.load(file);
      return Launcher.java(release.getProperty("JAVA_VERSION", "0").replace("\"", ""));
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }
}
