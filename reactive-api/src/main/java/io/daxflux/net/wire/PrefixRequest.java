package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PrefixEnd.Reason;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.session.OutputView;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code restorePrefix}: chunks are announced by the server, granted when there is demand and
 * output memory for them, and delivered in order, each as soon as its bytes are there.
 */
final class PrefixRequest<T extends PrefixEvent> extends Request<T> {
  private final List<ChunkKey> keys;
  private final boolean explained;
  private final Queue<ChunkHead> announced = new ArrayDeque<>();
  private final PayloadTargets targets = new PayloadTargets();

  /** Outputs that are being filled. */
  private final Set<Output> filling = new HashSet<>();

  private final MemoryWait wait;
  private int heads;
  private long granted;
  private int delivered;
  private @Nullable PrefixEnd end;

  /**
   * @param explained whether a {@link PrefixEnd} is delivered at the end
   */
  PrefixRequest(
      RemoteParts parts,
      CoreSubscriber<? super T> subscriber,
      List<ChunkKey> keys,
      boolean explained) {
    super(parts, subscriber, PrefixRequest::discard);
    this.keys = keys;
    this.explained = explained;
    this.wait = new MemoryWait(parts, this::advance, this::endForWantOfMemory);
  }

  private static void discard(PrefixEvent event) {
    if (event instanceof RestoredChunk chunk) {
      chunk.close();
    }
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(FrameType.RESTORE_PREFIX, number, body -> Fields.writeKeys(body, keys));
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case HEADS -> {
        from.skipBytes(1);
        for (DescribeOutcome position : Heads.read(from, keys, heads)) {
          announced.add(((Described) position).head());
          heads++;
        }
        advance();
      }
      case DONE -> {
        end = Outcomes.readEnd(from, delivered);
        endIfOver();
      }
      default -> throw unexpected(answer, from);
    }
  }

  @Override
  public void payload(ByteBuf bytes) {
    targets.payload(bytes);
  }

  @Override
  void demanded() {
    advance();
  }

  private void advance() {
    int more = 0;
    while (!isOver() && end == null && !announced.isEmpty() && granted < outbox.requested()) {
      Output output = wait.tryAllocate(announced.element().layout().bytes());
      if (output == null) {
        break;
      }
      more++;
      granted++;
      receive(announced.remove(), output);
    }
    if (more > 0 && isSent()) {
      Grants.ofAll(more).send(wire(), id());
    }
    if (announced.isEmpty() || granted >= outbox.requested()) {
      wait.stop();
    }
    endIfOver();
  }

  private void receive(ChunkHead head, Output output) {
    filling.add(output);
    wait.filling(filling.size());
    int index = (int) granted - 1;
    targets.expect(
        parts.outputs().segment(output),
        output.bytes(),
        _ -> {
          filling.remove(output);
          wait.filling(filling.size());
          delivered++;
          outbox.offer(
              asEvent(new OutputView(new RemoteOutput(parts, index, head, output, wait::freed))));
          endIfOver();
        });
  }

  /** Memory ran out, and none comes back in time. */
  private void endForWantOfMemory() {
    if (!isOver() && end == null) {
      announced.clear();
      end = new PrefixEnd(delivered, Reason.OUTPUT_BUDGET, null);
      wait.stop();
      endIfOver();
    }
  }

  private void endIfOver() {
    PrefixEnd known = end;
    if (known == null || !filling.isEmpty() || isOver()) {
      return;
    }
    if (known.reason() == Reason.OUTPUT_BUDGET) {
      withdraw();
    }
    if (explained) {
      succeed(asEvent(new PrefixEnd(delivered, known.reason(), known.miss())));
    } else {
      complete();
    }
  }

  @Override
  void giveBack() {
    wait.stop();
    targets.clear();
    announced.clear();
    filling.forEach(output -> parts.outputs().free(output, wait::freed));
    filling.clear();
  }

  /** T is PrefixEvent where the end is explained, and RestoredChunk where it is not. */
  @SuppressWarnings("unchecked")
  private T asEvent(PrefixEvent event) {
    return (T) event;
  }
}
