package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.HeldBack;
import io.daxflux.reactive.outcome.RemoteException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code commitAll}: when the server has copied all parts of all writers. */
final class CommitAllRequest extends Request<List<PutOutcome>> {
  private final List<RemoteWriter> writers;

  /** Those that this has ended, and answers for until it is sent. */
  private final List<RemoteWriter> ended = new ArrayList<>();

  private int uncopied;

  CommitAllRequest(
      RemoteParts parts,
      CoreSubscriber<? super List<PutOutcome>> subscriber,
      List<RemoteWriter> writers) {
    super(parts, subscriber, _ -> {});
    this.writers = writers;
  }

  @Override
  void begin() {
    RuntimeException refusal = null;
    for (RemoteWriter writer : writers) {
      RuntimeException why = writer.tryCommit() ? taken(writer) : writer.whyEnded();
      refusal = refusal == null ? why : refusal;
    }
    if (refusal != null) {
      lost(refusal);
      return;
    }
    uncopied = writers.size();
    writers.forEach(writer -> writer.onceTaken(this::copied));
  }

  private @Nullable RuntimeException taken(RemoteWriter writer) {
    ended.add(writer);
    return writer.whyNotCommitted();
  }

  private void copied() {
    uncopied--;
    if (uncopied > 0 || isOver()) {
      return;
    }
    if (writers.stream().anyMatch(writer -> !writer.isIntact())) {
      succeed(writers.stream().map(CommitAllRequest::withoutAll).toList());
      return;
    }
    Wire wire = writers.getFirst().wire();
    if (writers.stream().allMatch(writer -> writer.wire().equals(wire))) {
      wire.begin(this);
    } else {
      fail(RemoteException.lost("the server", "writers of a connection that is gone", null));
    }
  }

  private static PutOutcome withoutAll(RemoteWriter writer) {
    return writer.isIntact() ? new HeldBack(writer.key()) : PutAnswers.payloadFault(writer.key());
  }

  @Override
  void sendRequest(Wire to, int number) {
    ended.clear();
    to.request(
        FrameType.COMMIT_ALL,
        number,
        body -> {
          body.writeInt(writers.size());
          writers.forEach(writer -> body.writeInt(writer.id()));
        });
    writers.forEach(writer -> to.over(writer.id()));
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    if (answer != FrameType.DONE) {
      throw unexpected(answer, from);
    }
    List<PutOutcome> outcomes = new ArrayList<>(writers.size());
    writers.forEach(writer -> outcomes.add(Outcomes.readPut(from, writer.key())));
    succeed(outcomes);
  }

  @Override
  @Nullable List<PutOutcome> insteadOf(RuntimeException why) {
    return why instanceof ClosedException
        ? writers.stream().map(writer -> PutAnswers.insteadOf(why, writer.key())).toList()
        : null;
  }

  @Override
  void giveBack() {
    ended.forEach(RemoteWriter::abandon);
    ended.clear();
  }
}
