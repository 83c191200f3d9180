package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.net.serve.Body;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.net.serve.PutBody;
import io.daxflux.net.serve.PutRow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one Redis client: puts requests together, sends payload on its way to the
 * store before the request is whole, and has what is whole carried out. On the connection's event
 * loop.
 */
final class RespDialect implements Dialect, RequestTaker {
  /** What of the longest request is not words. */
  private static final int FRAME_BYTES = 64;

  private final Client client;
  private final RequestDecoder decoder = new RequestDecoder(this);
  private final int mostWordBytes;
  private final PutRow row;

  /** What is being received; null between requests. */
  private @Nullable Request current;

  RespDialect(Client client) {
    this.client = client;
    this.row = new PutRow(client.connection);
    this.mostWordBytes = client.connection.options().mostHeaderBytes() - FRAME_BYTES;
  }

  @Override
  public void read(ByteBuf bytes) {
    try {
      decoder.read(bytes);
    } catch (MalformedException malformed) {
      client.refuse("ERR " + malformed.getMessage());
      throw new MalformedException(withoutQuote(malformed.getMessage()));
    }
  }

  /** For the log: what the client has sent may be a part of its password. */
  private static String withoutQuote(String message) {
    int quote = message.indexOf(", got");
    return quote < 0 ? message : message.substring(0, quote);
  }

  @Override
  public boolean isBetweenRequests() {
    return decoder.isBetweenRequests();
  }

  @Override
  public long keptBytes() {
    return current == null ? 0 : current.heapBytes();
  }

  @Override
  public void closed() {
    client.protocol.left();
    if (current != null) {
      if (!current.payloads().isEmpty()) {
        client.connection.tally().droppedPut();
      }
      current.abandonPayloads();
    }
  }

  // --- A request as it comes

  @Override
  public boolean isAdmitted() {
    return client.isAdmitted();
  }

  @Override
  public void begin(int words) {
    current = new Request(words, mostWordBytes, client.connection.options().mostKeyBytes());
  }

  @Override
  public boolean keeps(int index, int bytes) {
    boolean fits = isPayload(index) ? current.hasRoomForPayload() : current.hasRoomForWord(bytes);
    if (fits && !isPayload(index)) {
      return true;
    }
    Body body = fits ? payload(bytes) : Body.DROPPED;
    client.connection.receive(bytes, body, () -> {});
    return false;
  }

  @Override
  public void word(int index, byte[] word) {
    if (isPayload(index)) {
      Body body = current.hasRoomForPayload() ? payload(word.length) : Body.DROPPED;
      if (word.length > 0) {
        body.take(Unpooled.wrappedBuffer(word));
      }
      return;
    }
    if (index == 0) {
      current.command = client.protocol.commands().find(word);
    }
    current.addWord(word);
  }

  private boolean isPayload(int index) {
    return current.command != null && current.command.payloads().isAt(index);
  }

  /** Asks for a place for the value that follows its key; none where the request is refused. */
  private Body payload(int bytes) {
    try {
      requireCarriedOut(current.command);
      requireRoom(bytes);
      ChunkKey key = current.lastKey();
      // Under which conditions is said behind the value, or depends on requests ahead of this one.
      PutBody body = row.next(ChunkHead.of(key, row.shared(ChunkLayout.blob(bytes))));
      current.addPayload(new Payload(key, body, row));
      return body;
    } catch (CommandException refused) {
      current.refuse(refused);
      return Body.DROPPED;
    }
  }

  private void requireRoom(int bytes) {
    long most = client.connection.options().mostBodyBytes();
    if (bytes > most) {
      client.connection.tally().droppedPut();
      throw Errors.valueTooLong(most, bytes);
    }
  }

  // --- A request that is whole

  @Override
  public void end() {
    Request request = current;
    current = null;
    boolean accepted = false;
    client.connection.weigh(request.heapBytes());
    try {
      carryOut(request);
      accepted = true;
    } catch (CommandException refused) {
      client.refuse(refused.getMessage());
      if (client.isGuessing()) {
        client.connection.end();
      }
    } finally {
      if (!accepted) {
        request.abandonPayloads();
      }
    }
  }

  private void carryOut(Request request) {
    Command command = request.command;
    if (request.refusal() != null) {
      throw request.refusal();
    }
    if (command == null) {
      throw Errors.unknownCommand(request.words());
    }
    if (!command.subcommands().isEmpty() && request.has(1)) {
      String name = new String(request.word(1), StandardCharsets.ISO_8859_1);
      command = command.subcommand(name.toLowerCase(Locale.ROOT));
      if (command == null) {
        throw Errors.unknownSubcommand(request.command.name(), request.word(1));
      }
    }
    requireArguments(command, request);
    requireAdmitted(request.command);
    command.handler().handle(client, request);
  }

  private void requireCarriedOut(Command command) {
    requireArguments(command, current);
    requireAdmitted(command);
  }

  private static void requireArguments(Command command, Request request) {
    if (!command.takes(request.count)) {
      throw Errors.argumentCount(command.name());
    }
  }

  private void requireAdmitted(Command command) {
    if (!client.isAdmitted() && !command.facts().isForStrangers()) {
      throw Errors.unauthenticated();
    }
  }
}
