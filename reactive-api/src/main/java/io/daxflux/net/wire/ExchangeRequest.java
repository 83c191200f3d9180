package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code exchange}: a commit, and what was there before it. */
final class ExchangeRequest extends OutputsRequest<PutExchange> implements WriterEnd.Ending {
  private final RemoteWriter writer;
  private final WriterEnd end;
  private @Nullable PutOutcome outcome;

  ExchangeRequest(
      RemoteParts parts, CoreSubscriber<? super PutExchange> subscriber, RemoteWriter writer) {
    super(parts, subscriber, FrameType.EXCHANGE, List.of(writer.key()), PutExchange::close);
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
      to.request(FrameType.EXCHANGE, number, _ -> {});
    }
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case OUTCOME -> outcome = Outcomes.readPut(from, writer.key());
      case BROKEN -> writer.answered(answer, from);
      default -> super.answered(answer, from);
    }
  }

  @Override
  PutExchange result() {
    return new PutExchange(outcome, new RemoteBorrow(parts, positions, takeOutputs()));
  }

  @Override
  public void taken(int bytes) {
    writer.taken(bytes);
  }

  @Override
  public void refused(RuntimeException why) {
    lost(why);
  }

  /** Whatever was there stays, and is not shown: nothing was decided. */
  @Override
  public void failed(PutOutcome failure) {
    positions.add(new Hole(0, writer.key(), MissReason.ABSENT));
    succeed(new PutExchange(failure, new RemoteBorrow(parts, positions, takeOutputs())));
  }

  @Override
  public void lost(RuntimeException why) {
    writer.lost(why);
    super.lost(why);
  }

  @Override
  void giveBack() {
    super.giveBack();
    end.leave();
  }
}
