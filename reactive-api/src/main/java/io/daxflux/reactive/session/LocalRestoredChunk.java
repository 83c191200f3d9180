package io.daxflux.reactive.session;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** One owner's view of a {@link ChunkHandle}: holds one reference until it is closed. */
final class LocalRestoredChunk implements RestoredChunk {
  private final ChunkHandle handle;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over a reference that the caller holds. */
  LocalRestoredChunk(ChunkHandle handle) {
    this.handle = handle;
  }

  @Override
  public int index() {
    return handle.index;
  }

  @Override
  public ChunkKey key() {
    return handle.key;
  }

  @Override
  public ChunkLayout layout() {
    return handle.layout;
  }

  @Override
  public Attributes attributes() {
    return handle.attributes;
  }

  @Override
  public MemorySegment segment() {
    requireOpen();
    return handle.segment();
  }

  @Override
  public RestoredChunk share() {
    requireOpen();
    handle.references.retain();
    return new LocalRestoredChunk(handle);
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("closed: " + this);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      handle.release();
    }
  }

  @Override
  public String toString() {
    return "RestoredChunk[" + index() + ", " + key() + ", " + layout().bytes() + " bytes]";
  }
}
