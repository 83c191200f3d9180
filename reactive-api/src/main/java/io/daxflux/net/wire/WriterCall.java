package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.serve.Body;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.net.serve.PutBody;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutExchange;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.TooLarge;
import io.daxflux.reactive.outcome.PutStart;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A put whose payload comes from a client. */
final class WriterCall extends ServerCall implements Body, PutBody.Watch {
  private final ChunkHead head;
  private final PutMode mode;
  private @Nullable Arrival<?> arrival;
  private @Nullable PutBody body;
  private @Nullable ChunkWriter writer;
  private @Nullable Lending previous;
  private boolean ending;
  private boolean abandoned;
  private boolean broken;

  /** Copied and not yet told, so that many small parts make one frame. */
  private final AtomicInteger untoldBytes = new AtomicInteger();

  WriterCall(Peer peer, int id, ChunkHead head, PutMode mode) {
    super(peer, id);
    this.head = head;
    this.mode = mode;
  }

  @Override
  void begin() {
    long mostBytes = peer.options().mostBodyBytes();
    if (head.layout().bytes() > mostBytes) {
      PutOutcome tooLarge = new TooLarge(head.key(), head.layout().bytes(), mostBytes);
      done(to -> Outcomes.writePut(to, tooLarge));
      return;
    }
    PutBody begun = peer.put(head, mode, this);
    body = begun;
    arrival = Arrival.of(begun.start(), peer, this::started, this::failed, _ -> {});
  }

  private void started(PutStart start) {
    switch (start) {
      case NotStarted(PutOutcome outcome) -> done(to -> Outcomes.writePut(to, outcome));
      case ChunkWriter open -> {
        writer = open;
        send(FrameType.OPENED, _ -> {});
      }
    }
  }

  // --- Its payload

  @Override
  public void take(ByteBuf part) {
    if (body == null || ending || abandoned) {
      int bytes = part.readableBytes();
      part.release();
      peer.taken(id, bytes);
    } else {
      body.take(part);
    }
  }

  @Override
  public void read(int bytes) {
    if (untoldBytes.getAndAdd(bytes) == 0) {
      peer.execute(() -> peer.taken(id, untoldBytes.getAndSet(0)));
    }
  }

  @Override
  public void refused(Throwable why) {
    peer.execute(() -> breakOff(why));
  }

  private void breakOff(Throwable failure) {
    if (!broken && !ending && !abandoned) {
      broken = true;
      send(FrameType.BROKEN, to -> Failures.write(to, failure));
    }
  }

  /** The rest will not come, for the client is gone, who gives up all that it has. */
  @Override
  public void abandon() {
    if (abandoned) {
      return;
    }
    abandoned = true;
    if (arrival != null) {
      arrival.drop();
    }
    if (body != null) {
      body.abandon();
    }
    if (previous != null) {
      previous.drop();
    }
  }

  // --- Its end

  void revise(PutMode wanted, long expiresAtMs) {
    ChunkWriter open = writer;
    if (open == null || ending) {
      throw notOpen();
    }
    open.revise(wanted, expiresAtMs);
  }

  /** Also where it is not known yet whether there is a place: then only the outcome is told. */
  void commit() {
    PutBody whole = body;
    if (whole == null || ending) {
      throw notOpen();
    }
    ending = true;
    if (arrival != null) {
      arrival.drop();
    }
    arrival =
        Arrival.of(
            whole.commit(),
            peer,
            outcome -> done(to -> Outcomes.writePut(to, outcome)),
            this::failed,
            _ -> {});
  }

  void exchange() {
    arrival = Arrival.of(end().exchange(), peer, this::exchanged, this::failed, PutExchange::close);
  }

  private void exchanged(PutExchange exchange) {
    Lending lending = new Lending(peer, id, this::endIfOver, this::endIdle);
    previous = lending;
    send(FrameType.OUTCOME, to -> Outcomes.writePut(to, exchange.outcome()));
    Loan loan = new Loan(exchange::close);
    lending.announce(exchange.previous().outcomes(), loan, true);
    loan.leave();
    endIfOver();
  }

  @Override
  void grant(ByteBuf body) {
    if (previous == null) {
      super.grant(body);
    } else {
      previous.grant(body);
    }
  }

  private void endIfOver() {
    if (previous != null && previous.isEmpty()) {
      previous.drop();
      done(_ -> {});
    }
  }

  private void endIdle() {
    if (previous != null) {
      previous.drop();
      failed(previous.idle());
    }
  }

  /** The writer, for whoever ends it. */
  ChunkWriter end() {
    ChunkWriter open = writer;
    if (open == null || ending) {
      throw notOpen();
    }
    ending = true;
    return open;
  }

  private MalformedException notOpen() {
    return new MalformedException("commit: expected an open put, found call " + id);
  }
}
