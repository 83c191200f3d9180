package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageTest {
  private static final String MARKDOWN =
      """
      by hand
      <!-- figures: put -->
      old
      <!-- end -->
      more
      <!-- figures: hit -->
      <!-- end -->
      """;

  private final Page page = new Page();

  @Test
  void tableReplacesWhatStoodInItsPlaceAndNothingElse() {
    page.put("put", "| $1 \\ |\n");

    assertThat(page.fill(MARKDOWN)).isEqualTo(MARKDOWN.replace("old\n", "| $1 \\ |\n"));
  }

  @Test
  void placesOfWhichNothingIsKnownStay() {
    assertThat(page.fill(MARKDOWN)).isEqualTo(MARKDOWN);
  }

  @Test
  void tableWithoutPlaceIsRefused() {
    page.put("nowhere", "");

    assertThatThrownBy(() -> page.fill(MARKDOWN))
        .hasMessage("page: expected places for [nowhere], found none");
  }
}
