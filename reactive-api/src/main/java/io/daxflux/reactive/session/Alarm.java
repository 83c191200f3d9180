package io.daxflux.reactive.session;

import java.time.Duration;

/**
 * One time limit of one session: rings once after it was set, unless it was cleared or set again
 * before.
 *
 * <p>Confined to the store's thread, where it also rings.
 */
final class Alarm implements Comparable<Alarm> {
  private final Alarms all;
  private final Runnable onRing;
  private final long number;
  private long dueNs;

  /** For {@link Alarms}. */
  Alarm(Alarms all, long number, Runnable onRing) {
    this.all = all;
    this.number = number;
    this.onRing = onRing;
  }

  void set(Duration limit) {
    all.remove(this);
    dueNs = all.nowNs() + limit.toNanos();
    all.add(this);
  }

  void clear() {
    all.remove(this);
  }

  void ring() {
    onRing.run();
  }

  /** By the store's clock; says something only while it is set. */
  long dueNs() {
    return dueNs;
  }

  /** What is due earlier comes first. */
  @Override
  public int compareTo(Alarm other) {
    // The clock may begin anywhere, and so pass the greatest number: only differences count.
    int byTime = Long.signum(dueNs - other.dueNs);
    return byTime == 0 ? Long.compare(number, other.number) : byTime;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
