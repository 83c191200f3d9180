package io.daxflux.media;

import io.daxflux.device.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies on a device, looked at without writing to it: a device that was {@linkplain
 * io.daxflux.device.Devices#openReadOnly opened to be read} is enough. Of any device, whatever it
 * holds: where that is no store that can be used, it says what it is instead.
 *
 * @param device what the device is called
 * @param deviceBytes how long it is
 * @param superblocks what lies in each of the two places for one, in words
 * @param unusable why it holds no store that can be used, in words; null where it does
 * @param store what that holds; null where there is none
 */
public record MediaInspection(
    String device,
    long deviceBytes,
    List<String> superblocks,
    @Nullable String unusable,
    @Nullable StoreInspection store) {
  private static final String EMPTY = "the device is empty";

  /**
   * Looks at a device. Blocks for as long as reading its record area takes.
   *
   * @param device open, and with no store at work on it: what changes meanwhile may be seen half
   */
  public static MediaInspection of(Device device) {
    MediaMemory memory = new MediaMemory(device);
    Superblocks superblocks = Superblocks.read(memory);
    return switch (Content.of(memory, superblocks)) {
      case Content.Store(Superblock superblock) ->
          new MediaInspection(
              device.name(),
              device.bytes(),
              words(superblocks),
              null,
              StoreInspection.of(memory, superblock));
      case Content.Empty _ -> without(device, superblocks, EMPTY);
      case Content.Unusable unusable ->
          without(
              device,
              superblocks,
              "expected " + unusable.expected() + ", found " + unusable.found());
    };
  }

  private static MediaInspection without(Device device, Superblocks superblocks, String unusable) {
    return new MediaInspection(device.name(), device.bytes(), words(superblocks), unusable, null);
  }

  private static List<String> words(Superblocks superblocks) {
    return superblocks.slots().stream().map(Slot::found).toList();
  }

  /** Whether it holds nothing that anyone could lose. */
  public boolean isEmpty() {
    return EMPTY.equals(unusable);
  }

  /** All of it, to be read by people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(device + ": " + deviceBytes + " bytes");
    lines.add("superblock A: " + superblocks.getFirst());
    lines.add("superblock B: " + superblocks.getLast());
    if (store == null) {
      lines.add("no store: " + unusable);
    } else {
      lines.addAll(store.lines());
    }
    return List.copyOf(lines);
  }
}
