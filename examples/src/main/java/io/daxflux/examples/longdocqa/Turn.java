package io.daxflux.examples.longdocqa;

import io.daxflux.examples.longdocqa.Callers.Timing;
import io.daxflux.examples.longdocqa.RestorePath.Fetch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Documents that take one path together: run once, then readable, then closed. */
final class Turn implements AutoCloseable {
  private final List<Document> documents;
  private final List<Fetch> fetches = new ArrayList<>();

  Turn(RestorePath path, List<Document> documents) {
    this.documents = documents;
    try {
      for (Document document : documents) {
        fetches.add(path.prepare(document));
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  List<Timing> run(Callers callers) {
    return callers.run(fetches);
  }

  /** Does something with the chunks of each document. */
  void forEach(Reader reader) {
    for (int i = 0; i < documents.size(); i++) {
      reader.read(documents.get(i), fetches.get(i).chunks());
    }
  }

  @Override
  public void close() {
    fetches.forEach(Fetch::close);
  }

  /** Gets a document's chunks to read. */
  interface Reader {
    void read(Document document, List<MemorySegment> chunks);
  }
}
