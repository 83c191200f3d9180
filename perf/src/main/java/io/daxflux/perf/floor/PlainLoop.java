package io.daxflux.perf.floor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A loop of a few lines of C past the caches, compiled here where there is a compiler: a second
 * opinion on what the native helper's own copy says that the memory allows.
 */
@SuppressWarnings("restricted") // calls down
public final class PlainLoop implements SpanCopy {
  private static final String SOURCE = "loop.c";

  private final String name;
  private final long aheadBytes;
  private final MethodHandle loop;

  private PlainLoop(String name, long aheadBytes, MethodHandle loop) {
    this.name = name;
    this.aheadBytes = aheadBytes;
    this.loop = loop;
  }

  /** With each line asked for so far ahead; 0 for not at all. Empty where none can be compiled. */
  public static Optional<PlainLoop> compiled(long aheadBytes) {
    String name = "C, plain loop" + (aheadBytes == 0 ? "" : ", prefetched");
    return Compiled.LOOP.map(loop -> new PlainLoop(name, aheadBytes, loop));
  }

  private static final class Compiled {
    static final Optional<MethodHandle> LOOP = compile();
  }

  private static Optional<MethodHandle> compile() {
    try (InputStream source = PlainLoop.class.getResourceAsStream(SOURCE)) {
      Path folder = Files.createTempDirectory("daxflux-loop-");
      Path file = folder.resolve(SOURCE);
      Path library = folder.resolve("loop.so");
      try {
        Files.copy(source, file);
        return compile(file, library) ? Optional.of(link(library)) : Optional.empty();
      } finally {
        Files.deleteIfExists(library);
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static boolean compile(Path source, Path library) {
    List<String> command =
        List.of(
            "cc",
            "-O2",
            "-march=native",
            "-shared",
            "-fPIC",
            "-o",
            library.toString(),
            source.toString());
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static MethodHandle link(Path library) {
    return Linker.nativeLinker()
        .downcallHandle(
            SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("loop_copy"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void copy(Span span) {
    try {
      loop.invokeExact(span.to(), span.from(), span.bytes(), aheadBytes);
    } catch (Throwable impossible) {
      throw new AssertionError("a loop of C throws nothing", impossible);
    }
  }
}
