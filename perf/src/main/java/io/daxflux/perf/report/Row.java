package io.daxflux.perf.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.daxflux.perf.race.Spread;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One figure: what did what, how, and what came out.
 *
 * @param chunk the chunk's size as tables name it; the index's where there is no chunk
 * @param layout how chunks lie in the arena; null where that does not matter
 * @param threads how many threads copy for one caller; 0 where none does
 * @param spread in the unit; null where nothing could be measured
 * @param rounds the figure of each round, in order, where others had their turn in the same rounds
 * @param floor what the share is of; null where there is none
 * @param shareOfFloor the median of what each round's figure is of the floor's
 * @param note why there is no figure, or what to know of it
 */
@JsonInclude(Include.NON_NULL)
public record Row(
    String system,
    String work,
    String chunk,
    long chunkBytes,
    @Nullable String layout,
    int threads,
    int callers,
    String unit,
    @Nullable Double median,
    @Nullable Spread spread,
    @Nullable List<Double> rounds,
    @Nullable String floor,
    @Nullable Double shareOfFloor,
    @Nullable String note) {

  /** What a row is of: no two rows of a run are of the same. */
  public record Subject(
      String system,
      String work,
      String chunk,
      @Nullable String layout,
      int threads,
      int callers) {}

  /** What it is of. */
  public Subject subject() {
    return new Subject(system, work, chunk, layout, threads, callers);
  }

  /** A figure that is compared with nothing. */
  public static Row plain(
      String system,
      String work,
      String chunk,
      long chunkBytes,
      int threads,
      int callers,
      String unit,
      Spread spread) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        null,
        threads,
        callers,
        unit,
        spread.median(),
        spread,
        null,
        null,
        null,
        null);
  }

  /** What cannot be measured, and why. */
  public static Row absent(
      String system, String work, String chunk, long chunkBytes, String unit, String reason) {
    return new Row(
        system, work, chunk, chunkBytes, null, 0, 1, unit, null, null, null, null, null, reason);
  }

  /** The same, of a system with a longer name. */
  public Row suffixed(String suffix) {
    return new Row(
        system + suffix,
        work,
        chunk,
        chunkBytes,
        layout,
        threads,
        callers,
        unit,
        median,
        spread,
        rounds,
        floor,
        shareOfFloor,
        note);
  }

  /** The same, of chunks that lie so. */
  public Row laidOut(@Nullable String arrangement) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        arrangement,
        threads,
        callers,
        unit,
        median,
        spread,
        rounds,
        floor,
        shareOfFloor,
        note);
  }

  /** The same, of so many callers. */
  public Row asked(int by) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        layout,
        threads,
        by,
        unit,
        median,
        spread,
        rounds,
        floor,
        shareOfFloor,
        note);
  }

  /** The same, with the figure of each round. */
  public Row inRounds(List<Double> figures) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        layout,
        threads,
        callers,
        unit,
        median,
        spread,
        figures,
        floor,
        shareOfFloor,
        note);
  }

  /** The same, as a share. */
  public Row sharing(@Nullable String of, @Nullable Double share) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        layout,
        threads,
        callers,
        unit,
        median,
        spread,
        rounds,
        of,
        share,
        note);
  }

  /** The same, with a remark. */
  public Row noted(@Nullable String remark) {
    return new Row(
        system,
        work,
        chunk,
        chunkBytes,
        layout,
        threads,
        callers,
        unit,
        median,
        spread,
        rounds,
        floor,
        shareOfFloor,
        remark);
  }

  /** Whether both had their turns in the same rounds, those of one race. */
  boolean sharesRoundsWith(Row other) {
    return rounds != null
        && other.rounds != null
        && rounds.size() == other.rounds.size()
        && chunk.equals(other.chunk)
        && callers == other.callers
        && Objects.equals(layout, other.layout);
  }

  /** Whether there is a figure. */
  @JsonIgnore
  public boolean isMeasured() {
    return median != null;
  }
}
