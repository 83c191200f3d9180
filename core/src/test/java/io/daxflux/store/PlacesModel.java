package io.daxflux.store;

import io.daxflux.config.CachePolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * LRU, FIFO, MRU and LFU as a definition: every entry has a rank and a place, and the victim is the
 * least of those that are not withdrawn. Withdrawn entries below the victim were met by the search
 * and take a new place below all others when they are restored.
 */
final class PlacesModel implements EvictionPolicy {
  private final CachePolicy policy;
  private final Map<Evictable, State> states = new HashMap<>();
  private long highest;
  private long lowest;

  PlacesModel(CachePolicy policy) {
    this.policy = policy;
  }

  @Override
  public void added(Evictable entry) {
    State state = new State();
    state.withdrawn = entry.withdrawn;
    states.put(entry, state);
    move(state);
  }

  @Override
  public void used(Evictable entry) {
    State state = states.get(entry);
    if (policy == CachePolicy.LFU) {
      state.uses++;
    }
    if (policy != CachePolicy.FIFO) {
      move(state);
    }
  }

  private void move(State state) {
    state.place = policy == CachePolicy.MRU ? --lowest : ++highest;
    state.met = false;
  }

  @Override
  public void removed(Evictable entry) {
    states.remove(entry);
  }

  @Override
  public void withdrawn(Evictable entry) {
    states.get(entry).withdrawn = true;
  }

  @Override
  public void restored(Evictable entry) {
    State state = states.get(entry);
    state.withdrawn = false;
    if (state.met) {
      state.met = false;
      state.place = --lowest;
    }
  }

  @Override
  public Evictable victim() {
    Evictable victim =
        states.keySet().stream()
            .filter(entry -> !states.get(entry).withdrawn)
            .min(Comparator.comparing(states::get))
            .orElse(null);
    for (State state : states.values()) {
      if (state.withdrawn && (victim == null || state.compareTo(states.get(victim)) < 0)) {
        state.met = true;
      }
    }
    return victim;
  }

  private static final class State implements Comparable<State> {
    private int uses;
    private long place;
    private boolean withdrawn;
    private boolean met;

    @Override
    public int compareTo(State that) {
      int byRank = Integer.compare(LfuPolicy.rank(uses), LfuPolicy.rank(that.uses));
      return byRank != 0 ? byRank : Long.compare(place, that.place);
    }
  }
}
