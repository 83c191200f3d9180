package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.perf.race.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final String PAGE =
      """
      <!-- figures: machine -->
      <!-- end -->
      <!-- figures: put -->
      older
      <!-- end -->
      """;

  @TempDir Path docs;
  private Publication publication;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(docs.resolve("performance.md"), PAGE);
    publication = new Publication(docs);
  }

  @Test
  void whatWasPublishedCanBePublishedAgain() throws IOException {
    Figures figures = figures(row("put"));

    publication.publish(figures);

    assertThat(Figures.read(docs.resolve("performance.json"))).isEqualTo(figures);
    assertThat(Files.readString(docs.resolve("performance.md")))
        .contains("| daxflux, 2 threads |")
        .doesNotContain("older");
  }

  @Test
  void tableThatWouldStayAsItWasIsRefused() throws IOException {
    assertThatThrownBy(() -> publication.publish(figures()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("figures: expected some for every table of the page, found none for [put]");
    assertThat(Files.readString(docs.resolve("performance.md"))).isEqualTo(PAGE);
    assertThat(docs.resolve("performance.json")).doesNotExist();
  }

  @Test
  void copyIsFilledWithWhatThereIs() throws IOException {
    Path page = publication.writeTo(docs.resolve("copy"), figures());

    assertThat(Files.readString(page)).contains("| commit | abc |", "older");
    assertThat(Files.readString(docs.resolve("performance.md"))).isEqualTo(PAGE);
  }

  @Test
  void sourcesChangedSinceTheCommitAreNotClean() {
    assertThat(machine("abc").isClean()).isTrue();
    assertThat(machine("abc+").isClean()).isFalse();
  }

  private static Machine machine(String commit) {
    return new Machine("cpu", 2, 24L << 30, "Linux 6", "25", List.of("-Xmx1g"), commit);
  }

  private static Figures figures(Row... rows) {
    return new Figures("full", "2026-11-23", 1.5, machine("abc"), List.of(rows));
  }

  private static Row row(String work) {
    return Row.plain("daxflux", work, "40 MiB", 1, 2, 1, "GB/s", Spread.of(7));
  }
}
