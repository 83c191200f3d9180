package io.daxflux.perf.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskTest {
  @Test
  void oneCallerAsksForWholeDocuments() {
    List<Document> documents = Document.several(3, 39, ChunkSize.KIB_64);

    assertThat(Ask.forCallers(documents, 1)).isEqualTo(documents.stream().map(Ask::whole).toList());
  }

  @ParameterizedTest
  @CsvSource({"1, 39, 4", "2, 39, 9", "7, 39, 19", "8, 39, 39", "20, 39, 39", "1, 8, 1"})
  void eightCallersAskForAsManyPiecesOfEqualLength(int documents, int chunks, int length) {
    List<Ask> asks = Ask.forCallers(Document.several(documents, chunks, ChunkSize.KIB_64), 8);

    assertThat(asks).isNotEmpty().allMatch(ask -> ask.chunks() == length);
    assertThat(asks.size() % 8).isZero();
  }

  @Test
  void noChunkIsAskedForTwice() {
    List<Ask> asks = Ask.forCallers(Document.several(3, 39, ChunkSize.KIB_64), 8);

    Set<Object> keys = new HashSet<>();
    assertThat(asks.stream().flatMap(ask -> ask.keys().stream())).allMatch(keys::add);
  }

  @Test
  void pieceExpectsThePayloadsOfItsDocument() {
    Document document = Document.several(1, 39, ChunkSize.KIB_64).getFirst();

    assertThat(new Ask(document, 5, 4).payload(2)).isEqualTo(document.payload(7));
  }
}
