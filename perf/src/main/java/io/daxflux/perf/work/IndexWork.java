package io.daxflux.perf.work;

import com.fasterxml.jackson.core.type.TypeReference;
import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.IndexProbe;
import io.daxflux.perf.race.Spread;
import io.daxflux.perf.report.Row;
import java.util.List;
import java.util.Locale;

/**
 * What the number of entries does to lookups, borrows, and memory.
 *
 * @param payloadBytes the length of each chunk; 0 on the whole axis, so that it compares like with
 *     like
 */
public record IndexWork(int entries, int payloadBytes) {
  /** More than an entry takes, by far, and what it is made of on its way. */
  private static final long HEAP_BYTES_PER_ENTRY = 560;

  private static final long LEAST_HEAP_BYTES = 512L << 20;

  /** Runs it. */
  public List<Row> run() {
    String heap = Long.toString(LEAST_HEAP_BYTES + entries * HEAP_BYTES_PER_ENTRY);
    return rows(
        FreshJvm.found(
            List.of(),
            List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch"),
            IndexProbe.class,
            List.of(Integer.toString(entries), Integer.toString(payloadBytes)),
            new TypeReference<>() {}));
  }

  List<Row> rows(IndexProbe.Found found) {
    return List.of(
        row("lookup of 1,000 keys", "µs", found.lookupUs()),
        row("lookup of 1,000 scattered keys", "µs", found.scatteredUs()),
        row("borrow of 1,000 chunks", "µs", found.borrowUs()),
        row("heap for an entry", "bytes", Spread.of(found.heapBytes())),
        row("off-heap for an entry", "bytes", Spread.of(found.offHeapBytes())),
        row("put of small chunks", "µs", Spread.of(found.fillSeconds() * 1e6 / entries)));
  }

  private Row row(String work, String unit, Spread spread) {
    String system = payloadBytes == 0 ? "daxflux" : "daxflux, " + payloadBytes + " bytes a chunk";
    String size = String.format(Locale.ROOT, "%,d entries", entries);
    return Row.plain(system, work, size, payloadBytes, 0, 1, unit, spread);
  }
}
