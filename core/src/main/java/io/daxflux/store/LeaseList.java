package io.daxflux.store;

import org.jspecify.annotations.Nullable;

/** The leases that are out, oldest first, so that the age of the oldest is always at hand. */
final class LeaseList {
  private @Nullable Lease oldest;
  private @Nullable Lease newest;
  private int size;

  void add(Lease lease) {
    lease.older = newest;
    if (newest == null) {
      oldest = lease;
    } else {
      newest.newer = lease;
    }
    newest = lease;
    size++;
  }

  void remove(Lease lease) {
    if (lease.older == null) {
      oldest = lease.newer;
    } else {
      lease.older.newer = lease.newer;
    }
    if (lease.newer == null) {
      newest = lease.older;
    } else {
      lease.newer.older = lease.older;
    }
    lease.older = null;
    lease.newer = null;
    size--;
  }

  int size() {
    return size;
  }

  @Nullable Lease oldest() {
    return oldest;
  }
}
