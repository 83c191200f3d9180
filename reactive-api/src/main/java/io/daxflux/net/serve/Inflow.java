package io.daxflux.net.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way in: requests to the dialect, as far as they are there, and payloads to their
 * bodies, as they come. On the event loop.
 */
final class Inflow {
  private final ByteBufAllocator memory;
  private final Dialect dialect;
  private final Credit credit;
  private final ReceiveSize receiveSize;
  private final int mostHeaderBytes;
  private final Input input = new Input();

  private @Nullable Body body;
  private long bodyBytes;
  private Runnable whenReceived = Inflow::nothing;

  Inflow(
      ByteBufAllocator memory,
      Dialect dialect,
      Credit credit,
      ReceiveSize receiveSize,
      int mostHeaderBytes) {
    this.memory = memory;
    this.dialect = dialect;
    this.credit = credit;
    this.receiveSize = receiveSize;
    this.mostHeaderBytes = mostHeaderBytes;
  }

  /** The next bytes are this body's. */
  void receive(long bytes, Body taker, Runnable whenAll) {
    body = taker;
    bodyBytes = bytes;
    whenReceived = whenAll;
    receiveSize.expectPayload(bytes);
  }

  void add(ByteBuf received) {
    input.add(memory, received);
  }

  /** Whether more bytes could be taken. */
  boolean hasRoom(boolean forRequests) {
    return body == null ? forRequests : !credit.isExhausted();
  }

  /** How much there is of a request that cannot go on without more. */
  long unfinishedBytes(boolean roomForRequests) {
    return dialect.keptBytes() + (body == null && roomForRequests ? input.bytes() : 0);
  }

  /** Whether a request has begun and is not there as a whole. */
  boolean isWithinRequest() {
    return body != null || !input.isEmpty() || !dialect.isBetweenRequests();
  }

  /** Whether what was taken last was the end of a request; bytes of the next may be there. */
  boolean isBetweenRequests() {
    return body == null && dialect.isBetweenRequests();
  }

  /** Whether something was understood, or a payload taken to its end: there may be more to do. */
  boolean step(boolean roomForRequests) {
    return body == null ? roomForRequests && readRequest() : feed(body);
  }

  private boolean feed(Body taker) {
    while (bodyBytes > 0) {
      if (input.isEmpty() || credit.isExhausted()) {
        return false;
      }
      ByteBuf part = input.take(bodyBytes);
      bodyBytes -= part.readableBytes();
      receiveSize.expect(bodyBytes);
      taker.take(part);
    }
    Runnable next = whenReceived;
    // An idle connection does not keep its last payload.
    body = null;
    whenReceived = Inflow::nothing;
    next.run();
    return true;
  }

  private static void nothing() {}

  private boolean readRequest() {
    if (input.isEmpty()) {
      return false;
    }
    int before = input.bytes();
    dialect.read(input.buffer());
    boolean understood = input.bytes() < before || body != null;
    input.trim();
    if (!understood) {
      input.settle(memory);
    }
    if (!understood && before > mostHeaderBytes) {
      throw new MalformedException(
          "request: expected at most " + mostHeaderBytes + " bytes before its payload, found more");
    }
    return understood;
  }

  /** Takes in nothing more. */
  void giveUp() {
    input.release();
    Body current = body;
    body = null;
    bodyBytes = 0;
    whenReceived = Inflow::nothing;
    if (current != null) {
      current.abandon();
    }
    dialect.closed();
  }
}
