package io.daxflux.examples.longdocqa;

import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The paths that a document can take, in the order of the table. */
enum PathKind {
  /** Chunk by chunk on the calling thread: the backend before batching. */
  SERIAL("serial"),
  /** One batch, and {@code block()}. */
  RESTORE_ALL("restoreAll"),
  /** A stream, chunk after chunk. */
  RESTORE_PREFIX("restorePrefix"),
  /** No copy at all. */
  BORROW_PREFIX("borrowPrefix"),
  /** One batch, copied twice: by way of the staging slab. */
  STAGED("staged"),
  /** The same bytes copied by as many threads and nothing else: what there is to reach. */
  FLOOR("floor");

  private final String label;

  PathKind(String label) {
    this.label = label;
  }

  /** The path over this store; whoever opens it closes it. */
  RestorePath open(ReactiveChunkStore store, int workers) {
    return switch (this) {
      case SERIAL -> new SerialPath(store);
      case RESTORE_ALL -> new BatchPath(store.restoring(RestoreMode.DIRECT));
      case RESTORE_PREFIX -> new StreamedPath(store);
      case BORROW_PREFIX -> new BorrowedPath(store);
      case STAGED -> new BatchPath(store.restoring(RestoreMode.STAGED));
      case FLOOR -> new FloorPath(store, workers);
    };
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(PathKind::toString).toList();
  }

  /** Reads an option. */
  static final class Converter implements ITypeConverter<PathKind> {
    @Override
    public PathKind convert(String label) {
      return Arrays.stream(values())
          .filter(kind -> kind.label.equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected some of "
                          + String.join(", ", labels())
                          + ", found '"
                          + label
                          + "'"));
    }
  }

  /** Lists the labels in the help text. */
  static final class Labels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return labels().iterator();
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
