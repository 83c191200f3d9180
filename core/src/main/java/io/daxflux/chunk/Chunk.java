package io.daxflux.chunk;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way into the store: name, layout, opaque attributes and payload.
 *
 * <h2>Ownership</h2>
 *
 * The payload stays the caller's. The store only reads it, from its copy threads, and promises to
 * have stopped when it calls {@link #release()}, which runs the {@linkplain Builder#onRelease hook}
 * exactly once: after the last copy is out, whether the put succeeded, failed or was cancelled.
 * Keep the bytes readable and unchanged until then. Where no hook is given, the put's outcome says
 * the same, except after {@code Accepted} and after a cancel.
 *
 * <p>A chunk with a hook can be put once, for a second put could still be reading when the first
 * gives the payload back; one without can be put as often as wanted. Immutable apart from that;
 * safe to hand between threads.
 */
public final class Chunk {
  /** In how many segments the payload may come. */
  public static final int MAX_PIECES = 1024;

  private final ChunkHead head;
  private final List<MemorySegment> payload;
  private final @Nullable Runnable onRelease;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final AtomicBoolean released = new AtomicBoolean();

  private Chunk(Builder builder) {
    this.head = builder.head;
    this.payload = List.copyOf(builder.payload);
    this.onRelease = builder.onRelease;
    if (payload.size() > MAX_PIECES) {
      throw new IllegalArgumentException(
          "chunk payload: expected at most " + MAX_PIECES + " segments, found " + payload.size());
    }
    long found = payload.stream().mapToLong(MemorySegment::byteSize).sum();
    if (found != layout().bytes()) {
      throw new IllegalArgumentException(
          "chunk payload: expected " + layout().bytes() + " bytes as laid out, found " + found);
    }
  }

  /** Starts a chunk of this name and layout. */
  public static Builder builder(ChunkKey key, ChunkLayout layout) {
    return new Builder(key, layout);
  }

  /** An opaque chunk of these bytes, which are not copied. */
  public static Chunk blob(ChunkKey key, byte[] bytes) {
    return builder(key, ChunkLayout.blob(bytes.length))
        .payload(MemorySegment.ofArray(bytes))
        .build();
  }

  /** All that is said of it before its bytes. */
  public ChunkHead head() {
    return head;
  }

  /** The chunk's name. */
  public ChunkKey key() {
    return head.key();
  }

  /** What its bytes mean. */
  public ChunkLayout layout() {
    return head.layout();
  }

  /** The opaque bytes that travel with it. */
  public Attributes attributes() {
    return head.attributes();
  }

  /** Its bytes, in order, as one or several segments that together have the layout's length. */
  public List<MemorySegment> payload() {
    return payload;
  }

  /** The chunk beside which it should lie, so that both restore as one span. */
  public @Nullable ChunkKey predecessor() {
    return head.predecessor();
  }

  /**
   * Takes the chunk for a put. The store's to call.
   *
   * @return false where it has a release hook and was taken before
   */
  public boolean claim() {
    return onRelease == null || claimed.compareAndSet(false, true);
  }

  /** Gives the payload back to its owner. The store's to call; further calls do nothing. */
  public void release() {
    if (released.compareAndSet(false, true) && onRelease != null) {
      onRelease.run();
    }
  }

  /** Whether the payload was given back. */
  public boolean isReleased() {
    return released.get();
  }

  @Override
  public String toString() {
    return "Chunk[" + key() + ", " + layout().bytes() + " bytes]";
  }

  /** Collects what a chunk is made of. Not thread-safe. */
  public static final class Builder {
    private final List<MemorySegment> payload = new ArrayList<>(1);
    private ChunkHead head;
    private @Nullable Runnable onRelease;

    private Builder(ChunkKey key, ChunkLayout layout) {
      this.head = ChunkHead.of(key, layout);
    }

    /**
     * Appends payload, on the heap or off it.
     *
     * @throws IllegalArgumentException where only this thread may read it (a confined arena): the
     *     store copies on threads of its own
     */
    public Builder payload(MemorySegment segment) {
      if (!segment.isAccessibleBy(PROBE)) {
        throw new IllegalArgumentException(
            "chunk payload: expected memory that any thread may read (heap, or a shared, automatic"
                + " or global arena), found a confined arena's");
      }
      payload.add(segment.asReadOnly());
      return this;
    }

    /** Appends the bytes between the buffer's position and limit, direct or on the heap. */
    public Builder payload(ByteBuffer buffer) {
      return payload(MemorySegment.ofBuffer(buffer));
    }

    /** Sets opaque bytes that travel with the chunk. */
    public Builder attributes(Attributes opaque) {
      head = head.withAttributes(opaque);
      return this;
    }

    /**
     * Asks for a place right behind this chunk. A hint: where there is no room it has no effect.
     */
    public Builder after(@Nullable ChunkKey predecessor) {
      head = head.after(predecessor);
      return this;
    }

    /** Sets when the chunk is to be forgotten, in milliseconds of the epoch. */
    public Builder expiringAt(long epochMs) {
      head = head.expiringAt(epochMs);
      return this;
    }

    /**
     * Runs once, on any thread, when the store no longer reads the payload. Must neither block nor
     * throw.
     */
    public Builder onRelease(Runnable hook) {
      this.onRelease = hook;
      return this;
    }

    /**
     * The chunk.
     *
     * @throws IllegalArgumentException where payload and layout differ in length
     */
    public Chunk build() {
      return new Chunk(this);
    }
  }

  /**
   * A thread that is never started: what it may read, any thread may. It inherits nothing, for it
   * lives as long as this class, and would keep a class loader and its thread locals alive.
   */
  private static final Thread PROBE =
      Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(() -> {});
}
