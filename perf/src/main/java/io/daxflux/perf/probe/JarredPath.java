package io.daxflux.perf.probe;

import io.daxflux.perf.ground.ScratchFolder;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** This JVM's class path, with its folders packed into jars: caches of classes want no folders. */
public final class JarredPath {
  private final ScratchFolder folder;
  private final List<String> entries = new ArrayList<>();

  private JarredPath(ScratchFolder folder) {
    this.folder = folder;
  }

  /** Packs them into this folder. */
  public static String in(ScratchFolder folder) {
    JarredPath path = new JarredPath(folder);
    for (String entry : FreshJvm.classPath().split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        path.add(Path.of(entry));
      }
    }
    return String.join(File.pathSeparator, path.entries);
  }

  private void add(Path entry) {
    if (!Files.isDirectory(entry)) {
      entries.add(entry.toString());
      return;
    }
    Path jar = folder.resolve("classes-" + entries.size() + ".jar");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(out, out, "--create", "--file", jar.toString(), "-C", entry.toString(), ".");
    if (status != 0) {
      throw new IllegalStateException("jar: expected " + entry + " packed, found " + said);
    }
    entries.add(jar.toString());
  }
}
