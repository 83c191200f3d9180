package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** S3-FIFO as the paper writes it, on plain lists that are searched from end to end. */
final class S3FifoModel implements EvictionPolicy {
  private final long smallShare;
  private final long ghostLimit;
  private final List<Evictable> small = new ArrayList<>();
  private final List<Evictable> main = new ArrayList<>();
  private final Map<Evictable, List<Evictable>> parkedFrom = new HashMap<>();
  private final Map<Evictable, Integer> uses = new HashMap<>();
  private final Set<Evictable> withdrawn = new HashSet<>();
  private final List<Ghost> ghosts = new ArrayList<>();

  private record Ghost(ChunkKey key, long blocks) {}

  S3FifoModel(long capacity) {
    smallShare = Math.max(1, capacity / 10);
    ghostLimit = capacity - smallShare;
  }

  @Override
  public void added(Evictable entry) {
    if (entry.withdrawn) {
      withdrawn.add(entry);
    }
    uses.put(entry, 0);
    boolean wasGhost = ghosts.removeIf(ghost -> ghost.key.equals(entry.key()));
    (wasGhost ? main : small).add(entry);
  }

  @Override
  public void used(Evictable entry) {
    uses.merge(entry, 1, (before, one) -> Math.min(3, before + one));
  }

  @Override
  public void removed(Evictable entry) {
    if (small.remove(entry) || parkedFrom.get(entry) == small) {
      ghosts.removeIf(ghost -> ghost.key.equals(entry.key()));
      ghosts.add(new Ghost(entry.key(), entry.blocks()));
      while (ghosts.stream().mapToLong(Ghost::blocks).sum() > ghostLimit) {
        ghosts.removeFirst();
      }
    }
    main.remove(entry);
    parkedFrom.remove(entry);
    uses.remove(entry);
    withdrawn.remove(entry);
  }

  @Override
  public void withdrawn(Evictable entry) {
    withdrawn.add(entry);
  }

  @Override
  public void restored(Evictable entry) {
    withdrawn.remove(entry);
    List<Evictable> origin = parkedFrom.remove(entry);
    if (origin != null) {
      origin.addFirst(entry);
    }
  }

  @Override
  public Evictable victim() {
    while (true) {
      park(small);
      park(main);
      if (small.isEmpty() && main.isEmpty()) {
        return null;
      }
      boolean smallFull = small.stream().mapToLong(Evictable::blocks).sum() >= smallShare;
      boolean fromSmall = main.isEmpty() || (smallFull && !small.isEmpty());
      Evictable tail = (fromSmall ? small : main).getFirst();
      int tailUses = uses.get(tail);
      if (tailUses <= (fromSmall ? 1 : 0)) {
        return tail;
      }
      (fromSmall ? small : main).removeFirst();
      main.addLast(tail);
      uses.put(tail, fromSmall ? 0 : tailUses - 1);
    }
  }

  private void park(List<Evictable> queue) {
    while (!queue.isEmpty() && withdrawn.contains(queue.getFirst())) {
      parkedFrom.put(queue.removeFirst(), queue);
    }
  }
}
