package io.daxflux.net.serve;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.ServerOptions;
import io.daxflux.reactive.ReactiveChunkStore;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One client, as the {@link Dialect} that talks to it sees it.
 *
 * <p>On its event loop, but for what says otherwise.
 */
public final class Connection {
  private final ServerParts parts;
  private final ClientChannel channel;
  private final ClientLog log;
  private final Conversation conversation;
  private final Turns turns;
  private final Puts puts;
  private final Room room;

  /** Of the request that is answered next. */
  private long heapBytes;

  Connection(
      ServerParts parts,
      ClientChannel channel,
      ClientLog log,
      Conversation conversation,
      Turns turns,
      Puts puts,
      Room room) {
    this.parts = parts;
    this.channel = channel;
    this.log = log;
    this.conversation = conversation;
    this.turns = turns;
    this.puts = puts;
    this.room = room;
  }

  // --- What it is about

  /** The store that is served. */
  public ReactiveChunkStore store() {
    return parts.store();
  }

  /** What the server was told. */
  public ServerOptions options() {
    return parts.options();
  }

  /** Where replies get their memory. For use on the event loop: elsewhere it may block. */
  public ByteBufAllocator memory() {
    return channel.memory();
  }

  /** Where the client is; null where it has gone. */
  public @Nullable SocketAddress remoteAddress() {
    return channel.remoteAddress();
  }

  // --- What the client sends

  /** The client has named the secret, where there is one: it may take its time from now on. */
  public void admit() {
    conversation.admit();
  }

  /**
   * Hands the next bytes to a body, which it owns until all of them were taken.
   *
   * @param whenAll runs when they were; not where they do not come
   */
  public void receive(long bytes, Body taker, Runnable whenAll) {
    conversation.receive(bytes, taker, whenAll);
  }

  /** A put whose payload is about to be received. Its owner ends it. */
  public PutBody put(ChunkHead head, PutMode mode) {
    return put(head, mode, PutBody.Watch.NOBODY);
  }

  /** The same, for whoever wants to know how far its payload is. */
  public PutBody put(ChunkHead head, PutMode mode, PutBody.Watch follower) {
    return PutBody.begin(puts, head, mode, follower);
  }

  // --- What it is answered

  /**
   * Carries out a request that changes nothing and whose reply is short, side by side with others
   * of the kind, and sends its reply when those before are sent. Where the client is gone it is
   * cancelled.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void answer(Mono<Answer> work) {
    add(work, Turn.Way.TOGETHER);
  }

  /**
   * The same for replies of any length, such as chunks: one begins when the length of those before
   * it is known, and not while too much is unread.
   */
  public void answerAtLength(Mono<Answer> work) {
    add(work, Turn.Way.MEASURED);
  }

  /**
   * Carries out a request that changes something, behind all requests before and ahead of all that
   * follow. It is carried out although the client may be gone.
   *
   * @param work how the reply is made, which happens on the event loop, or nothing; an error ends
   *     the connection
   */
  public void change(Mono<Answer> work) {
    add(work, Turn.Way.ALONE);
  }

  private void add(Mono<Answer> work, Turn.Way way) {
    long bytes = heapBytes;
    heapBytes = 0;
    tally().request();
    turns.add(new Turn(turns, work, way, bytes));
  }

  /**
   * Says what the request that is answered next keeps on the heap until then: the connection is not
   * read from while there is too much of it.
   */
  public void weigh(long bytes) {
    heapBytes = bytes;
  }

  /** Sends at once, whatever is due: for protocols whose replies name their request. */
  public void send(Reply reply) {
    conversation.send(reply);
  }

  /**
   * Notes that a request keeps so many bytes more for its reply, or fewer where that is negative.
   * Any thread.
   */
  public void keep(long bytes) {
    parts.room().keep(bytes);
  }

  /**
   * How many bytes of its requests may be kept at the moment: fewer where others keep many. Any
   * thread.
   */
  public int mostKeptBytes() {
    return room.mostBytes();
  }

  // --- What is noted of it, any thread

  /** What the server counts. */
  public Tally tally() {
    return parts.tally();
  }

  /** Notes that the client has named a secret that is not right. */
  public void noteWrongSecret() {
    log.wrongSecret();
  }

  /** Notes that the client has sent what is no request. */
  public void noteMalformed(String what) {
    log.malformed(what);
  }

  /** Writes a line for the log, if there is room for one. No part of it may be secret. */
  public void warn(String line) {
    log.warn(line);
  }

  /** Notes that the software has failed, and that this client was told so, or could not be. */
  public void noteFailure(String what, Throwable failure) {
    log.failure(what, failure);
  }

  // --- Its life

  /** Runs something on this connection's event loop; not where the server has ended. Any thread. */
  public void execute(Runnable task) {
    channel.execute(task);
  }

  /** Whether the server is stopping: requests that begin now are to be refused. */
  public boolean isEnding() {
    return conversation.isEnding();
  }

  /** Takes in nothing more, and closes behind the replies that are due. */
  public void end() {
    conversation.end();
  }

  /** Protocol and address of the client. */
  @Override
  public String toString() {
    return log.toString();
  }
}
