package io.daxflux.net.wire;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BorrowedBatch;
import io.daxflux.reactive.outcome.BorrowedPrefix;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PinnedPrefix;
import io.daxflux.reactive.outcome.PrefixEvent;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutStart;
import io.daxflux.reactive.outcome.RestoredBatch;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.reactive.outcome.ScanPage;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.reactive.session.CallersMemory;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that is served by another process ({@link WireServer}), under the same contract as one of
 * this process. What differs:
 *
 * <ul>
 *   <li>Restored and borrowed chunks are copies in output memory of this client, which {@link
 *       RemoteOptions} bounds; {@link #status} tells of that memory, and otherwise of the server's
 *       store. A borrow therefore fails with {@code OutputBudgetException} where it does not fit.
 *   <li>Puts are acknowledged when they are committed, whatever {@code dax.async_put} says there,
 *       and as with a {@link ChunkWriter}, a removal while the bytes are on their way does not
 *       concern them.
 *   <li>A connection that is lost fails what is under way on it with {@code RemoteException}; its
 *       pins and open writers end with it. The next request connects again.
 *   <li>{@link #close} ends this client, and neither the server nor its store.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class RemoteChunkStore implements ReactiveChunkStore {
  /** Chunks of a stream of puts under way. */
  private static final int STREAMED_PUTS = 4;

  private final RemoteOptions options;
  private final RemoteParts parts;
  private final RunningClient running;
  private final RemotePuts puts;

  RemoteChunkStore(RemoteOptions options, RunningClient running) {
    this.options = options;
    this.running = running;
    this.parts = running.parts();
    this.puts = new RemotePuts(parts);
  }

  /**
   * Opens a client, and connects it. Work happens on demand, on a thread that may block. The
   * subscriber owns the store and closes it; one that nobody receives is closed.
   *
   * @return the store. Fails with {@code RemoteException} where there is no server or it refuses
   *     this client, with {@link io.daxflux.device.DeviceException} where memory is not to be had,
   *     and with {@link IllegalArgumentException} where files are not as they should be
   */
  public static Mono<ReactiveChunkStore> open(RemoteOptions options) {
    return RunningClient.open(options);
  }

  @Override
  public Flux<PutOutcome> putAll(Publisher<Chunk> chunks, PutMode mode) {
    return puts.putAll(chunks, mode, STREAMED_PUTS);
  }

  @Override
  public Flux<PutOutcome> putAll(List<Chunk> chunks, PutMode mode) {
    List<Chunk> batch = List.copyOf(chunks);
    return batch.isEmpty() ? Flux.empty() : puts.putAll(batch, mode);
  }

  @Override
  public Mono<PutStart> startPut(ChunkHead head, PutMode mode) {
    return Request.mono(subscriber -> new StartRequest(parts, subscriber, head, mode));
  }

  @Override
  public Mono<List<PutOutcome>> commitAll(List<ChunkWriter> writers) {
    List<RemoteWriter> ours = new ArrayList<>(writers.size());
    Set<ChunkKey> keys = new HashSet<>();
    for (ChunkWriter writer : writers) {
      if (!(writer instanceof RemoteWriter remote) || !remote.isOf(parts)) {
        throw new IllegalArgumentException(
            "commitAll: expected writers of this store, found " + writer);
      }
      if (!keys.add(writer.head().key())) {
        throw new IllegalArgumentException(
            "commitAll: expected one writer for each key, found another of " + writer.head().key());
      }
      ours.add(remote);
    }
    return ours.isEmpty()
        ? Mono.just(List.of())
        : Request.mono(subscriber -> new CommitAllRequest(parts, subscriber, ours));
  }

  @Override
  public Mono<Integer> prefixLength(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Query.of(
        parts, FrameType.PREFIX_LENGTH, to -> Fields.writeKeys(to, named), ByteBuf::readInt);
  }

  @Override
  public Mono<PinnedPrefix> pinPrefix(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Request.mono(subscriber -> new PinRequest(parts, subscriber, named));
  }

  @Override
  public Flux<RestoredChunk> restorePrefix(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Request.flux(subscriber -> new PrefixRequest<>(parts, subscriber, named, false));
  }

  @Override
  public Flux<PrefixEvent> explainPrefix(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Request.flux(subscriber -> new PrefixRequest<>(parts, subscriber, named, true));
  }

  @Override
  public Mono<RestoredBatch> restoreAll(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Request.mono(subscriber -> new BatchRequest(parts, subscriber, named));
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(List<ChunkKey> keys, List<MemorySegment> outputs) {
    List<ChunkKey> named = List.copyOf(keys);
    List<MemorySegment> targets = CallersMemory.outputs(outputs, keys.size());
    return Request.mono(subscriber -> new IntoRequest(parts, subscriber, named, targets, () -> {}));
  }

  @Override
  public Mono<List<IntoOutcome>> restoreInto(
      List<ChunkKey> keys, List<MemorySegment> outputs, Runnable onRelease) {
    List<ChunkKey> named = List.copyOf(keys);
    List<MemorySegment> targets = CallersMemory.outputs(outputs, keys.size());
    AtomicBoolean made = new AtomicBoolean();
    return Mono.defer(
        () ->
            made.compareAndSet(false, true)
                ? Request.mono(
                    subscriber -> new IntoRequest(parts, subscriber, named, targets, onRelease))
                : Mono.error(
                    new IllegalStateException(
                        "restoreInto: expected one subscriber, for the outputs are given back after"
                            + " it; found another")));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here it is a copy in this client's output memory, made before it is delivered; it ends as a
   * borrow does.
   */
  @Override
  public Mono<BorrowedPrefix> borrowPrefix(List<ChunkKey> keys) {
    return lent(FrameType.LEND_PREFIX, keys).cast(BorrowedPrefix.class);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here it is a copy in this client's output memory, made before it is delivered; it ends as a
   * borrow does.
   */
  @Override
  public Mono<BorrowedBatch> borrowAll(List<ChunkKey> keys) {
    return lent(FrameType.LEND_ALL, keys).cast(BorrowedBatch.class);
  }

  private Mono<RemoteBorrow> lent(FrameType type, List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Request.mono(subscriber -> new BorrowRequest(parts, subscriber, type, named));
  }

  @Override
  public Mono<Boolean> contains(ChunkKey key) {
    return Query.of(
        parts, FrameType.CONTAINS, to -> Fields.writeKey(to, key), ByteBuf::readBoolean);
  }

  @Override
  public Mono<Boolean> remove(ChunkKey key) {
    return Query.of(parts, FrameType.REMOVE, to -> Fields.writeKey(to, key), ByteBuf::readBoolean);
  }

  @Override
  public Mono<Integer> removeAll(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return Query.of(
        parts, FrameType.REMOVE_ALL, to -> Fields.writeKeys(to, named), ByteBuf::readInt);
  }

  @Override
  public Mono<Long> clear() {
    return Query.of(parts, FrameType.CLEAR, _ -> {}, ByteBuf::readLong);
  }

  @Override
  public Mono<List<DescribeOutcome>> describe(List<ChunkKey> keys) {
    List<ChunkKey> named = List.copyOf(keys);
    return ListQuery.of(
        parts,
        FrameType.DESCRIBE,
        to -> Fields.writeKeys(to, named),
        (from, before) -> Heads.read(from.skipBytes(1), named, before),
        (_, heads) -> List.copyOf(heads));
  }

  @Override
  public Mono<ScanPage> scan(long cursor, int atMost) {
    if (atMost < 1) {
      throw new IllegalArgumentException("scan: expected at least 1 key a page, found " + atMost);
    }
    return ListQuery.of(
        parts,
        FrameType.SCAN,
        to -> to.writeLong(cursor).writeInt(atMost),
        (from, _) -> Fields.readKeys(from),
        (from, keys) -> new ScanPage(keys, from.readLong()));
  }

  @Override
  public Mono<Long> count() {
    return Query.of(parts, FrameType.COUNT, _ -> {}, ByteBuf::readLong);
  }

  @Override
  public Mono<Boolean> expire(ChunkKey key, long expiresAtMs) {
    ChunkHead.requireExpiry(expiresAtMs);
    return Query.of(
        parts,
        FrameType.EXPIRE,
        to -> {
          Fields.writeKey(to, key);
          to.writeLong(expiresAtMs);
        },
        ByteBuf::readBoolean);
  }

  @Override
  public Flux<StoreEvent> events() {
    return Request.flux(subscriber -> new EventsRequest(parts, subscriber));
  }

  /** The server's store in numbers, but for the output memory, which is this client's. */
  @Override
  public Mono<StoreStatus> status() {
    return Query.of(
        parts, FrameType.STATUS, _ -> {}, from -> running.withOutputs(StatusFields.read(from)));
  }

  /** This store: how the server copies is its own business. */
  @Override
  public ReactiveChunkStore restoring(RestoreMode mode) {
    return this;
  }

  @Override
  public Mono<Void> close() {
    return running.close();
  }

  @Override
  public String toString() {
    return "RemoteChunkStore[" + options + "]";
  }
}
