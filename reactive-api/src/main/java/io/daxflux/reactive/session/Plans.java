package io.daxflux.reactive.session;

import io.daxflux.restore.PlanLimits;
import io.daxflux.restore.Region;
import io.daxflux.restore.RestorePlanner;
import io.daxflux.restore.RestorePlanner.Order;
import io.daxflux.restore.Transfer;
import java.util.List;

/** How a store cuts its copies into regions. Immutable. */
final class Plans {
  /** Into how many pieces for each worker a small restore is cut whose caller copies along. */
  private static final int SHARED_PIECES = 6;

  private final PlanLimits limits;
  private final PlanLimits sharedLimits;

  /** For so many workers. */
  Plans(int workers) {
    limits = PlanLimits.of(workers);
    sharedLimits = PlanLimits.of(SHARED_PIECES * workers);
  }

  List<Region> of(List<Transfer> transfers, Order order) {
    return RestorePlanner.plan(transfers, order, limits);
  }

  /**
   * Plans for a caller who copies along, {@linkplain Order#BY_ARENA by arena}: what would be cut
   * too small for full speed in any case is cut finer, so that whoever is free takes the next
   * piece.
   */
  List<Region> shared(List<Transfer> transfers) {
    long bytes = transfers.stream().mapToLong(Transfer::bytes).sum();
    boolean small = bytes < limits.workers() * PlanLimits.FULL_SPEED_REGION_BYTES;
    return RestorePlanner.plan(transfers, Order.BY_ARENA, small ? sharedLimits : limits);
  }
}
