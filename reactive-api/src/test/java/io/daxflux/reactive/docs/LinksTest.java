package io.daxflux.reactive.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the pages lead somewhere. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFileAndAHeadingOfIt(Page page) {
    Matcher link = LINK.matcher(page.prose().collect(Collectors.joining("\n")));
    while (link.find()) {
      String target = link.group(1);
      if (!target.contains("://")) {
        check(page, target);
      }
    }
  }

  private static void check(Page page, String target) {
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
    assertThat(file.normalize()).as("the link %s of %s", target, page).exists();
    if (parts.length == 2) {
      Page linked = Page.of(file.toAbsolutePath().toString());
      assertThat(linked.anchors()).as("the link %s of %s", target, page).contains(parts[1]);
    }
  }

  static List<Page> pages() {
    return Page.all();
  }
}
