package io.daxflux.reactive.ring;

/** Something asked of the store. */
@FunctionalInterface
public interface Request {
  /** Starts it, on the store's thread. Must neither block nor throw. */
  void begin();
}
