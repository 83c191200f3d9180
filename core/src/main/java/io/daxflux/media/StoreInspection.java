package io.daxflux.media;

import io.daxflux.chunk.ChunkKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a store on a device holds.
 *
 * @param identity the random name of this format of the device
 * @param generation how often it was opened for writing
 * @param created when it was formatted
 * @param closedCleanly whether it was closed in order when it was last open
 * @param geometry where things lie
 * @param chunks how many chunks there are
 * @param inlineChunks how many of them have their value in the record
 * @param uncheckedChunks how many of them have no checksums
 * @param payloadBytes how long they are together
 * @param largestChunkBytes how long the longest is
 * @param coldest the key of the one used longest ago; null where there is none
 * @param hottest the key of the one used last; null where there is none
 * @param blocks how the payload blocks are used
 * @param units how the record units are used
 * @param dropped how many records look live and do not hold, for each reason that occurs
 * @param foreign how many records are of another format of the device
 * @param unreadable units that cannot be read
 */
public record StoreInspection(
    String identity,
    long generation,
    Instant created,
    boolean closedCleanly,
    MediaGeometry geometry,
    long chunks,
    long inlineChunks,
    long uncheckedChunks,
    long payloadBytes,
    long largestChunkBytes,
    @Nullable ChunkKey coldest,
    @Nullable ChunkKey hottest,
    Usage blocks,
    Usage units,
    Map<DropReason, Long> dropped,
    long foreign,
    List<UnitRange> unreadable) {

  static StoreInspection of(MediaMemory memory, Superblock superblock) {
    int threads = Runtime.getRuntime().availableProcessors();
    RecoveryScan scan = RecoveryScan.run(memory, superblock, threads, System.currentTimeMillis());
    MediaGeometry geometry = superblock.geometry();
    List<RecoveredChunk> chunks = scan.survivors().chunks();
    List<UnitRange> units = new ArrayList<>();
    List<UnitRange> blocks = new ArrayList<>();
    long unchecked = 0;
    long payloadBytes = 0;
    long largest = 0;
    for (RecoveredChunk chunk : chunks) {
      ChunkRecord record = chunk.record();
      long bytes = record.layout().bytes();
      units.add(new UnitRange(chunk.unit(), chunk.units()));
      if (!record.isInline()) {
        blocks.add(new UnitRange(record.firstBlock(), geometry.blocksFor(bytes)));
      }
      unchecked += record.sums().areKnown() ? 0 : 1;
      payloadBytes += bytes;
      largest = Math.max(largest, bytes);
    }
    return new StoreInspection(
        superblock.identity().toString(),
        superblock.generation(),
        Instant.ofEpochMilli(superblock.createdMs()),
        scan.closedCleanly(superblock),
        geometry,
        chunks.size(),
        chunks.size() - blocks.size(),
        unchecked,
        payloadBytes,
        largest,
        chunks.isEmpty() ? null : chunks.getFirst().record().key(),
        chunks.isEmpty() ? null : chunks.getLast().record().key(),
        Usage.of(geometry.payloadBlocks(), blocks),
        Usage.of(geometry.recordUnits(), units),
        scan.survivors().countsOfDropped(),
        scan.foreign(),
        scan.unreadable());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("store " + identity + ", formatted " + created);
    lines.add(
        "opened %d times, %s"
            .formatted(generation, closedCleanly ? "closed in order" : "not closed"));
    lines.add(
        "records: %d units of %d bytes from byte %d on"
            .formatted(geometry.recordUnits(), MediaGeometry.UNIT_BYTES, geometry.recordOffset()));
    lines.add(
        "payload: %d blocks of %d bytes from byte %d on"
            .formatted(geometry.payloadBlocks(), geometry.blockBytes(), geometry.payloadOffset()));
    lines.add(
        "chunks: %d of %d bytes, the largest of %d; %d in their records, %d without checksums"
            .formatted(chunks, payloadBytes, largestChunkBytes, inlineChunks, uncheckedChunks));
    if (chunks > 0) {
      lines.add("used longest ago: " + coldest);
      lines.add("used last: " + hottest);
    }
    lines.add(blocks.describe("blocks"));
    lines.add(units.describe("units"));
    dropped.forEach((reason, count) -> lines.add(count + " records do not hold: " + reason));
    if (foreign > 0) {
      lines.add(foreign + " records of another format of the device");
    }
    unreadable.forEach(
        range ->
            lines.add("memory fault: %d units from %d on".formatted(range.units(), range.first())));
    return lines;
  }
}
