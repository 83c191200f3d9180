package io.daxflux.net.wire;

import io.daxflux.reactive.session.PartWrite;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The parts of one writer on their way: those that wait to be sent, and those that the server has
 * yet to copy. A part is its writer's until it is sent or refused, and done when it is copied
 * there. On the client's event loop.
 */
final class SentParts implements PayloadSource {
  private final int id;
  private final Queue<PartWrite> unsent = new ArrayDeque<>();
  private final Queue<PartWrite> untaken = new ArrayDeque<>();
  private long partOffset;
  private long aheadBytes;

  /** What was copied there of the first that is not whole. */
  private long takenOfFirst;

  private boolean intact = true;
  private Runnable whenSent = SentParts::nothing;
  private Runnable whenTaken = SentParts::nothing;

  /** Of the put that has this number. */
  SentParts(int id) {
    this.id = id;
  }

  private static void nothing() {}

  /** Appends a part, which is not empty. */
  void add(PartWrite part) {
    unsent.add(part);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public boolean hasPiece() {
    return !unsent.isEmpty();
  }

  @Override
  public void writePiece(ByteBuf to, int mostBytes) {
    PartWrite first = unsent.element();
    int length = (int) Math.min(mostBytes, first.part().byteSize() - partOffset);
    intact &= PayloadCopy.append(first.part(), partOffset, to, length);
    partOffset += length;
    aheadBytes += length;
    if (partOffset == first.part().byteSize()) {
      untaken.add(unsent.remove());
      partOffset = 0;
    }
  }

  @Override
  public void sent() {
    if (unsent.isEmpty()) {
      Runnable then = whenSent;
      whenSent = SentParts::nothing;
      then.run();
    }
  }

  @Override
  public long aheadBytes() {
    return aheadBytes;
  }

  /** So many bytes of them are copied there. */
  void taken(int bytes) {
    aheadBytes -= bytes;
    takenOfFirst += bytes;
    for (PartWrite first = untaken.peek();
        first != null && first.part().byteSize() <= takenOfFirst;
        first = untaken.peek()) {
      takenOfFirst -= first.part().byteSize();
      untaken.remove().taken();
    }
    tellIfTaken();
  }

  private void tellIfTaken() {
    if (unsent.isEmpty() && untaken.isEmpty()) {
      Runnable then = whenTaken;
      whenTaken = SentParts::nothing;
      then.run();
    }
  }

  /** None of them will be copied any more. */
  void refuseAll(RuntimeException why) {
    untaken.forEach(part -> part.refused(why));
    unsent.forEach(part -> part.refused(why));
    untaken.clear();
    unsent.clear();
    sent();
    tellIfTaken();
  }

  /** Whether all of those that were sent could be read. */
  boolean isIntact() {
    return intact;
  }

  /** Runs this once, when nothing is left to be sent. */
  void onceSent(Runnable then) {
    whenSent = then;
    sent();
  }

  /** Runs this once, when the server has copied all of them. */
  void onceTaken(Runnable then) {
    whenTaken = then;
    tellIfTaken();
  }
}
