package io.daxflux.device;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Copies by the native helper, past the caches: the destination is left in none of them. Faster
 * than the virtual machine's copy where that is not done by such stores, too; and safepoints need
 * not wait for it, however long it is.
 *
 * <p>Both sides must be memory outside the heap that <em>does not fault</em>: there is no surviving
 * that in native code. They must not overlap. Bounds, lifetimes and the right to write are checked
 * before the call, and neither side can be unmapped meanwhile.
 *
 * <p>Stateless; from any thread. Blocks it for as long as the copy takes.
 */
public final class NativeCopy {
  private final String instructions;
  private final MethodHandle copy;
  private final MethodHandle sum;

  NativeCopy(String instructions, MethodHandle copy, MethodHandle sum) {
    this.instructions = instructions;
    this.copy = copy;
    this.sum = sum;
  }

  /** Whether there is one for this process. */
  public sealed interface Offer {
    /** There is. */
    record Available(NativeCopy copy) implements Offer {}

    /** There is none, for this reason, in words. */
    record Missing(String reason) implements Offer {}
  }

  /** The best that this machine's processor can run. */
  public static Offer offer() {
    return switch (NativeHelper.system()) {
      case NativeHelper.Loading.Missing(String reason) -> new Offer.Missing(reason);
      case NativeHelper.Loading.Loaded(NativeHelper helper) when helper.copiers().isEmpty() ->
          new Offer.Missing("it knows no way to copy on this processor");
      case NativeHelper.Loading.Loaded(NativeHelper helper) ->
          new Offer.Available(helper.copiers().getFirst());
    };
  }

  /**
   * Whether a segment can be one side: outside the heap, and not mapped from a file by the class
   * library, which may fault. Memory that was mapped in other ways, as devices of this product are,
   * cannot be told from any other.
   */
  public static boolean takes(MemorySegment segment) {
    return segment.isNative() && !segment.isMapped();
  }

  /** Which instructions it uses: {@code avx512}, {@code avx2} or {@code sse2}. */
  public String instructions() {
    return instructions;
  }

  /**
   * Copies some bytes.
   *
   * @throws IndexOutOfBoundsException where they are not within both segments
   * @throws IllegalArgumentException where a segment is on the heap, or cannot be written
   * @throws IllegalStateException where a segment is closed
   */
  public void copy(
      MemorySegment from, long fromOffset, MemorySegment to, long toOffset, long bytes) {
    MemorySegment source = from.asSlice(fromOffset, bytes);
    MemorySegment destination = writable(to).asSlice(toOffset, bytes);
    try {
      copy.invokeExact(destination, source, bytes);
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }

  /**
   * Copies some bytes and goes on with a CRC32C over them. Each byte is read once: what is summed
   * is what is stored, whatever becomes of the source meanwhile.
   *
   * @param crc the sum of what came before; 0 for nothing
   * @return the sum of all, as {@link java.util.zip.CRC32C} has it
   * @throws IndexOutOfBoundsException where they are not within both segments
   * @throws IllegalArgumentException where a segment is on the heap, or cannot be written
   * @throws IllegalStateException where a segment is closed
   */
  public int copyAndSum(
      MemorySegment from, long fromOffset, MemorySegment to, long toOffset, long bytes, int crc) {
    MemorySegment source = from.asSlice(fromOffset, bytes);
    MemorySegment destination = writable(to).asSlice(toOffset, bytes);
    try {
      return (int) sum.invokeExact(destination, source, bytes, crc);
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }

  private static MemorySegment writable(MemorySegment to) {
    if (to.isReadOnly()) {
      throw new IllegalArgumentException("expected memory to write to, found read-only memory");
    }
    return to;
  }
}
