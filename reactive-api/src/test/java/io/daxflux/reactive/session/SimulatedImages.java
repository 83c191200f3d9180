package io.daxflux.reactive.session;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.daxflux.media.WatchedMedia;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a loss of power could leave of a device, recovered and judged while the device goes on. */
final class SimulatedImages implements AutoCloseable {
  private final SimulatedDevice device;
  private final SimulatedLedger ledger;
  private final SimulatedDevice image;
  private @Nullable AssertionError judgement;

  SimulatedImages(SimulatedDevice device, SimulatedLedger ledger) {
    this.device = device;
    this.ledger = ledger;
    this.image = new SimulatedDevice(device.bytes(), new Random(0));
  }

  /**
   * Judges every image, or so many of them where there are more.
   *
   * @return how many
   */
  int judge(int most, boolean promised) {
    int[] count = {0};
    device
        .lines()
        .forEachImage(
            most,
            bytes -> {
              count[0]++;
              judge(bytes, promised);
            });
    return count[0];
  }

  private void judge(byte[] bytes, boolean promised) {
    MemorySegment.copy(bytes, 0, image.memory(), JAVA_BYTE, 0, bytes.length);
    try {
      WatchedMedia.Scan scan = WatchedMedia.scan(image, device);
      ledger.judge(scan.chunks(), scan.geometry(), image.memory(), device, promised, true);
    } catch (AssertionError failure) {
      judgement = failure;
    }
  }

  /**
   * Throws what was found wrong: later, for in the middle of a commit it would be taken for a
   * failure of that.
   */
  void requireNoJudgement() {
    if (judgement != null) {
      throw judgement;
    }
  }

  @Override
  public void close() {
    image.close();
  }
}
