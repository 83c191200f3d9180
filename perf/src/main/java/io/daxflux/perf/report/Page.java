package io.daxflux.perf.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown with places for tables: what stands between {@code <!-- figures: NAME -->} and
 * {@code <!-- end -->} is generated, the rest is written by hand.
 */
public final class Page {
  private static final Pattern PLACE =
      Pattern.compile("(<!-- figures: ([a-z-]+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  private final Map<String, String> tables = new LinkedHashMap<>();

  /** Sets what stands in a place. */
  public void put(String name, String table) {
    tables.put(name, table);
  }

  /** What stands in a place. */
  public String table(String name) {
    return tables.getOrDefault(name, "");
  }

  /** The places for which there is no table. */
  List<String> unfilled(String markdown) {
    return PLACE
        .matcher(markdown)
        .results()
        .map(place -> place.group(2))
        .filter(place -> !tables.containsKey(place))
        .toList();
  }

  /**
   * The page with the tables in their places. Places of which nothing is known stay as they are.
   *
   * @throws IllegalArgumentException where a table has no place
   */
  public String fill(String markdown) {
    Map<String, String> left = new LinkedHashMap<>(tables);
    Matcher places = PLACE.matcher(markdown);
    String filled =
        places.replaceAll(
            place -> {
              String table = left.remove(place.group(2));
              return Matcher.quoteReplacement(
                  table == null ? place.group() : place.group(1) + table + place.group(3));
            });
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "page: expected places for " + left.keySet() + ", found none");
    }
    return filled;
  }
}
