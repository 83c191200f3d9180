package io.daxflux.examples.lmcache;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The C library's {@code memcpy}, by an ordinary call, which does not delay safepoints. */
@SuppressWarnings("restricted") // calls down
public final class Memcpy {
  private static final MethodHandle MEMCPY =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("memcpy"),
              FunctionDescriptor.of(
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG));

  private Memcpy() {}

  /** Copies so many bytes from the start of one segment to the start of another. */
  public static void copy(MemorySegment from, MemorySegment to, long bytes) {
    if (from.byteSize() < bytes || to.byteSize() < bytes) {
      throw new IndexOutOfBoundsException(
          bytes + " bytes: expected as many on both sides, found " + from + " and " + to);
    }
    try {
      MemorySegment _ = (MemorySegment) MEMCPY.invokeExact(to, from, bytes);
    } catch (Throwable impossible) {
      throw new AssertionError("memcpy throws nothing", impossible);
    }
  }
}
