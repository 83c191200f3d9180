package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.buffer.RefCount;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.reactive.session.SharedOutput;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/** The output memory of one restored chunk, in the client. */
final class RemoteOutput implements SharedOutput {
  private final int index;
  private final ChunkHead head;
  private final RefCount references = new RefCount();
  private final RemoteParts parts;
  private final Output output;
  private final LongConsumer owner;

  /** Takes the output over. On the event loop. */
  RemoteOutput(RemoteParts parts, int index, ChunkHead head, Output output, LongConsumer owner) {
    this.parts = parts;
    this.index = index;
    this.head = head;
    this.output = output;
    this.owner = owner;
    parts.outputs().handedOut();
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public ChunkKey key() {
    return head.key();
  }

  @Override
  public ChunkLayout layout() {
    return head.layout();
  }

  @Override
  public Attributes attributes() {
    return head.attributes();
  }

  @Override
  public MemorySegment segment() {
    return parts.outputs().segment(output);
  }

  @Override
  public void retain() {
    references.retain();
  }

  /** Where the event loop has ended the memory is gone as a whole. */
  @Override
  public void release() {
    if (references.release()) {
      parts
          .link()
          .execute(
              () -> {
                parts.outputs().tookBack();
                parts.outputs().free(output, owner);
              });
    }
  }
}
