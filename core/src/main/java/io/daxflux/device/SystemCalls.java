package io.daxflux.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * How functions of the C library are found and called, and how a refusal is told. Stateless apart
 * from the handles; from any thread.
 */
@SuppressWarnings("restricted") // calls down, as NativeHelper does
final class SystemCalls {
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(PathElement.groupElement("errno")).withInvokeExactBehavior();

  private final Linker linker = Linker.nativeLinker();
  private final MethodHandle strerror =
      plain("strerror", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

  /**
   * A function that does not set errno.
   *
   * @throws IllegalCallerException where this module may not call native code
   */
  MethodHandle plain(String name, FunctionDescriptor type, Linker.Option... options) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  /** A function whose errno is captured, in memory that is its first argument. */
  MethodHandle withErrno(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    System.arraycopy(options, 0, all, 1, options.length);
    all[0] = Linker.Option.captureCallState("errno");
    return plain(name, type, all);
  }

  /**
   * Makes a call that returns -1 and sets errno where it is refused.
   *
   * @param what the call and its arguments, in words
   */
  long checked(String what, CapturedCall call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long result = call.invoke(state);
      if (result == -1) {
        int errno = (int) ERRNO.get(state, 0L);
        throw new RefusedCall(what, errno, text(errno));
      }
      return result;
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }

  /** Makes a call that cannot be refused, or says so by what it returns. */
  static long uncaptured(Call call) {
    try {
      return call.invoke();
    } catch (RuntimeException | Error expected) {
      throw expected;
    } catch (Throwable impossible) {
      throw new AssertionError("a downcall throws nothing checked", impossible);
    }
  }

  /** The system's words for an error. */
  String text(int errno) {
    long text = uncaptured(() -> (long) strerror.invokeExact(errno));
    return MemorySegment.ofAddress(text).reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** A call whose first argument takes errno. */
  interface CapturedCall {
    long invoke(MemorySegment state) throws Throwable;
  }

  /** A call. */
  interface Call {
    long invoke() throws Throwable;
  }
}
