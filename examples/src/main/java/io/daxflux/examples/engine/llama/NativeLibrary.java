package io.daxflux.examples.engine.llama;

import io.daxflux.examples.engine.EngineUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** llama.cpp's library, and the only place that asks the JVM for native access. */
@SuppressWarnings("restricted") // the caller's code is native
final class NativeLibrary {
  /** Which llama.cpp the jar carries. */
  static final String BUILD = "b4916";

  private static final String OPENMP = "libgomp.so.1";

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;

  private NativeLibrary(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /**
   * Loads it, for as long as the process lives.
   *
   * @throws EngineUnavailableException where it does not run here
   */
  static NativeLibrary load() {
    String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    expect(OPENMP);
    try {
      Path file = Files.createTempFile("daxflux-llama-", ".so");
      try (InputStream library = ClassLoader.getSystemResourceAsStream(resource)) {
        if (library == null) {
          throw new EngineUnavailableException(
              "engine llama: expected " + resource + " on the class path, found nothing");
        }
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return new NativeLibrary(SymbolLookup.libraryLookup(file, Arena.global()));
      } catch (IllegalArgumentException unloadable) {
        throw new EngineUnavailableException(
            "engine llama: its library does not load: " + unloadable.getMessage());
      } finally {
        Files.delete(file); // loaded is loaded
      }
    } catch (IOException failure) {
      throw new EngineUnavailableException(
          "engine llama: its library cannot be unpacked: " + failure);
    }
  }

  /** Where the jar has the library of such a machine. */
  static String resource(String system, String processor) {
    String folder =
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          default -> "";
        };
    if (!system.equals("Linux") || folder.isEmpty()) {
      throw new EngineUnavailableException(
          "engine llama: expected Linux on x86_64 or aarch64, found "
              + system
              + " on "
              + processor);
    }
    return "de/kherud/llama/Linux/" + folder + "/libjllama.so";
  }

  /** Says which library is missing, which the loader of the one that needs it does not. */
  static void expect(String dependency) {
    try {
      SymbolLookup.libraryLookup(dependency, Arena.global());
    } catch (IllegalArgumentException missing) {
      throw new EngineUnavailableException(
          "engine llama: expected " + dependency + " installed (Debian: libgomp1), found none");
    }
  }

  MethodHandle function(String name, FunctionDescriptor types) {
    return linker.downcallHandle(
        symbols
            .find(name)
            .orElseThrow(
                () ->
                    new EngineUnavailableException(
                        "engine llama: expected the function " + name + ", found none")),
        types);
  }

  /** A pointer to this method, valid as long as the process lives. */
  MemorySegment pointerTo(MethodHandle method, FunctionDescriptor types) {
    return linker.upcallStub(method, types, Arena.global());
  }

  /** The memory behind a pointer that native code returned. */
  static MemorySegment at(MemorySegment pointer, long bytes) {
    return pointer.reinterpret(bytes);
  }
}
