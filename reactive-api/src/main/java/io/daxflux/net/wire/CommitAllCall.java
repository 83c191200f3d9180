package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.PutOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends several puts at once, whose calls are over with it. */
final class CommitAllCall extends ServerCall {
  private final List<WriterCall> puts;
  private @Nullable Arrival<List<PutOutcome>> arrival;

  CommitAllCall(Peer peer, int id, List<WriterCall> puts) {
    super(peer, id);
    this.puts = puts;
  }

  @Override
  boolean isRefusable() {
    return false;
  }

  @Override
  void begin() {
    List<ChunkWriter> writers = puts.stream().map(WriterCall::end).toList();
    puts.forEach(peer::over);
    try {
      arrival =
          Arrival.of(
              peer.store().commitAll(writers),
              peer,
              outcomes -> done(to -> outcomes.forEach(outcome -> Outcomes.writePut(to, outcome))),
              failure -> refuse(writers, failure),
              _ -> {});
    } catch (IllegalArgumentException refused) {
      refuse(writers, refused);
    }
  }

  /** What the store has not ended is ended here: its calls are over. */
  private void refuse(List<ChunkWriter> writers, Throwable failure) {
    writers.forEach(ChunkWriter::close);
    failed(failure);
  }

  @Override
  void abandon() {
    if (arrival != null) {
      arrival.drop();
    }
  }
}
