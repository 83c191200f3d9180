package io.daxflux.perf.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;

/** Rows as a table of Markdown: one kind of name down, another across. */
final class Grid {
  private final String corner;
  private final SequencedSet<String> columns = new LinkedHashSet<>();
  private final Map<String, Map<String, String>> lines = new LinkedHashMap<>();

  Grid(String corner) {
    this.corner = corner;
  }

  /** In the order in which names first come. */
  static Grid of(
      String corner,
      List<Row> rows,
      Function<Row, String> down,
      Function<Row, String> across,
      Function<Row, String> cell) {
    Grid grid = new Grid(corner);
    rows.forEach(row -> grid.put(down.apply(row), across.apply(row), cell.apply(row)));
    return grid;
  }

  void put(String line, String column, String text) {
    columns.add(column);
    lines.computeIfAbsent(line, _ -> new LinkedHashMap<>()).put(column, text);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The table; a cell of which nothing is known is empty. */
  String markdown() {
    StringBuilder out = new StringBuilder();
    List<String> header = new ArrayList<>(List.of(corner));
    header.addAll(columns);
    line(out, header);
    line(out, Collections.nCopies(header.size(), "---"));
    lines.forEach(
        (name, cells) -> {
          List<String> texts = new ArrayList<>(List.of(name));
          columns.forEach(column -> texts.add(cells.getOrDefault(column, "")));
          line(out, texts);
        });
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append('|');
    cells.forEach(cell -> out.append(' ').append(cell).append(" |"));
    out.append('\n');
  }
}
