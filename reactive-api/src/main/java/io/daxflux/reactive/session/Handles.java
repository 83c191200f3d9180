package io.daxflux.reactive.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What receivers have, oldest first, so that close can name who is late. */
final class Handles {
  private final Set<Handle> out = new LinkedHashSet<>();

  /** Takes down that a receiver has this from now on. */
  <H extends Handle> H handedOut(H handle) {
    out.add(handle);
    return handle;
  }

  void tookBack(Handle handle) {
    out.remove(handle);
  }

  int size() {
    return out.size();
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  /** Each with what it is and, where that is known, who asked for it. */
  List<String> describe() {
    return out.stream().map(Handle::describe).toList();
  }

  /**
   * Makes the use of what is still out fail. At close, after the store's thread ended.
   *
   * @return what could not be revoked, because native code is using it at this moment
   */
  List<String> revoke() {
    List<String> inUse = new ArrayList<>();
    for (Handle handle : out) {
      try {
        handle.revoke();
      } catch (IllegalStateException stillUsed) {
        inUse.add(handle.toString());
      }
    }
    return inUse;
  }
}
