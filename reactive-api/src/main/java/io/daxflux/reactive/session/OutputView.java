package io.daxflux.reactive.session;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** One owner's view of a {@link SharedOutput}: holds one reference until it is closed. */
public final class OutputView implements RestoredChunk {
  private final SharedOutput output;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a reference that the caller holds. */
  public OutputView(SharedOutput output) {
    this.output = output;
  }

  @Override
  public int index() {
    return output.index();
  }

  @Override
  public ChunkKey key() {
    return output.key();
  }

  @Override
  public ChunkLayout layout() {
    return output.layout();
  }

  @Override
  public Attributes attributes() {
    return output.attributes();
  }

  @Override
  public MemorySegment segment() {
    requireOpen();
    return output.segment();
  }

  @Override
  public RestoredChunk share() {
    requireOpen();
    output.retain();
    return new OutputView(output);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("closed: " + this);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      output.release();
    }
  }

  @Override
  public String toString() {
    return "RestoredChunk[" + index() + ", " + key() + ", " + layout().bytes() + " bytes]";
  }
}
