package io.daxflux.perf.report;

import org.jspecify.annotations.Nullable;

/**
 * Which row is meant; what is null or 0 does not matter.
 *
 * @param callers how many; one where nothing else is said
 */
record Key(
    String system,
    String work,
    @Nullable String chunk,
    @Nullable String layout,
    int threads,
    int callers) {

  static Key of(String system, String work) {
    return new Key(system, work, null, null, 0, 1);
  }

  Key chunk(String wanted) {
    return new Key(system, work, wanted, layout, threads, callers);
  }

  Key layout(String wanted) {
    return new Key(system, work, chunk, wanted, threads, callers);
  }

  Key threads(int wanted) {
    return new Key(system, work, chunk, layout, wanted, callers);
  }

  Key callers(int wanted) {
    return new Key(system, work, chunk, layout, threads, wanted);
  }

  boolean fits(Row row) {
    return row.system().equals(system)
        && row.work().equals(work)
        && (chunk == null || row.chunk().equals(chunk))
        && (layout == null || layout.equals(row.layout()))
        && (threads == 0 || row.threads() == threads)
        && row.callers() == callers;
  }
}
