package io.daxflux.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * What one worker copies as one job.
 *
 * @param spans maximal spans, in the order they are copied
 * @param parts the same bytes cut by chunk, in the same order: parts tile the spans. A fault is
 *     charged to the chunks whose parts it meets
 * @param bytes how many in all
 */
public record Region(List<Span> spans, List<Transfer> parts, long bytes) {

  /** A region of these parts, copied in this order; parts that adjoin become one span. */
  public static Region of(List<Transfer> parts) {
    List<Transfer> tiles = List.copyOf(parts);
    List<Span> spans = new ArrayList<>(1);
    long bytes = 0;
    Transfer first = null;
    Transfer last = null;
    for (Transfer part : tiles) {
      if (first == null || !last.adjoins(part)) {
        if (first != null) {
          spans.add(spanFrom(first, last));
        }
        first = part;
      }
      last = part;
      bytes += part.bytes();
    }
    if (first != null) {
      spans.add(spanFrom(first, last));
    }
    return new Region(List.copyOf(spans), tiles, bytes);
  }

  /** Whether any of its bytes are checksummed on their way. */
  public boolean isChecked() {
    return parts.stream().anyMatch(part -> part.checked() != null);
  }

  private static Span spanFrom(Transfer first, Transfer last) {
    long bytes = last.arenaOffset() + last.bytes() - first.arenaOffset();
    return new Span(first.arenaOffset(), first.memory(), first.memoryOffset(), bytes);
  }
}
