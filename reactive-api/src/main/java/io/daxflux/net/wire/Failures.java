package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.outcome.StoreException.Category;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * Errors. Each has a code, a category and a message, so that one that is not known here can still
 * be told; what a known one is made of follows.
 *
 * <pre>
 *   u8 code, u8 category, text message, then by code
 *     1 busy              u32 slots
 *     2 closed            text what
 *     3 output budget     u64 asked, u64 free, u64 longest run, u64 budget
 *     4 too large         u32 keys, u32 limit
 *     5 record fault      u8 whether of an expiry, key, text cause
 *     6 stream idle       u8 whether of a put, u64 nanoseconds
 *     7 request failed    text cause
 *     8 illegal state
 *     9 illegal argument
 *    10 refused: version, secret or bytes that are not understood
 *   255 any other
 * </pre>
 */
final class Failures {
  private static final int BUSY = 1;
  private static final int CLOSED = 2;
  private static final int OUTPUT_BUDGET = 3;
  private static final int TOO_LARGE = 4;
  private static final int RECORD_FAULT = 5;
  private static final int STREAM_IDLE = 6;
  private static final int REQUEST_FAILED = 7;
  private static final int ILLEGAL_STATE = 8;
  private static final int ILLEGAL_ARGUMENT = 9;
  private static final int REFUSED = 10;
  private static final int OTHER = 255;

  private Failures() {}

  static void write(ByteBuf to, Throwable failure) {
    switch (failure) {
      case BusyException busy -> begin(to, BUSY, busy).writeInt(busy.ringSlots());
      case ClosedException closed -> Fields.writeText(begin(to, CLOSED, closed), closed.what());
      case OutputBudgetException budget ->
          begin(to, OUTPUT_BUDGET, budget)
              .writeLong(budget.askedBytes())
              .writeLong(budget.freeBytes())
              .writeLong(budget.largestRunBytes())
              .writeLong(budget.budgetBytes());
      case RequestTooLargeException large ->
          begin(to, TOO_LARGE, large).writeInt(large.keys()).writeInt(large.limit());
      case RecordFaultException fault -> {
        begin(to, RECORD_FAULT, fault).writeBoolean(fault.isExpiry());
        Fields.writeKey(to, fault.key());
        Fields.writeText(to, String.valueOf(fault.getCause()));
      }
      case StreamIdleException idle ->
          begin(to, STREAM_IDLE, idle).writeBoolean(idle.isPut()).writeLong(idle.idle().toNanos());
      case RequestFailedException failed ->
          Fields.writeText(begin(to, REQUEST_FAILED, failed), String.valueOf(failed.getCause()));
      case StoreException other -> begin(to, OTHER, other);
      case IllegalStateException _ -> begin(to, ILLEGAL_STATE, Category.REPORT, failure);
      case IllegalArgumentException _ -> begin(to, ILLEGAL_ARGUMENT, Category.REPORT, failure);
      default ->
          Fields.writeText(begin(to, REQUEST_FAILED, Category.REPORT, failure), failure.toString());
    }
  }

  /** Why a client is not served. */
  static void writeRefusal(ByteBuf to, String why) {
    to.writeByte(REFUSED);
    Codes.CATEGORIES.write(to, Category.REOPEN);
    Fields.writeText(to, why);
  }

  private static ByteBuf begin(ByteBuf to, int code, StoreException failure) {
    return begin(to, code, failure.category(), failure);
  }

  private static ByteBuf begin(ByteBuf to, int code, Category category, Throwable failure) {
    to.writeByte(code);
    Codes.CATEGORIES.write(to, category);
    Fields.writeText(to, failure.getMessage());
    return to;
  }

  static RuntimeException read(ByteBuf from, String server) {
    int code = from.readUnsignedByte();
    Category category = Codes.CATEGORIES.read(from);
    String message = Fields.readText(from);
    return switch (code) {
      case BUSY -> new BusyException(from.readInt());
      case CLOSED -> new ClosedException(Fields.readText(from));
      case OUTPUT_BUDGET ->
          new OutputBudgetException(
              from.readLong(), from.readLong(), from.readLong(), from.readLong());
      case TOO_LARGE -> new RequestTooLargeException(from.readInt(), from.readInt());
      case RECORD_FAULT -> recordFault(from);
      case STREAM_IDLE -> streamIdle(from);
      case REQUEST_FAILED -> new RequestFailedException(new ThereException(Fields.readText(from)));
      case ILLEGAL_STATE -> new IllegalStateException(message);
      case ILLEGAL_ARGUMENT -> new IllegalArgumentException(message);
      case REFUSED -> RemoteException.refused(server, message);
      default -> RemoteException.unknown(category, message);
    };
  }

  private static RecordFaultException recordFault(ByteBuf from) {
    boolean expiry = from.readBoolean();
    ChunkKey key = Fields.readKey(from);
    ThereException cause = new ThereException(Fields.readText(from));
    return expiry
        ? RecordFaultException.ofExpiry(key, cause)
        : RecordFaultException.ofRemoval(key, cause);
  }

  private static StreamIdleException streamIdle(ByteBuf from) {
    boolean put = from.readBoolean();
    Duration idle = Duration.ofNanos(from.readLong());
    return put ? StreamIdleException.noPart(idle) : StreamIdleException.noDemand(idle);
  }

  /** What stands for the cause of an error in another process: its text. */
  @SuppressWarnings("OverrideThrowableToString") // it must read as the cause itself would
  private static final class ThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String text;

    ThereException(String text) {
      super(text, null, false, false);
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
