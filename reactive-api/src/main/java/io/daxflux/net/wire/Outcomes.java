package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Absent;
import io.daxflux.reactive.outcome.PutOutcome.Accepted;
import io.daxflux.reactive.outcome.PutOutcome.AlreadyPresent;
import io.daxflux.reactive.outcome.PutOutcome.Failed;
import io.daxflux.reactive.outcome.PutOutcome.HeldBack;
import io.daxflux.reactive.outcome.PutOutcome.NoSpace;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.PutOutcome.Stored;
import io.daxflux.reactive.outcome.PutOutcome.TooLarge;
import io.daxflux.reactive.outcome.PutOutcome.Withdrawn;
import io.daxflux.reactive.outcome.StoreEvent;
import io.netty.buffer.ByteBuf;
import java.util.function.BiFunction;

/** Outcomes of puts and prefixes, and events. A put's key is not said: it is the request's. */
final class Outcomes {
  private static final int NO_MISS = 0;

  private Outcomes() {}

  static void writePut(ByteBuf to, PutOutcome outcome) {
    switch (outcome) {
      case Stored(_, long bytes) -> to.writeByte(1).writeLong(bytes);
      case Accepted(_, long bytes) -> to.writeByte(2).writeLong(bytes);
      case AlreadyPresent _ -> to.writeByte(3);
      case Absent _ -> to.writeByte(4);
      case NoSpace(_, long asked, long free, long run) ->
          to.writeByte(5).writeLong(asked).writeLong(free).writeLong(run);
      case TooLarge(_, long bytes, long limit) -> to.writeByte(6).writeLong(bytes).writeLong(limit);
      case Refused(_, Refused.Reason reason) -> Codes.REFUSALS.write(to.writeByte(7), reason);
      case Withdrawn _ -> to.writeByte(8);
      case HeldBack _ -> to.writeByte(9);
      case Failed(_, Failed.Cause cause, String detail) -> {
        Codes.PUT_FAILURES.write(to.writeByte(10), cause);
        Fields.writeText(to, detail);
      }
    }
  }

  static PutOutcome readPut(ByteBuf from, ChunkKey key) {
    int code = from.readUnsignedByte();
    return switch (code) {
      case 1 -> new Stored(key, from.readLong());
      case 2 -> new Accepted(key, from.readLong());
      case 3 -> new AlreadyPresent(key);
      case 4 -> new Absent(key);
      case 5 -> new NoSpace(key, from.readLong(), from.readLong(), from.readLong());
      case 6 -> new TooLarge(key, from.readLong(), from.readLong());
      case 7 -> new Refused(key, Codes.REFUSALS.read(from));
      case 8 -> new Withdrawn(key);
      case 9 -> new HeldBack(key);
      case 10 -> new Failed(key, Codes.PUT_FAILURES.read(from), Fields.readText(from));
      default -> throw new MalformedException("put outcome: expected one there is, found " + code);
    };
  }

  /** u8 reason, u8 miss or 0. */
  static void writeEnd(ByteBuf to, PrefixEnd end) {
    Codes.PREFIX_ENDS.write(to, end.reason());
    MissReason miss = end.miss();
    if (miss == null) {
      to.writeByte(NO_MISS);
    } else {
      Codes.MISS_REASONS.write(to, miss);
    }
  }

  static PrefixEnd readEnd(ByteBuf from, int restored) {
    PrefixEnd.Reason reason = Codes.PREFIX_ENDS.read(from);
    boolean isMiss = from.getUnsignedByte(from.readerIndex()) != NO_MISS;
    return new PrefixEnd(restored, reason, isMiss ? Codes.MISS_REASONS.read(from) : null);
  }

  /** u8 what happened, key, u64 length. */
  static void writeEvent(ByteBuf to, StoreEvent event) {
    to.writeByte(
        switch (event) {
          case StoreEvent.Stored _ -> 1;
          case StoreEvent.Evicted _ -> 2;
          case StoreEvent.Removed _ -> 3;
          case StoreEvent.Expired _ -> 4;
          case StoreEvent.Quarantined _ -> 5;
          case StoreEvent.Corrupted _ -> 6;
        });
    Fields.writeKey(to, event.key());
    to.writeLong(event.bytes());
  }

  static StoreEvent readEvent(ByteBuf from) {
    int code = from.readUnsignedByte();
    BiFunction<ChunkKey, Long, StoreEvent> event =
        switch (code) {
          case 1 -> StoreEvent.Stored::new;
          case 2 -> StoreEvent.Evicted::new;
          case 3 -> StoreEvent.Removed::new;
          case 4 -> StoreEvent.Expired::new;
          case 5 -> StoreEvent.Quarantined::new;
          case 6 -> StoreEvent.Corrupted::new;
          default -> throw new MalformedException("event: expected one there is, found " + code);
        };
    return event.apply(Fields.readKey(from), from.readLong());
  }
}
