package io.daxflux.examples.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * When what happened to one prompt, in nanoseconds from its start. Chunks arrive on one thread and
 * are imported on another, so it is safe for both.
 */
public final class Timeline {
  private final long startNs = System.nanoTime();
  private final List<Long> arrivedNs = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private long subscribedNs;
  private long firstTokenNs;
  private long endNs;
  private float[] firstLogits = {};

  /** The import of one chunk. */
  public record Import(long beginNs, long endNs) {
    long lengthNs() {
      return endNs - beginNs;
    }

    /** How much of it lies before this moment. */
    long lengthBeforeNs(long momentNs) {
      return Math.max(0, Math.min(endNs, momentNs) - beginNs);
    }
  }

  /** Now, as this counts. */
  public long nowNs() {
    return System.nanoTime() - startNs;
  }

  /** Chunks are asked for from now on. */
  synchronized void subscribed() {
    subscribedNs = nowNs();
  }

  /** The next chunk's bytes are there. */
  public synchronized void arrived() {
    arrivedNs.add(nowNs());
  }

  /** The engine has taken the next chunk in, since then. */
  public synchronized void imported(long beginNs) {
    imports.add(new Import(beginNs, nowNs()));
  }

  synchronized void firstToken(float[] logits) {
    firstTokenNs = nowNs();
    firstLogits = logits;
  }

  synchronized void ended() {
    endNs = nowNs();
  }

  /** When each chunk's bytes were there. */
  public synchronized List<Long> arrivals() {
    return List.copyOf(arrivedNs);
  }

  /** The chunks that the engine has taken. */
  public synchronized List<Import> imports() {
    return List.copyOf(imports);
  }

  /** The time to first token. */
  public synchronized long firstTokenNs() {
    return firstTokenNs;
  }

  /** When the answer was complete. */
  public synchronized long endNs() {
    return endNs;
  }

  /** The logits from which the first token was chosen. */
  public synchronized float[] firstLogits() {
    return firstLogits;
  }

  /** How long it took from asking until all bytes were there; 0 where none came. */
  public synchronized long restoreNs() {
    return arrivedNs.isEmpty() ? 0 : arrivedNs.getLast() - subscribedNs;
  }

  /** That, less what was imported meanwhile: how long the engine had nothing to do but wait. */
  public synchronized long storageNs() {
    if (arrivedNs.isEmpty()) {
      return 0;
    }
    long lastNs = arrivedNs.getLast();
    return restoreNs() - imports.stream().mapToLong(each -> each.lengthBeforeNs(lastNs)).sum();
  }

  /** How long all imports took together. */
  public synchronized long importNs() {
    return imports.stream().mapToLong(Import::lengthNs).sum();
  }

  /** Whether the engine began to import before the last chunk was there. */
  public synchronized boolean overlaps() {
    return !imports.isEmpty() && imports.getFirst().beginNs() < arrivedNs.getLast();
  }
}
