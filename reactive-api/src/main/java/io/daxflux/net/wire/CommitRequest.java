package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.PutOutcome;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code commit}. */
final class CommitRequest extends Request<PutOutcome> implements WriterEnd.Ending {
  private final RemoteWriter writer;
  private final WriterEnd end;

  CommitRequest(
      RemoteParts parts, CoreSubscriber<? super PutOutcome> subscriber, RemoteWriter writer) {
    super(parts, subscriber, _ -> {});
    this.writer = writer;
    this.end = new WriterEnd(writer);
  }

  @Override
  void begin() {
    end.begin(this);
  }

  @Override
  void sendRequest(Wire to, int number) {
    if (writer.isIntact()) {
      to.request(FrameType.COMMIT, number, _ -> {});
    }
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case DONE -> succeed(Outcomes.readPut(from, writer.key()));
      case BROKEN -> writer.answered(answer, from);
      default -> throw unexpected(answer, from);
    }
  }

  @Override
  public void taken(int bytes) {
    writer.taken(bytes);
  }

  @Override
  public void refused(RuntimeException why) {
    lost(why);
  }

  @Override
  public void failed(PutOutcome outcome) {
    succeed(outcome);
  }

  @Override
  public void lost(RuntimeException why) {
    writer.lost(why);
    super.lost(why);
  }

  @Override
  @Nullable PutOutcome insteadOf(RuntimeException why) {
    return PutAnswers.insteadOf(why, writer.key());
  }

  @Override
  void giveBack() {
    end.leave();
  }
}
