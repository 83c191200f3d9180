package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.engine.EngineSession;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.longdocqa.Document;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Brings chunks in for nobody, over and over, so that all code on the way is compiled as in a
 * server that has been up for a minute: the prompts of a run are too few for that.
 */
final class RouteWarmUp implements AutoCloseable {
  private final List<Document> documents;
  private final Scheduler thread = Schedulers.newSingle("warm-up", true);

  RouteWarmUp(List<Document> documents) {
    this.documents = documents;
  }

  /** Takes this route, document after document, at least once and for so long. */
  void run(KvRoute route, Duration time) {
    long beganNs = System.nanoTime();
    int next = 0;
    do {
      Document document = documents.get(next++ % documents.size());
      route
          .load(document.keys(), new Indifferent(), thread, new Timeline())
          .subscribeOn(thread)
          .block();
    } while (System.nanoTime() - beganNs < time.toNanos());
  }

  @Override
  public void close() {
    thread.dispose();
  }

  /** Takes every chunk, and keeps none. */
  private static final class Indifferent implements EngineSession {
    @Override
    public void clear() {}

    @Override
    public int position() {
      return 0;
    }

    @Override
    public boolean prefill(int[] prompt) {
      return false;
    }

    @Override
    public void append(int token) {}

    @Override
    public float[] logits() {
      return new float[0];
    }

    @Override
    public long exportedBytes(int chunk) {
      return 0;
    }

    @Override
    public void exportChunk(int chunk, MemorySegment out) {}

    @Override
    public boolean importChunk(MemorySegment in) {
      return true;
    }

    @Override
    public void close() {}
  }
}
