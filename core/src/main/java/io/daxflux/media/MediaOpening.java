package io.daxflux.media;

import io.daxflux.device.Faults;
import io.daxflux.media.MediaException.Reason;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one device as a store. Looks first and refuses what cannot be used; only then it writes: a
 * first superblock where it formats, the spare superblock with the next generation, and the
 * invalidations of records that do not hold.
 */
final class MediaOpening {
  private static final Logger LOG = LoggerFactory.getLogger(MediaOpening.class);

  private final MediaMemory memory;
  private final MediaOptions options;
  private final long nowMs;
  private final String device;

  MediaOpening(MediaMemory memory, MediaOptions options, long nowMs) {
    this.memory = memory;
    this.options = options;
    this.nowMs = nowMs;
    this.device = memory.device().name();
  }

  Media open() {
    Superblocks superblocks = Superblocks.read(memory);
    return new MediaLook(options)
        .storeOn(memory, superblocks, memory.device().bytes())
        .map(found -> recovered(superblocks, found))
        .orElseGet(() -> formatted(superblocks));
  }

  private Media formatted(Superblocks before) {
    long startNs = System.nanoTime();
    Slot current = before.current();
    Superblock first =
        new Superblock(
            Identity.random(),
            current == null ? 1 : current.generation() + 1,
            MediaGeometry.plan(device, memory.device().bytes(), options.blockBytes()),
            nowMs,
            false,
            0);
    // The second one leaves nothing of an earlier store to fall back to: its payload is given up.
    Superblock opened = first.opened(first.generation() + 1);
    Superblocks superblocks;
    try {
      superblocks = before.format(first).write(opened);
    } catch (InternalError error) {
      throw unwritable(error);
    }
    RecoveryReport report =
        new RecoveryReport(
            true, true, 0, 0, Map.of(), 0, List.of(), 0, 0, System.nanoTime() - startNs);
    return new Media(memory, superblocks, opened, new Recovery(List.of(), report));
  }

  private Media recovered(Superblocks before, Superblock found) {
    long startNs = System.nanoTime();
    RecoveryScan scan = RecoveryScan.run(memory, found, options.threads(), nowMs);
    List<BadUnit> dropped = scan.survivors().dropped();
    ReadableUnits readable = new ReadableUnits(memory, found.geometry(), scan.unreadable());
    if (options.power() || !dropped.isEmpty()) {
      // What was read need not be durable: a process may have died before it had waited for that.
      // Nothing that is may be given up in favour of what is not.
      readable.persistAll();
    }
    // Where the latest superblock is lost, records may be of a later generation than what is left.
    Superblock opened = found.opened(Math.max(found.generation(), scan.highestGeneration()) + 1);
    Superblocks superblocks = writeSpare(before, opened);
    Invalidations.write(memory, found.geometry(), dropped);
    if (options.power()) {
      Invalidations.persist(readable, dropped);
    }
    List<RecoveredChunk> chunks = scan.survivors().chunks();
    RecoveryReport report =
        new RecoveryReport(
            false,
            scan.closedCleanly(found),
            scan.unitsScanned(),
            chunks.size(),
            scan.survivors().countsOfDropped(),
            scan.foreign(),
            scan.unreadable(),
            scan.highestSequence(),
            chunks.isEmpty() ? 0 : chunks.getLast().record().lastUse(),
            System.nanoTime() - startNs);
    return new Media(memory, superblocks, opened, new Recovery(chunks, report));
  }

  private Superblocks writeSpare(Superblocks before, Superblock opened) {
    Slot spare = before.spare();
    if (!spare.isWhole()) {
      LOG.warn("{}: superblock {}: found {}, written anew", device, spare.index(), spare.found());
    }
    try {
      return before.write(opened);
    } catch (InternalError error) {
      if (!Faults.isFault(error)) {
        throw error;
      }
      LOG.warn("{}: superblock {}: memory fault, going by the other", device, spare.index());
      return before;
    }
  }

  private MediaException unwritable(InternalError error) {
    if (!Faults.isFault(error)) {
      throw error;
    }
    return new MediaException(
        Reason.UNREADABLE, device, "memory for a superblock", "a memory fault");
  }
}
