package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.ChunkKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
  private final InputOptions input = new InputOptions();
  private Corpus corpus;

  @BeforeEach
  void shortText(@TempDir Path folder) throws IOException {
    corpus = Corpus.of(Files.writeString(folder.resolve("text"), "To be, or not to be. "));
    input.numDocuments = 5;
    input.documentLength = 600;
  }

  private List<Document> cut() throws IOException {
    return new Documents(input, corpus).cut();
  }

  @Test
  void theLastChunkOfADocumentHoldsWhatIsLeft() throws IOException {
    Document document = cut().getFirst();
    assertThat(document.chunks()).isEqualTo(3);
    assertThat(document.layouts())
        .extracting(layout -> layout.bytes() / 163_840)
        .containsExactly(256L, 256L, 88L);
    assertThat(document.bytes()).isEqualTo(600 * 163_840);
    assertThat(document.footprintBytes(32 << 20))
        .as("a chunk of 40 MiB takes two blocks of 32 MiB")
        .isEqualTo(5L * (32 << 20));
  }

  @Test
  void documentsShareNoChunkEvenWhereTheirTextIsTheSame() throws IOException {
    List<ChunkKey> keys = new ArrayList<>();
    cut().forEach(document -> keys.addAll(document.keys()));
    assertThat(keys).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void theSameTextHasTheSameKeysEveryTime() throws IOException {
    assertThat(cut()).isEqualTo(cut());
  }

  @Test
  void chunksOfAnotherScaleAreOtherChunks() throws IOException {
    List<ChunkKey> whole = cut().getFirst().keys();
    input.scale = 10;
    assertThat(cut().getFirst().keys()).doesNotContainAnyElementsOf(whole);
  }

  @Test
  void moreTokensThanTheHeapHoldsAreRefused() {
    input.documentLength = Integer.MAX_VALUE;
    assertThatThrownBy(this::cut)
        .hasMessage("documents: expected at most 20000000 tokens in all, found 10737418235");
  }
}
