package io.daxflux.device;

/**
 * Makes memory faults arrive where they are caught.
 *
 * <p>Memory of a file or a device can fault while it is read or written: the file was truncated, a
 * memory cell failed. {@code MemorySegment.get}, {@code set}, {@code copy} and {@code fill} survive
 * that with an {@link InternalError}, but only interpreted code throws it at the access. In
 * compiled code the virtual machine merely notes it for the thread and throws it when the thread
 * next polls: at the end of a loop's turn or of a method. By then it is often <em>behind</em> the
 * {@code try} that was meant to catch it, and the access was taken for a success; in hot code that
 * is the rule.
 *
 * <p>Therefore the last statement of such a {@code try} is {@link #settle()}, as in {@link
 * #survived}:
 *
 * {@snippet :
 * try {
 *   MemorySegment.copy(arena, from, output, to, bytes);
 *   Faults.settle();
 * } catch (InternalError error) {
 *   if (!Faults.isFault(error)) {
 *     throw error;
 *   }
 *   // the bytes are lost; some of them may have been copied
 * }
 * }
 *
 * <p>A thread remembers one fault, and what follows it runs on as if nothing had happened. So
 * settle behind every slice: before it is reported as copied, and before the next one is touched.
 *
 * <p>Stateless; from any thread, virtual ones included.
 */
public final class Faults {
  private Faults() {}

  /**
   * Throws the error of a fault that this thread has met and not yet been told of. Costs about 20
   * ns.
   *
   * @throws InternalError where there was one
   */
  public static void settle() {
    // Any return from a native method throws what is noted for the thread. This one is cheap, has
    // no effect, and its answer changes, so that no compiler can come to know it beforehand.
    // System.nanoTime() would not do: compilers replace it by a call that leaves nothing to settle.
    Runtime.getRuntime().totalMemory();
  }

  /**
   * Makes an access, and settles it.
   *
   * @return false where memory faulted: what was to be moved may be missing, in part or as a whole
   */
  public static boolean survived(Runnable access) {
    try {
      access.run();
      settle();
      return true;
    } catch (InternalError error) {
      if (!isFault(error)) {
        throw error;
      }
      return false;
    }
  }

  /** Whether memory faulted; false for any other failure of the virtual machine. */
  public static boolean isFault(InternalError error) {
    String message = error.getMessage();
    return message != null && message.contains("unsafe memory access");
  }
}
