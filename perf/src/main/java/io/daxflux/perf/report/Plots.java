package io.daxflux.perf.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The plots of the page, as PNG. */
public final class Plots {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 480;

  private final List<Row> rows;
  private final Path folder;

  private Plots(List<Row> rows, Path folder) {
    this.rows = rows;
    this.folder = folder;
  }

  /** Draws what the rows have enough for, into this folder. */
  public static void draw(List<Row> rows, Path folder) throws IOException {
    Files.createDirectories(folder);
    Plots plots = new Plots(rows, folder);
    plots.restores("restore", "contiguous");
    plots.restores("restore-fragmented", "fragmented");
    plots.curve("lookup", "µs", List.of("lookup", "borrow of"));
    plots.curve("memory", "bytes for an entry", List.of("heap for an entry", "off-heap for an"));
    plots.arena();
  }

  private void restores(String name, String layout) throws IOException {
    Map<String, Map<String, Row>> bySystem = bySystem(layout);
    if (bySystem.isEmpty()) {
      return;
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Restore, " + layout + " (most threads of each)")
            .xAxisTitle("chunk")
            .yAxisTitle("GB/s")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    List<String> chunks =
        bySystem.values().stream().flatMap(each -> each.keySet().stream()).distinct().toList();
    bySystem.forEach((system, found) -> chart.addSeries(system, chunks, medians(found, chunks)));
    save(chart, name);
  }

  /** Of those that come with several numbers of threads, the figures with most. */
  private Map<String, Map<String, Row>> bySystem(String layout) {
    Map<String, Map<String, Row>> bySystem = new LinkedHashMap<>();
    for (Row row : rows) {
      if (layout.equals(row.layout())
          && row.work().equals("restore")
          && row.callers() == 1
          && row.isMeasured()) {
        bySystem
            .computeIfAbsent(row.system(), _ -> new LinkedHashMap<>())
            .merge(row.chunk(), row, BinaryOperator.maxBy(Comparator.comparingInt(Row::threads)));
      }
    }
    return bySystem;
  }

  /** Nothing is drawn where nothing was measured. */
  private static List<@Nullable Double> medians(Map<String, Row> found, List<String> chunks) {
    List<@Nullable Double> medians = new ArrayList<>();
    for (String chunk : chunks) {
      Row row = found.get(chunk);
      medians.add(row == null ? null : row.median());
    }
    return medians;
  }

  private void curve(String name, String unit, List<String> works) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(name)
            .xAxisTitle("entries")
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setLegendPosition(LegendPosition.OutsideE);
    Map<String, List<Row>> byWork = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.system().equals("daxflux"))
        .filter(row -> works.stream().anyMatch(row.work()::startsWith))
        .forEach(row -> byWork.computeIfAbsent(row.work(), _ -> new ArrayList<>()).add(row));
    add(byWork, chart);
    saveIfCurve(chart, name);
  }

  private void arena() throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Restore from larger and larger arenas")
            .xAxisTitle("GiB")
            .yAxisTitle("GB/s")
            .build();
    chart.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.OutsideE);
    Map<String, List<Row>> bySystem = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.work().equals("restore from arena"))
        .forEach(row -> bySystem.computeIfAbsent(row.system(), _ -> new ArrayList<>()).add(row));
    add(bySystem, chart);
    saveIfCurve(chart, "arena");
  }

  private static void add(Map<String, List<Row>> lines, XYChart chart) {
    lines.forEach(
        (name, points) -> {
          if (points.size() > 1) {
            chart.addSeries(
                name,
                points.stream().map(point -> leadingNumber(point.chunk())).toList(),
                points.stream().map(Row::median).toList());
          }
        });
  }

  /** As in {@code 100,000 entries}. */
  private static double leadingNumber(String size) {
    return Double.parseDouble(size.substring(0, size.indexOf(' ')).replace(",", ""));
  }

  private void saveIfCurve(XYChart chart, String name) throws IOException {
    if (!chart.getSeriesCollection().isEmpty()) {
      save(chart, name);
    }
  }

  private void save(IChart chart, String name) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".png"))) {
      ChartEncoder.saveChart(chart, out, "png");
    }
  }
}
