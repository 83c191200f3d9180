package io.daxflux.net.wire;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** One owner's view of a {@link RemoteOutput}: holds one reference until it is closed. */
final class RemoteRestoredChunk implements RestoredChunk {
  private final RemoteOutput output;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a reference that the caller holds. */
  RemoteRestoredChunk(RemoteOutput output) {
    this.output = output;
  }

  @Override
  public int index() {
    return output.index;
  }

  @Override
  public ChunkKey key() {
    return output.head.key();
  }

  @Override
  public ChunkLayout layout() {
    return output.head.layout();
  }

  @Override
  public Attributes attributes() {
    return output.head.attributes();
  }

  @Override
  public MemorySegment segment() {
    requireOpen();
    return output.segment();
  }

  @Override
  public RestoredChunk share() {
    requireOpen();
    output.references.retain();
    return new RemoteRestoredChunk(output);
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
