package io.daxflux.net.wire;

import io.daxflux.reactive.outcome.PutOutcome;

/**
 * The end of a writer, on behalf of a request: behind its parts, which it lets go to their end. On
 * the client's event loop.
 */
final class WriterEnd {
  private final RemoteWriter writer;
  private boolean taken;
  private boolean sent;

  WriterEnd(RemoteWriter writer) {
    this.writer = writer;
  }

  /** What the request that ends it can do. */
  interface Ending extends ClientCall {
    /** The writer cannot be committed. */
    void refused(RuntimeException why);

    /** It comes to nothing, for its parts could not be read. */
    void failed(PutOutcome outcome);
  }

  /** Hands the writer's call to this request as soon as all parts are sent. */
  void begin(Ending request) {
    if (!writer.tryCommit()) {
      request.refused(writer.whyEnded());
      return;
    }
    taken = true;
    RuntimeException refusal = writer.whyNotCommitted();
    if (refusal != null) {
      request.refused(refusal);
    } else {
      writer.onceSent(request, () -> send(request));
    }
  }

  private void send(Ending request) {
    sent = true;
    request.connected(writer.wire(), writer.id());
    if (!writer.isIntact()) {
      writer.wire().cancel(writer.id());
      request.failed(PutAnswers.payloadFault(writer.key()));
    }
  }

  /** The request is over: what it has not sent is not committed. */
  void leave() {
    if (taken && !sent) {
      sent = true;
      writer.abandon();
    }
  }
}
