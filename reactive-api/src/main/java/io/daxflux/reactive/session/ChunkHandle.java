package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.buffer.RefCount;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import java.lang.foreign.MemorySegment;

/** The output memory of one restored chunk, in the local store. */
final class ChunkHandle extends Handle implements SharedOutput {
  private final int index;
  private final ChunkKey key;
  private final ChunkLayout layout;
  private final Attributes attributes;
  private final RefCount references = new RefCount();
  private final Output output;
  private final OutputOwner owner;

  ChunkHandle(StoreLoop loop, ChunkRead read, OutputOwner owner) {
    super(loop);
    this.index = read.index;
    this.key = read.lease.key();
    this.layout = read.lease.layout();
    this.attributes = read.lease.attributes();
    this.output = read.output;
    this.owner = owner;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public ChunkKey key() {
    return key;
  }

  @Override
  public ChunkLayout layout() {
    return layout;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public MemorySegment segment() {
    return loop.outputs().segment(output);
  }

  @Override
  public void retain() {
    references.retain();
  }

  @Override
  public void release() {
    if (references.release()) {
      giveBack();
    }
  }

  @Override
  void takeBack() {
    loop.outputs().free(output, owner);
  }

  /** The pool's memory is closed with the store, which is what makes late use fail. */
  @Override
  void revoke() {}

  @Override
  public String toString() {
    return "restored chunk " + key;
  }
}
