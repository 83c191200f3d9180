package io.daxflux.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The product's own native library: what neither the virtual machine nor the system can do for a
 * user's process. It is optional: built where there is a C compiler, packed into the jar, and
 * loaded once for a process; whoever would use it has to do without it, too.
 *
 * <p>Stateless apart from the handles; from any thread.
 */
@SuppressWarnings("restricted") // calls down, as Posix does
final class NativeHelper {
  private static final FunctionDescriptor WRITE_BACK = FunctionDescriptor.of(ValueLayout.ADDRESS);
  private static final FunctionDescriptor PERSIST =
      FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);

  private static final FunctionDescriptor COPIERS = FunctionDescriptor.of(ValueLayout.ADDRESS);
  private static final FunctionDescriptor COPY =
      FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
  private static final FunctionDescriptor SUMMING_COPY =
      FunctionDescriptor.of(
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_INT);

  /** One way to copy, in C: its name and two functions. */
  private static final long COPIER_BYTES = 3 * ValueLayout.ADDRESS.byteSize();

  private final String instruction;
  private final MethodHandle persist;
  private final List<NativeCopy> copiers;

  private NativeHelper(String instruction, MethodHandle persist, List<NativeCopy> copiers) {
    this.instruction = instruction;
    this.persist = persist;
    this.copiers = copiers;
  }

  /** What came of loading it. */
  sealed interface Loading {
    /** It can be used. */
    record Loaded(NativeHelper helper) implements Loading {}

    /** It cannot, for this reason, in words. */
    record Missing(String reason) implements Loading {}
  }

  /** The helper of this process; loaded when it is first asked for. */
  static Loading system() {
    return OfThisProcess.LOADING;
  }

  private static final class OfThisProcess {
    static final Loading LOADING =
        load(
            NativeHelper.class::getResourceAsStream, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Loads the helper for this machine.
   *
   * @param resources what is in the jar
   * @param folder where the library is for the moment in which it is loaded: a library can only be
   *     loaded from a file
   */
  static Loading load(Function<String, @Nullable InputStream> resources, Path folder) {
    String platform = "linux-" + System.getProperty("os.arch");
    try (InputStream library = resources.apply("/META-INF/native/" + platform + "/libdaxflux.so")) {
      return library == null
          ? new Loading.Missing("none was built for " + platform)
          : load(library, folder);
    } catch (IOException unreadable) {
      return new Loading.Missing("it cannot be unpacked: " + unreadable);
    }
  }

  private static Loading load(InputStream library, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "daxflux-", ".so"); // for this user alone
    try {
      // Into that very file: a new one would have the rights that others may have, too.
      try (OutputStream unpacked = Files.newOutputStream(file)) {
        library.transferTo(unpacked);
      }
      return link(SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException | NoSuchElementException unloadable) {
      return new Loading.Missing("it cannot be loaded: " + unloadable.getMessage());
    } finally {
      Files.delete(file);
    }
  }

  private static Loading link(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    MemorySegment writeBack = library.findOrThrow("daxflux_write_back");
    MemorySegment persist = library.findOrThrow("daxflux_persist");
    MemorySegment copiers = library.findOrThrow("daxflux_copiers");
    MemorySegment instruction = called(linker.downcallHandle(writeBack, WRITE_BACK));
    if (instruction.equals(MemorySegment.NULL)) {
      return new Loading.Missing("this processor cannot write back cache lines");
    }
    return new Loading.Loaded(
        new NativeHelper(
            instruction.reinterpret(Long.MAX_VALUE).getString(0),
            linker.downcallHandle(persist, PERSIST),
            copiers(linker, called(linker.downcallHandle(copiers, COPIERS)))));
  }

  private static List<NativeCopy> copiers(Linker linker, MemorySegment table) {
    MemorySegment copiers = table.reinterpret(Long.MAX_VALUE);
    List<NativeCopy> found = new ArrayList<>();
    for (long at = 0; ; at += COPIER_BYTES) {
      MemorySegment name = copiers.get(ValueLayout.ADDRESS, at);
      if (name.equals(MemorySegment.NULL)) {
        return List.copyOf(found);
      }
      MemorySegment copy = copiers.get(ValueLayout.ADDRESS, at + ValueLayout.ADDRESS.byteSize());
      MemorySegment sums =
          copiers.get(ValueLayout.ADDRESS, at + 2 * ValueLayout.ADDRESS.byteSize());
      if (!sums.equals(MemorySegment.NULL)) {
        found.add(
            new NativeCopy(
                name.reinterpret(Long.MAX_VALUE).getString(0),
                linker.downcallHandle(copy, COPY),
                linker.downcallHandle(sums, SUMMING_COPY)));
      }
    }
  }

  /** The instruction that writes back a cache line, as the processor's maker calls it. */
  String instruction() {
    return instruction;
  }

  /** The ways to copy that this processor can run, the best first; may be empty. */
  List<NativeCopy> copiers() {
    return copiers;
  }

  /**
   * Returns when all bytes stored to this memory before, by whatever thread, are behind the caches.
   * Safepoints need not wait for it. The memory cannot be unmapped meanwhile.
   *
   * <p>The memory must not fault: there is no surviving that in native code.
   */
  void persist(MemorySegment mapped) {
    try {
      persist.invokeExact(mapped, mapped.byteSize());
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }

  private static MemorySegment called(MethodHandle function) {
    try {
      return (MemorySegment) function.invokeExact();
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }
}
