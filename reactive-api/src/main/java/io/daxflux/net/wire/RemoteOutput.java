package io.daxflux.net.wire;

import io.daxflux.buffer.Output;
import io.daxflux.buffer.RefCount;
import io.daxflux.chunk.ChunkHead;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * The output memory of one restored chunk, shared by the {@link RemoteRestoredChunk}s that show it.
 * The last of them to be closed gives it back.
 */
final class RemoteOutput {
  final int index;
  final ChunkHead head;
  final RefCount references = new RefCount();
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

  MemorySegment segment() {
    return parts.outputs().segment(output);
  }

  /** Any thread. Where the event loop has ended the memory is gone as a whole. */
  void release() {
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
