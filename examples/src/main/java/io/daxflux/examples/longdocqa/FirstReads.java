package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.Callers.Timing;
import io.daxflux.reactive.ReactiveChunkStore;
import java.util.List;

/**
 * Restores every document once, by one caller: the read at which a store that was just opened
 * compares all bytes with their checksums.
 */
final class FirstReads {
  private final Progress progress;
  private final String label;
  private long bytes;
  private long ns;

  /**
   * @param label what the progress calls it
   */
  FirstReads(Progress progress, String label) {
    this.progress = progress;
    this.label = label;
  }

  /**
   * Reads them.
   *
   * @param reader looks at what was read, outside the timed part
   * @return 10^9 bytes a second
   */
  double run(ReactiveChunkStore store, List<Document> documents, Turn.Reader reader) {
    try (Callers callers = new Callers(1);
        RestorePath path = new BatchPath(store)) {
      for (Document document : documents) {
        try (Turn turn = new Turn(path, List.of(document))) {
          for (Timing timing : turn.run(callers)) {
            ns += timing.endNs() - timing.startNs();
          }
          turn.forEach(reader);
        }
        bytes += document.bytes();
        progress.step(label, 1);
      }
    }
    return (double) bytes / ns;
  }
}
