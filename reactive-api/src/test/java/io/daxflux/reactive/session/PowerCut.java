package io.daxflux.reactive.session;

/** The simulated machine ends here: nothing that runs further reaches the device. */
final class PowerCut extends Error {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("the machine ended here", null, false, false);
  }
}
