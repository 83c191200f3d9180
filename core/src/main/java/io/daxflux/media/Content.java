package io.daxflux.media;

import io.daxflux.media.MediaException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** What a device holds. */
sealed interface Content {

  /** A store that this program understands. */
  record Store(Superblock superblock) implements Content {}

  /** Nothing: its first 4 MiB are zero, or a first format was begun there and interrupted. */
  record Empty() implements Content {}

  /** Something that cannot be used as a store. */
  record Unusable(Reason reason, String expected, String found) implements Content {
    MediaException asException(String device) {
      return new MediaException(reason, device, expected, found);
    }
  }

  /** All zero so far into the device is an empty device. */
  int LOOK_BYTES = 4 << 20;

  static Content of(MediaMemory memory, Superblocks superblocks) {
    Slot current = superblocks.current();
    return current == null
        ? withoutSuperblock(memory, superblocks)
        : withSuperblock(memory, current);
  }

  private static Content withSuperblock(MediaMemory memory, Slot current) {
    return switch (current.state()) {
      case NEWER_VERSION ->
          new Unusable(
              Reason.NEWER_VERSION,
              "media format version " + SuperblockFormat.VERSION_1,
              current.found() + ", which needs a later release");
      case OLDER_VERSION ->
          new Unusable(
              Reason.OLDER_VERSION,
              "media format version " + SuperblockFormat.VERSION_1,
              current.found() + ", which needs an earlier release");
      case UNKNOWN_FEATURE ->
          new Unusable(
              Reason.UNKNOWN_FEATURE, "a store of known features", "unknown " + current.found());
      default -> sized(memory.device().bytes(), Objects.requireNonNull(current.superblock()));
    };
  }

  private static Content sized(long deviceBytes, Superblock superblock) {
    long formattedBytes = superblock.geometry().deviceBytes();
    return deviceBytes >= formattedBytes
        ? new Store(superblock)
        : new Unusable(
            Reason.SHRUNK,
            "at least " + formattedBytes + " bytes, as the device was formatted",
            deviceBytes + " bytes");
  }

  private static Content withoutSuperblock(MediaMemory memory, Superblocks superblocks) {
    Slot first = superblocks.slots().getFirst();
    boolean interrupted = first.state() == Slot.State.DAMAGED;
    int length = (int) Math.min(LOOK_BYTES, memory.device().bytes());
    byte[] start = new byte[length];
    if (!memory.tryRead(0, start, 0, length)) {
      return new Unusable(
          Reason.UNREADABLE,
          "readable memory",
          "a memory fault in its first " + length + " bytes, and no superblock");
    }
    int content = nonZero(start, interrupted ? SuperblockFormat.BYTES : 0);
    if (content == length) {
      return new Empty();
    }
    for (Slot slot : superblocks.slots()) {
      if (slot.state() == Slot.State.DAMAGED || slot.state() == Slot.State.UNSOUND) {
        return new Unusable(
            Reason.DAMAGED, "a whole superblock, or dax.format: always", slot.found());
      }
    }
    return new Unusable(
        Reason.FOREIGN,
        "a store, an empty device, or dax.format: always",
        "other content: " + excerpt(start, content));
  }

  /** Where the first byte that is not zero lies; the length where all are. */
  private static int nonZero(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] == 0) {
      at++;
    }
    return at;
  }

  private static String excerpt(byte[] bytes, int at) {
    int length = Math.min(16, bytes.length - at);
    String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    return "0x"
        + HexFormat.of().formatHex(bytes, at, at + length)
        + " (\""
        + text.replaceAll("[^ -~]", ".")
        + "\") at byte "
        + at;
  }
}
