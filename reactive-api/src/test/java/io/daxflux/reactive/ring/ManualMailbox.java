package io.daxflux.reactive.ring;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A mailbox that a test empties by hand: what stands in it happens when the test says so. */
public final class ManualMailbox implements Mailbox {
  private final Queue<Request> requests = new ArrayDeque<>();
  private final Queue<Returnable> returns = new ArrayDeque<>();
  private final int slots;
  private boolean closed;

  /** A mailbox with room for so many requests. */
  public ManualMailbox(int slots) {
    this.slots = slots;
  }

  @Override
  public Intake tryPublish(Request request) {
    if (closed) {
      return Intake.CLOSED;
    }
    if (requests.size() == slots) {
      return Intake.FULL;
    }
    requests.add(request);
    return Intake.ACCEPTED;
  }

  @Override
  public void giveBack(Returnable returned) {
    returns.add(returned);
  }

  @Override
  public void closeIntake() {
    closed = true;
  }

  /** Whether anything stands in it. */
  public boolean isEmpty() {
    return requests.isEmpty() && returns.isEmpty();
  }

  /** Handles the oldest of what was given back, or else begins the oldest request. */
  public void handleOne() {
    @Nullable Returnable returned = returns.poll();
    if (returned != null) {
      returned.onReturn();
    } else {
      requests.remove().begin();
    }
  }
}
