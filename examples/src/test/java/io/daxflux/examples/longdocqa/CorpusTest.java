package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  private static int[] encoded(String text) {
    return Encodings.newLazyEncodingRegistry()
        .getEncoding(EncodingType.CL100K_BASE)
        .encodeOrdinary(text)
        .toArray();
  }

  @Test
  void aFolderIsReadInTheOrderOfNamesAndLinkedFilesOnce() throws IOException {
    Path sub = Files.createDirectory(folder.resolve("b"));
    Files.writeString(folder.resolve("c"), "third");
    Files.writeString(sub.resolve("x"), "second ");
    Files.writeString(folder.resolve("a"), "first ");
    Files.createSymbolicLink(folder.resolve("d"), folder.resolve("a"));
    int[] first = encoded("first ");
    int[] second = encoded("second ");
    int[] third = encoded("third");
    int[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);

    assertThat(Corpus.of(folder).tokens(all.length)).isEqualTo(all);
  }

  @Test
  void shortTextIsRepeated() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "one two three");
    int[] once = encoded("one two three");
    int[] tokens = Corpus.of(file).tokens(2 * once.length + 1);
    assertThat(Arrays.copyOf(tokens, once.length)).isEqualTo(once);
    assertThat(Arrays.copyOfRange(tokens, once.length, 2 * once.length)).isEqualTo(once);
    assertThat(tokens[2 * once.length]).isEqualTo(once[0]);
  }

  @Test
  void whatIsNoTextIsReadAllTheSame() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    assertThat(Corpus.of(file).tokens(10)).hasSize(10);
  }

  @Test
  void everyJdkBringsEnoughTextForTheDefaultRun() throws IOException {
    int[] tokens = Corpus.of(null).tokens(4 * 5120);
    assertThat(Arrays.stream(tokens).distinct().count()).isGreaterThan(1000);
  }

  @Test
  void nothingToReadIsSaid() throws IOException {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> Corpus.of(absent))
        .hasMessage("--text: expected a file or folder, found nothing at " + absent);
    Corpus empty = Corpus.of(folder);
    assertThatThrownBy(() -> empty.tokens(1))
        .hasMessage("--text: expected some text, found none in " + folder);
  }
}
