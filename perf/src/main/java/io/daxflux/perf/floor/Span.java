package io.daxflux.perf.floor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that adjoin on both sides of a copy.
 *
 * @param from as long as {@code to}
 */
public record Span(MemorySegment from, MemorySegment to) {
  private static final long LINE_BYTES = 64;

  /** How long it is. */
  public long bytes() {
    return from.byteSize();
  }

  /** The fewest spans that make the same copy. */
  public static List<Span> joined(List<MemorySegment> sources, List<MemorySegment> outputs) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Span next = new Span(sources.get(i), outputs.get(i));
      Span last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && last.endsWhere(next)) {
        spans.set(spans.size() - 1, last.with(next));
      } else {
        spans.add(next);
      }
    }
    return spans;
  }

  private boolean endsWhere(Span next) {
    return from.address() + from.byteSize() == next.from.address()
        && to.address() + to.byteSize() == next.to.address();
  }

  private Span with(Span next) {
    return new Span(
        RawMemory.at(from.address(), bytes() + next.bytes()),
        RawMemory.at(to.address(), bytes() + next.bytes()));
  }

  /** The spans in so many parts of equal length, cut at cache lines. */
  public static List<List<Span>> shares(List<Span> spans, int parts) {
    long allBytes = spans.stream().mapToLong(Span::bytes).sum();
    long shareBytes = Math.ceilDiv(Math.ceilDiv(allBytes, parts), LINE_BYTES) * LINE_BYTES;
    List<List<Span>> shares = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      shares.add(cut(spans, part * shareBytes, (part + 1) * shareBytes));
    }
    return shares;
  }

  /** What lies between two offsets, counted over all spans. */
  private static List<Span> cut(List<Span> spans, long fromOffset, long toOffset) {
    List<Span> found = new ArrayList<>();
    long start = 0;
    for (Span span : spans) {
      long from = Math.max(fromOffset - start, 0);
      long to = Math.min(toOffset - start, span.bytes());
      if (from < to) {
        found.add(new Span(span.from.asSlice(from, to - from), span.to.asSlice(from, to - from)));
      }
      start += span.bytes();
    }
    return found;
  }
}
