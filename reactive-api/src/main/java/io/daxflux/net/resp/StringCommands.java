package io.daxflux.net.resp;

import io.daxflux.reactive.outcome.BorrowOutcome;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedChunk;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Commands that read values: from the arena to the socket. */
final class StringCommands {
  private StringCommands() {}

  static void get(Client client, Request request) {
    client.answerLent(
        client.store().borrowAll(List.of(request.key(1))),
        (writer, batch) -> value(writer, batch.unguarded().getFirst()));
  }

  static void mget(Client client, Request request) {
    client.answerLent(
        client.store().borrowAll(request.keysFrom(1)),
        (writer, batch) -> {
          List<BorrowOutcome> found = batch.unguarded();
          writer.array(found.size());
          found.forEach(outcome -> value(writer, outcome));
        });
  }

  /** What was there before, or nothing. */
  static void value(RespWriter writer, BorrowOutcome outcome) {
    switch (outcome) {
      case BorrowedChunk chunk -> writer.lent(chunk.segment());
      case Hole _ -> writer.nothing();
    }
  }

  static void strlen(Client client, Request request) {
    client.answer(
        client.store().describe(List.of(request.key(1))),
        (writer, found) -> writer.integer(lengthOf(found.getFirst())));
  }

  private static long lengthOf(DescribeOutcome outcome) {
    return switch (outcome) {
      case Described there -> there.head().layout().bytes();
      case Hole _ -> 0;
    };
  }

  static void getrange(Client client, Request request) {
    long first = request.integer(2);
    long last = request.integer(3);
    client.answerLent(
        client.store().borrowAll(List.of(request.key(1))),
        (writer, batch) -> writer.lent(range(batch, first, last)));
  }

  /** Both ends belong to it; they count from the end where negative. */
  private static MemorySegment range(BorrowedBatch batch, long first, long last) {
    return switch (batch.unguarded().getFirst()) {
      case BorrowedChunk chunk -> {
        long length = chunk.segment().byteSize();
        long from = Math.max(0, first < 0 ? first + length : first);
        long to = Math.min(length - 1, last < 0 ? Math.max(0, last + length) : last);
        boolean reversed = first < 0 && last < 0 && first > last;
        yield reversed || from > to
            ? MemorySegment.ofArray(new byte[0])
            : chunk.segment().asSlice(from, to - from + 1);
      }
      case Hole _ -> MemorySegment.ofArray(new byte[0]);
    };
  }
}
