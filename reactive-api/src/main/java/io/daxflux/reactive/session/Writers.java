package io.daxflux.reactive.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The writers whose places have not ended, oldest first. Confined to the store's thread. */
final class Writers {
  private final Set<LocalWriter> open = new LinkedHashSet<>();

  void add(LocalWriter writer) {
    open.add(writer);
  }

  void remove(LocalWriter writer) {
    open.remove(writer);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Ends those that were not told to commit. */
  void endAll() {
    List.copyOf(open).forEach(LocalWriter::endAtClose);
  }
}
