package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** {@code startPut}. */
final class StartRequest extends Request<PutStart> {
  private final ChunkHead head;
  private final PutMode mode;

  StartRequest(
      RemoteParts parts,
      CoreSubscriber<? super PutStart> subscriber,
      ChunkHead head,
      PutMode mode) {
    super(parts, subscriber, StartRequest::discard);
    this.head = head;
    this.mode = mode;
  }

  private static void discard(PutStart start) {
    if (start instanceof ChunkWriter writer) {
      writer.close();
    }
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(FrameType.START_PUT, number, body -> Fields.writePut(body, head, mode));
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case OPENED -> {
        RemoteWriter writer = new RemoteWriter(parts, wire(), id(), head);
        handOver(writer);
        succeed(writer);
      }
      case DONE -> succeed(new NotStarted(Outcomes.readPut(from, head.key())));
      default -> throw unexpected(answer, from);
    }
  }

  @Override
  @Nullable PutStart insteadOf(RuntimeException why) {
    PutOutcome refused = PutAnswers.insteadOf(why, head.key());
    return refused == null ? null : new NotStarted(refused);
  }
}
