package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/**
 * S3-FIFO: three FIFO queues, after Yang, Zhang, Qiu, Yue and Rashmi, "FIFO queues are all you need
 * for cache eviction" (SOSP 2023).
 *
 * <ul>
 *   <li>New entries pass a <em>small</em> queue of a tenth of the arena. Used twice or more there,
 *       an entry moves to the main queue with its count cleared; otherwise it makes room when it
 *       reaches the end, and its key becomes a ghost. So a scan sweeps the small queue only.
 *   <li>At the end of the <em>main</em> queue an entry that was used goes round again, one use
 *       poorer; one that was not makes room.
 *   <li>An entry whose key is a <em>ghost</em> was dropped too early: stored again, it goes
 *       straight to the main queue. There are as many ghosts, in blocks, as the main queue may
 *       hold.
 * </ul>
 *
 * Uses are counted to 3. The small queue makes room while it has its tenth, the main queue
 * otherwise. Three things differ from the paper: shares are counted in blocks, because chunks
 * differ in size; parked entries count for no queue, so pins do not eat up the small one; and
 * whatever leaves the small queue becomes a ghost, because a policy is not told why an entry goes.
 *
 * <p>A move inside {@link #victim()} is paid for by a use before it: amortised constant time.
 */
final class S3FifoPolicy extends QueuedPolicy {
  private static final int SMALL = 1;
  private static final int MAIN = 2;
  private static final int MOST_USES = 3;
  private static final int USES_TO_STAY = 2;

  private final EvictionQueue small = new EvictionQueue(SMALL);
  private final EvictionQueue main = new EvictionQueue(MAIN);
  private final GhostKeys ghosts;
  private final long smallShareBlocks;

  S3FifoPolicy(long capacityBlocks) {
    smallShareBlocks = Math.max(1, capacityBlocks / 10);
    ghosts = new GhostKeys(capacityBlocks - smallShareBlocks);
  }

  @Override
  EvictionQueue queueOf(Evictable entry) {
    return Math.abs(entry.queue) == SMALL ? small : main;
  }

  @Override
  public void added(Evictable entry) {
    entry.uses = 0;
    boolean droppedTooEarly = ghosts.remove(entry.key());
    (droppedTooEarly ? main : small).addWarmest(entry);
  }

  @Override
  public void used(Evictable entry) {
    entry.uses = Math.min(entry.uses + 1, MOST_USES);
  }

  @Override
  public void removed(Evictable entry) {
    if (holds(entry) && queueOf(entry) == small) {
      ghosts.add(entry.key(), entry.blocks());
    }
    super.removed(entry);
  }

  @Override
  public @Nullable Evictable victim() {
    while (true) {
      Evictable ofSmall = small.coldest();
      Evictable ofMain = main.coldest();
      if (ofSmall != null && (ofMain == null || small.blocks() >= smallShareBlocks)) {
        if (ofSmall.uses < USES_TO_STAY) {
          return ofSmall;
        }
        moveToMain(ofSmall, small, 0);
      } else {
        if (ofMain == null || ofMain.uses == 0) {
          return ofMain;
        }
        moveToMain(ofMain, main, ofMain.uses - 1);
      }
    }
  }

  private void moveToMain(Evictable entry, EvictionQueue from, int uses) {
    from.remove(entry);
    entry.uses = uses;
    main.addWarmest(entry);
  }
}
