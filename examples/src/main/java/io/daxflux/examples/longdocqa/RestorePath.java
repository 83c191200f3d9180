package io.daxflux.examples.longdocqa;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One way to get a document's chunks out of the store.
 *
 * <p>All paths that copy write to the same memory, the store's output memory, so that none has the
 * better pages; what a path needs besides is set up before the clock runs. Safe for use by several
 * threads; calls block.
 */
interface RestorePath extends AutoCloseable {
  /** Sets up one document's turn. Not timed. */
  Fetch prepare(Document document);

  /** Gives back what the path has of its own. */
  @Override
  default void close() {}

  /** One document's turn: run once, then readable, then closed. For one thread at a time. */
  interface Fetch extends AutoCloseable {
    /**
     * Returns once every byte of the document can be read. Timed.
     *
     * @return {@link System#nanoTime} when the first chunk could be read
     */
    long run();

    /** The chunks' bytes in order, to be read until this is closed. */
    List<MemorySegment> chunks();

    @Override
    void close();
  }
}
