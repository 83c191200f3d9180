package io.daxflux.net.wire;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.ScanPage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Makes requests of the frames of a client that was let in. On the connection's event loop. */
final class RequestReader {
  private static final int MOST_PING_BYTES = 64;

  private final Peer peer;

  RequestReader(Peer peer) {
    this.peer = peer;
  }

  void read(Frame frame, ByteBuf body) {
    try {
      switch (frame.type()) {
        case PING -> answerPing(body);
        case PONG -> body.skipBytes(body.readableBytes());
        case GRANT -> grant(frame.call(), body);
        case CANCEL -> peer.cancel(frame.call());
        case REVISE -> put(frame.call()).revise(Codes.PUT_MODES.read(body), body.readLong());
        case COMMIT -> commit(frame.call());
        case EXCHANGE -> put(frame.call()).exchange();
        default -> peer.begin(request(frame.type(), frame.call(), body), frame.length());
      }
    } catch (LongKeyException refused) {
      body.skipBytes(body.readableBytes());
      peer.refuse(frame.call(), refused);
    }
  }

  private ServerCall request(FrameType type, int id, ByteBuf body) {
    ReactiveChunkStore store = peer.store();
    return switch (type) {
      case CONTAINS -> query(id, store.contains(key(body)), ByteBuf::writeBoolean);
      case REMOVE -> query(id, store.remove(key(body)), ByteBuf::writeBoolean);
      case REMOVE_ALL -> query(id, store.removeAll(keys(body)), ByteBuf::writeInt);
      case CLEAR -> query(id, store.clear(), ByteBuf::writeLong);
      case COUNT -> query(id, store.count(), ByteBuf::writeLong);
      case EXPIRE -> query(id, store.expire(key(body), body.readLong()), ByteBuf::writeBoolean);
      case STATUS -> query(id, store.status(), StatusFields::write);
      case PREFIX_LENGTH -> query(id, store.prefixLength(keys(body)), ByteBuf::writeInt);
      case DESCRIBE ->
          new ListCall<>(
              peer,
              id,
              store.describe(keys(body)),
              FrameType.HEADS,
              Function.identity(),
              (to, heads) -> Heads.writeDescribed(to.writeBoolean(false), heads),
              (_, _) -> {});
      case SCAN ->
          new ListCall<>(
              peer,
              id,
              store.scan(body.readLong(), body.readInt()),
              FrameType.KEYS,
              ScanPage::keys,
              Fields::writeKeys,
              (to, page) -> to.writeLong(page.next()));
      case EVENTS -> new EventsCall(peer, id);
      case PIN_PREFIX -> new PinCall(peer, id, keys(body));
      case RESTORE_PREFIX -> new StreamCall(peer, id, keys(body));
      case LEND_PREFIX -> BatchCall.ofPrefix(peer, id, keys(body));
      case LEND_ALL -> BatchCall.ofAll(peer, id, keys(body));
      case START_PUT -> startPut(id, body);
      case COMMIT_ALL -> commitAll(id, body);
      default -> throw new MalformedException("expected a request, found a frame " + type);
    };
  }

  private <T> ServerCall query(int id, Mono<T> work, BiConsumer<ByteBuf, T> writer) {
    return new QueryCall<>(peer, id, work, writer);
  }

  // --- Keys, which may be too long for this server

  private static final class LongKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    LongKeyException(int most, int length) {
      super("key: expected at most " + most + " bytes, found " + length);
    }
  }

  private ChunkKey key(ByteBuf body) {
    return checked(Fields.readKey(body));
  }

  private List<ChunkKey> keys(ByteBuf body) {
    List<ChunkKey> keys = Fields.readKeys(body);
    keys.forEach(this::checked);
    return keys;
  }

  private ChunkKey checked(ChunkKey key) {
    int most = peer.options().mostKeyBytes();
    if (key.length() > most) {
      throw new LongKeyException(most, key.length());
    }
    return key;
  }

  // --- The others

  private void answerPing(ByteBuf body) {
    byte[] echo = Fields.readBytes(body, Math.min(body.readableBytes(), MOST_PING_BYTES));
    peer.send(FrameType.PONG, 0, to -> to.writeBytes(echo));
  }

  /** Of calls that are over it comes too late. */
  private void grant(int id, ByteBuf body) {
    ServerCall call = peer.call(id);
    if (call == null) {
      body.skipBytes(body.readableBytes());
    } else {
      call.grant(body);
    }
  }

  private ServerCall startPut(int id, ByteBuf body) {
    PutMode mode = Codes.PUT_MODES.read(body);
    ChunkHead head = Fields.readHead(body);
    checked(head.key());
    return new WriterCall(peer, id, head, mode);
  }

  /** Where there was no place it comes too late. */
  private void commit(int id) {
    if (peer.call(id) != null) {
      put(id).commit();
    }
  }

  private WriterCall put(int id) {
    if (peer.call(id) instanceof WriterCall put) {
      return put;
    }
    throw new MalformedException("commit: expected an open put, found call " + id);
  }

  private ServerCall commitAll(int id, ByteBuf body) {
    int count = Fields.readCount(body, Integer.BYTES);
    List<WriterCall> puts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      puts.add(put(body.readInt()));
    }
    return new CommitAllCall(peer, id, puts);
  }
}
