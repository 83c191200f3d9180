package io.daxflux.examples.engine.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What llama.cpp has to say, in our log: it would write to stderr otherwise, and much. */
final class NativeLog {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLog.class);
  private static final int ERROR = 4; // GGML_LOG_LEVEL_ERROR
  private static final int MOST_BYTES = 1 << 16;

  private static volatile String firstError = "";

  private NativeLog() {}

  /** Forgets what went wrong: something begins. */
  static void begin() {
    firstError = "";
  }

  /** What went wrong first since then, to end a message with. */
  static String cause() {
    String error = firstError;
    return error.isEmpty() ? "" : ": " + error;
  }

  static void attach(NativeLibrary library) {
    FunctionDescriptor types = FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS);
    MethodHandle set =
        library.function("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    try {
      MethodHandle log =
          MethodHandles.lookup()
              .findStatic(
                  NativeLog.class,
                  "log",
                  MethodType.methodType(
                      void.class, int.class, MemorySegment.class, MemorySegment.class));
      set.invokeExact(library.pointerTo(log, types), MemorySegment.NULL);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Called by native code, on any thread: an exception here would end the process. */
  @SuppressWarnings("unused")
  private static void log(int level, MemorySegment text, MemorySegment unused) {
    try {
      String line = NativeLibrary.at(text, MOST_BYTES).getString(0).strip();
      if (level == ERROR) {
        if (firstError.isEmpty()) {
          firstError = line;
        }
      }
      LOG.debug("{}", line);
    } catch (RuntimeException unreadable) {
      LOG.debug("a message that cannot be read", unreadable);
    }
  }
}
