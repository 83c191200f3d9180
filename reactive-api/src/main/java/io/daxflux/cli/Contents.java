package io.daxflux.cli;

import io.daxflux.media.MediaInspection;
import io.daxflux.media.StoreInspection;

/** What a device holds that somebody may not want to lose. */
final class Contents {
  private Contents() {}

  /** Fails where the device is not empty. */
  static void expectNothing(MediaInspection found, String otherwise) {
    StoreInspection store = found.store();
    if (store != null) {
      throw refused(
          found, "an empty device", otherwise, "a store of " + store.chunks() + " chunks");
    }
    expectNothingForeign(found, otherwise);
  }

  /** Fails where there is anything but an empty device or a store without chunks. */
  static void expectNoChunks(MediaInspection found, String otherwise) {
    StoreInspection store = found.store();
    if (store != null && store.chunks() > 0) {
      throw refused(
          found,
          "an empty device or a store without chunks",
          otherwise,
          "a store of " + store.chunks() + " chunks");
    }
    expectNothingForeign(found, otherwise);
  }

  private static void expectNothingForeign(MediaInspection found, String otherwise) {
    if (found.store() == null && !found.isEmpty()) {
      throw refused(found, "an empty device", otherwise, "content that is no store");
    }
  }

  private static CommandFailure refused(
      MediaInspection device, String expected, String otherwise, String found) {
    return new CommandFailure(
        device.device() + ": expected " + expected + ", or " + otherwise + ", found " + found);
  }
}
