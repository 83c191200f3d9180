package io.daxflux.perf.ground;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What one request asks for: consecutive chunks of a document.
 *
 * @param first the first chunk, from 0
 * @param chunks how many
 */
public record Ask(Document document, int first, int chunks) {
  /** The whole document. */
  public static Ask whole(Document document) {
    return new Ask(document, 0, document.keys().size());
  }

  /**
   * Requests of equal length, as many for each caller: whole documents where there are enough, else
   * equal pieces of them, a rest of each left out.
   *
   * @param documents of one length
   * @param callers no more than there are chunks
   */
  public static List<Ask> forCallers(List<Document> documents, int callers) {
    int longest = documents.getFirst().keys().size();
    int length = longest;
    while (documents.size() * (longest / length) < callers) {
      length--;
    }
    List<Ask> asks = new ArrayList<>();
    for (Document document : documents) {
      for (int first = 0; first + length <= document.keys().size(); first += length) {
        asks.add(new Ask(document, first, length));
      }
    }
    return List.copyOf(asks.subList(0, asks.size() / callers * callers));
  }

  /** The names asked for. */
  public List<ChunkKey> keys() {
    return document.keys().subList(first, first + chunks);
  }

  /** What should come. */
  public Payload payload(int index) {
    return document.payload(first + index);
  }

  /** How many bytes are asked for. */
  public long bytes() {
    return chunks * document.chunk().bytes();
  }
}
