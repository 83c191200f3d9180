package io.daxflux.examples.engine;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Serves prompts with one session, one after the other, on a thread of its own: brings in what is
 * stored of a prompt's cache, computes the rest, and decodes an answer, the likeliest token each
 * time.
 *
 * <p>Work happens on subscription. A cancelled answer ends behind the batch or the chunk that the
 * engine is busy with. Publishers may be made by any thread; subscribe to one at a time.
 */
public final class PromptServer implements AutoCloseable {
  private static final int NO_TOKEN = -1;

  private final KvEngine engine;
  private final EngineSession session;
  private final SessionThread thread = new SessionThread();
  private final ExportBuffers buffers = new ExportBuffers();

  /** A thread that is the session's, and may block. */
  private static final class SessionThread {
    private final ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine-", 0).factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(executor);

    void close() {
      scheduler.dispose();
      executor.close();
    }
  }

  /** Opens a session for prompts and answers of at most so many tokens together. */
  public PromptServer(KvEngine engine, int mostTokens) {
    this.engine = engine;
    this.session = engine.openSession(mostTokens);
  }

  /**
   * The keys of what can be brought in: not the prompt's last token, for its logits are needed, and
   * they come from computing it.
   */
  public List<ChunkKey> reusable(int[] prompt) {
    int chunks = (prompt.length - 1) / engine.keys().chunkTokens();
    return engine.keys().fullChunks(prompt).subList(0, chunks);
  }

  /**
   * Answers a prompt with so many tokens, each as soon as it is decoded.
   *
   * @param timeline notes when what happened; made when the prompt came in
   */
  public Flux<Integer> answer(int[] prompt, int tokens, KvRoute route, Timeline timeline) {
    Scheduler own = thread.scheduler;
    return Mono.<Void>fromRunnable(session::clear)
        .then(Mono.defer(() -> load(prompt, route, timeline)))
        .subscribeOn(own)
        .thenMany(Flux.defer(() -> prefill(prompt)).subscribeOn(own))
        .thenMany(Flux.defer(() -> decode(timeline)).take(tokens).subscribeOn(own))
        .doOnComplete(timeline::ended);
  }

  private Mono<Void> load(int[] prompt, KvRoute route, Timeline timeline) {
    List<ChunkKey> keys = reusable(prompt);
    timeline.subscribed();
    return route.load(keys, session, thread.scheduler, timeline);
  }

  /** Computes the rest, batch by batch; emits how far it is. */
  private Flux<Integer> prefill(int[] prompt) {
    return Flux.generate(
        () -> true,
        (more, sink) -> {
          if (!more) {
            sink.complete();
            return false;
          }
          boolean left = session.prefill(prompt);
          sink.next(session.position());
          return left;
        });
  }

  /** One token after the other, for ever. */
  private Flux<Integer> decode(Timeline timeline) {
    return Flux.generate(
        () -> NO_TOKEN,
        (last, sink) -> {
          if (last != NO_TOKEN) {
            session.append(last);
          }
          float[] logits = session.logits();
          int token = likeliest(logits);
          if (last == NO_TOKEN) {
            timeline.firstToken(logits);
          }
          sink.next(token);
          return token;
        });
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int token = 1; token < logits.length; token++) {
      if (logits[token] > logits[best]) {
        best = token;
      }
    }
    return best;
  }

  /**
   * Stores all full chunks of the prompt that was answered last, each right behind the one before
   * it. A chunk is exported when the store asks for it.
   */
  public Flux<PutOutcome> store(int[] prompt, ReactiveChunkStore store) {
    return Flux.defer(
        () -> {
          List<ChunkKey> keys = engine.keys().fullChunks(prompt);
          Flux<Chunk> chunks =
              Flux.range(0, keys.size())
                  .map(chunk -> export(chunk, keys))
                  .subscribeOn(thread.scheduler);
          return store.putAll(chunks, PutMode.KEEP_EXISTING);
        });
  }

  // tag::export[]
  private Chunk export(int chunk, List<ChunkKey> keys) {
    MemorySegment bytes = buffers.take(session.exportedBytes(chunk));
    session.exportChunk(chunk, bytes);
    return Chunk.builder(keys.get(chunk), ChunkLayout.blob(bytes.byteSize()))
        .payload(bytes)
        .after(chunk == 0 ? null : keys.get(chunk - 1))
        .onRelease(() -> buffers.giveBack(bytes))
        .build();
  }

  // end::export[]

  /** Waits for what the session is doing, and closes it. */
  @Override
  public void close() {
    thread.close();
    session.close();
    buffers.close();
  }
}
