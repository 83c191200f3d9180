package io.daxflux.restore;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory of which any page can be broken: an access then raises SIGBUS, as a truncated file or a
 * media error does. Broken pages are pages of an empty file.
 */
@SuppressWarnings("restricted")
final class FaultyMemory implements AutoCloseable {
  static final long PAGE_BYTES = 4096;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;
  private static final int MAP_FIXED = 0x10;
  private static final int MAP_ANONYMOUS = 0x20;

  private static final MethodHandle MMAP =
      downcall(
          "mmap",
          FunctionDescriptor.of(
              ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      downcall("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle MEMFD_CREATE =
      downcall("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      downcall("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final MemorySegment memory;
  private final int emptyFile;

  /** Sound memory. */
  FaultyMemory(long bytes) {
    MemorySegment start = map(MemorySegment.NULL, bytes, MAP_SHARED | MAP_ANONYMOUS, -1);
    memory = start.reinterpret(bytes);
    emptyFile = (int) call(MEMFD_CREATE, MemorySegment.ofArray(new byte[1]), 0);
  }

  MemorySegment memory() {
    return memory;
  }

  /** Breaks whole pages. */
  void breakPages(long offset, long bytes) {
    map(memory.asSlice(offset, bytes), bytes, MAP_SHARED | MAP_FIXED, emptyFile);
  }

  /** Breaks the page that holds this byte. */
  void breakPageOf(long offset) {
    breakPages(offset / PAGE_BYTES * PAGE_BYTES, PAGE_BYTES);
  }

  @Override
  public void close() {
    call(MUNMAP, memory, memory.byteSize());
    call(CLOSE, emptyFile);
  }

  private static MemorySegment map(MemorySegment where, long bytes, int flags, int file) {
    MemorySegment start =
        (MemorySegment) call(MMAP, where, bytes, PROT_READ_WRITE, flags, file, 0L);
    if (start.address() == -1L) {
      throw new IllegalStateException("mmap of " + bytes + " bytes failed");
    }
    return start;
  }

  private static MethodHandle downcall(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), descriptor, Linker.Option.critical(true));
  }

  private static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
