package io.daxflux.perf.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.IndexProbe;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Row;
import java.util.List;
import java.util.Locale;

/** What the number of entries does to lookups, borrows, and memory. */
public record IndexWork(int entries) {
  /** More than an entry takes, by far, and what it is made of on its way. */
  private static final long HEAP_BYTES_PER_ENTRY = 560;

  private static final long LEAST_HEAP_BYTES = 512L << 20;
  private static final String SYSTEM = "daxflux";

  /** Runs it. */
  public List<Row> run() {
    String heap = Long.toString(LEAST_HEAP_BYTES + entries * HEAP_BYTES_PER_ENTRY);
    String json =
        FreshJvm.run(
                FreshJvm.classPath(),
                List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch"),
                IndexProbe.class,
                List.of(Integer.toString(entries)),
                "{")
            .line();
    IndexProbe.Found found;
    try {
      found = JsonMapper.builder().build().readValue(json, IndexProbe.Found.class);
    } catch (JsonProcessingException bad) {
      throw new IllegalStateException("expected the probe's figures, found " + json, bad);
    }
    return List.of(
        row("lookup of 1,000 keys", "µs", found.lookupUs()),
        row("lookup of 1,000 scattered keys", "µs", found.scatteredUs()),
        row("borrow of 1,000 chunks", "µs", found.borrowUs()),
        row("heap for an entry", "bytes", Spread.of(found.heapBytes())),
        row("off-heap for an entry", "bytes", Spread.of(found.offHeapBytes())),
        row("put of empty chunks", "µs", Spread.of(found.fillSeconds() * 1e6 / entries)));
  }

  private Row row(String work, String unit, Spread spread) {
    String size = String.format(Locale.ROOT, "%,d entries", entries);
    return Row.plain(SYSTEM, work, size, 0, 0, 1, unit, spread);
  }
}
