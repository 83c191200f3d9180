package io.daxflux.store;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.media.ChunkRecord;
import io.daxflux.media.RecordShape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes forms, and has those that were asked for lately shared: a model has one layout, and keys of
 * one length. Where every entry is of its own, each has a form to itself, and none is kept here
 * that is long out of use.
 */
final class Forms {
  /** How many forms are kept to be shared. */
  private static final int MOST = 1024;

  private final ArenaLayout arena;

  private final Map<Wanted, Form> lately =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Form> eldest) {
          return size() > MOST;
        }
      };

  /** The one asked for last, and likely to be asked for again. */
  private @Nullable Wanted last;

  private @Nullable Form ofLast;

  /** All that a form follows from. */
  private record Wanted(
      int keyBytes, ChunkLayout layout, Attributes attributes, boolean checked, boolean inline) {}

  Forms(ArenaLayout arena) {
    this.arena = arena;
  }

  /**
   * The form of what is put now.
   *
   * @param checked whether its record will have checksums
   */
  Form of(ChunkHead head, boolean checked) {
    ChunkLayout layout = head.layout();
    boolean inline = arena.keepsRecords() && layout.bytes() <= ChunkRecord.MOST_INLINE_BYTES;
    return of(new Wanted(head.key().length(), layout, head.attributes(), checked, inline));
  }

  /** The form of what was found on a device. */
  Form of(ChunkRecord record) {
    return of(
        new Wanted(
            record.key().length(),
            record.layout(),
            record.attributes(),
            record.sums().areKnown(),
            record.isInline()));
  }

  private Form of(Wanted wanted) {
    if (ofLast == null || !wanted.equals(last)) {
      ofLast = lately.computeIfAbsent(wanted, this::made);
      last = wanted;
    }
    return ofLast;
  }

  private Form made(Wanted wanted) {
    ChunkLayout layout = wanted.layout;
    long bytes = layout.bytes();
    long blocks = wanted.inline ? 0 : arena.blocksFor(bytes);
    if (!arena.keepsRecords()) {
      return new Form(layout, wanted.attributes, bytes, blocks, 0, 0);
    }
    RecordShape shape =
        RecordShape.of(wanted.keyBytes, layout, wanted.attributes, wanted.checked, wanted.inline);
    return new Form(layout, wanted.attributes, bytes, blocks, shape.units(), shape.valueOffset());
  }
}
