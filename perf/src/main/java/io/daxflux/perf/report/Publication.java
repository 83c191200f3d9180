package io.daxflux.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page, its plots, and the figures that both were made of, side by side. Figures can be
 * published again from there.
 */
public final class Publication {
  private static final String FIGURES = "performance.json";

  private static final String PAGE = "performance.md";

  private final Path docs;

  /** Of the page in this folder: text by hand, with places for tables. */
  public Publication(Path docs) {
    this.docs = docs;
  }

  /**
   * Fills the page itself.
   *
   * @throws IllegalArgumentException where a table of the page would stay as an older run left it
   */
  public Path publish(Figures figures) throws IOException {
    List<String> stale = Tables.of(figures).unfilled(Files.readString(docs.resolve(PAGE)));
    if (!stale.isEmpty()) {
      throw new IllegalArgumentException(
          "figures: expected some for every table of the page, found none for " + stale);
    }
    Path page = writeTo(docs, figures);
    figures.write(docs.resolve(FIGURES));
    return page;
  }

  /** Fills a copy of the page, with what there is. */
  public Path writeTo(Path folder, Figures figures) throws IOException {
    String filled = Tables.of(figures).fill(Files.readString(docs.resolve(PAGE)));
    Files.createDirectories(folder);
    Path page = folder.resolve(PAGE);
    Files.writeString(page, filled);
    Plots.draw(figures.rows(), folder.resolve("img"));
    return page;
  }
}
