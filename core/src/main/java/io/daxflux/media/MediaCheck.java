package io.daxflux.media;

import io.daxflux.device.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A full check of a store: every record, and every slice of every payload against its checksum.
 * Writes nothing: a device that was {@linkplain io.daxflux.device.Devices#openReadOnly opened to be
 * read} is enough.
 *
 * @param device what the device is called
 * @param closedCleanly whether the store was closed in order when it was last open
 * @param chunks how many chunks were checked
 * @param uncheckedChunks how many of them have no checksums: they were only read
 * @param payloadBytes how many bytes of payload were read
 * @param badSlices every slice that is not sound, in the order of the device
 * @param dropped how many records look live and do not hold, for each reason that occurs
 * @param unreadable record units that cannot be read
 */
public record MediaCheck(
    String device,
    boolean closedCleanly,
    long chunks,
    long uncheckedChunks,
    long payloadBytes,
    List<BadSlice> badSlices,
    Map<DropReason, Long> dropped,
    List<UnitRange> unreadable) {

  /**
   * Checks a store. Blocks for as long as reading it takes; the threads used have ended then.
   *
   * @param device open, and with no store at work on it
   * @param threads how many threads check, at least 1
   * @throws MediaException where the device holds no store that can be used
   */
  public static MediaCheck of(Device device, int threads) {
    MediaMemory memory = new MediaMemory(device);
    Superblock superblock =
        switch (Content.of(memory, Superblocks.read(memory))) {
          case Content.Store(Superblock found) -> found;
          case Content.Empty _ ->
              throw new MediaException(
                  MediaException.Reason.UNFORMATTED, device.name(), "a store", "an empty device");
          case Content.Unusable unusable -> throw unusable.asException(device.name());
        };
    RecoveryScan scan = RecoveryScan.run(memory, superblock, threads, System.currentTimeMillis());
    List<RecoveredChunk> chunks = scan.survivors().chunks();
    List<BadSlice> bad = checkAll(memory, superblock.geometry(), chunks, threads);
    return new MediaCheck(
        device.name(),
        scan.closedCleanly(superblock),
        chunks.size(),
        chunks.stream().filter(chunk -> !chunk.record().sums().areKnown()).count(),
        chunks.stream().mapToLong(chunk -> chunk.record().layout().bytes()).sum(),
        bad,
        scan.survivors().countsOfDropped(),
        scan.unreadable());
  }

  private static List<BadSlice> checkAll(
      MediaMemory memory, MediaGeometry geometry, List<RecoveredChunk> chunks, int threads) {
    List<SliceChecker> checkers = new ArrayList<>();
    Crew.work(
        threads,
        chunks.size(),
        () -> {
          SliceChecker checker = new SliceChecker(memory, geometry);
          checkers.add(checker);
          return chunk -> checker.check(chunks.get((int) chunk));
        });
    return checkers.stream()
        .flatMap(checker -> checker.bad().stream())
        .sorted(Comparator.comparingLong(BadSlice::offset))
        .toList();
  }

  /**
   * Whether nothing is wrong: nothing unreadable, corrupt, or in contradiction. Records that do not
   * hold because a loss of power interrupted the store are nothing wrong.
   */
  public boolean isSound() {
    return badSlices.isEmpty()
        && unreadable.isEmpty()
        && dropped.keySet().stream().noneMatch(reason -> reason.isDamage(closedCleanly));
  }

  /** All of it, to be read by people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d chunks, %d bytes of payload, %d chunks without checksums"
            .formatted(device, chunks, payloadBytes, uncheckedChunks));
    badSlices.forEach(slice -> lines.add(slice.line()));
    dropped.forEach((reason, count) -> lines.add(lineOf(reason, count)));
    unreadable.forEach(
        range ->
            lines.add("memory fault: %d units from %d on".formatted(range.units(), range.first())));
    lines.add(isSound() ? "sound" : "NOT SOUND");
    return List.copyOf(lines);
  }

  private String lineOf(DropReason reason, long count) {
    String why =
        reason.isInterruption(closedCleanly) ? ", as the store was not closed in order" : "";
    return count + " records do not hold: " + reason + why;
  }
}
