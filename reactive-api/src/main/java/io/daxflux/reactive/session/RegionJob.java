package io.daxflux.reactive.session;

import io.daxflux.reactive.ring.Returnable;
import io.daxflux.restore.CopyResult;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One region on its way through a copy worker, or its waiting caller, and back. Whatever happens to
 * the copy, the job comes back to the store's thread exactly once.
 */
final class RegionJob extends Returnable implements Runnable {
  private final CopyGate gate;
  private final CopySession<?> session;
  private final Region region;
  private final RegionCopier copier;

  /** Who may copy it in place of a worker; null for nobody. */
  private final @Nullable WaitingCaller caller;

  /** By whoever runs it, or by the refusal: the first brings it back. */
  private final AtomicBoolean taken = new AtomicBoolean();

  // Written by the worker before the job is given back, read by the store's thread after.
  private @Nullable CopyResult result;
  private @Nullable Throwable failure;

  RegionJob(
      CopyGate gate,
      CopySession<?> session,
      Region region,
      RegionCopier copier,
      @Nullable WaitingCaller caller) {
    this.gate = gate;
    this.session = session;
    this.region = region;
    this.copier = copier;
    this.caller = caller;
  }

  @Override
  public void run() {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      result =
          copier.copy(region, session.loop.device().memory(), session.memory(), session::isStopped);
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    } finally {
      session.loop.mailbox().giveBack(this);
    }
  }

  /** The workers refused it; if one of them has it all the same, that one brings it back. */
  void refuse(Throwable cause) {
    if (taken.compareAndSet(false, true)) {
      failure = cause;
      session.loop.mailbox().giveBack(this);
    }
  }

  @Override
  protected void onReturn() {
    gate.returned();
    try {
      session.regionBack(region, result, failure);
    } finally {
      if (caller != null) {
        caller.back(this);
      }
      gate.admit();
      session.loop.checkQuiet();
    }
  }
}
