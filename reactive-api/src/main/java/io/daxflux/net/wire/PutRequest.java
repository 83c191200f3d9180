package io.daxflux.net.wire;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.outcome.PutOutcome;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/** A chunk that is put as a whole: asks for a place, sends the payload to it, and commits. */
final class PutRequest extends Request<PutOutcome> implements PayloadSource {
  private final Chunk chunk;
  private final ChunkHead head;
  private final PutMode mode;

  /** Whether payload may be sent: there is a place for it, or it is not worth the wait. */
  private boolean opened;

  private boolean intact = true;

  /** How far the payload was sent: a piece of it, and an offset there. */
  private int piece;

  private long pieceOffset;
  private long leftBytes;
  private long aheadBytes;

  /** Puts a chunk that was claimed, and gives it back. */
  PutRequest(
      RemoteParts parts,
      CoreSubscriber<? super PutOutcome> subscriber,
      Chunk chunk,
      ChunkHead head,
      PutMode mode) {
    super(parts, subscriber, _ -> {});
    this.chunk = chunk;
    this.head = head;
    this.mode = mode;
    this.leftBytes = head.layout().bytes();
  }

  @Override
  void sendRequest(Wire to, int number) {
    to.request(FrameType.START_PUT, number, body -> Fields.writePut(body, head, mode));
    if (leftBytes <= Frame.PIECE_BYTES && !isOver()) {
      open();
    }
  }

  private void open() {
    opened = true;
    if (hasPiece()) {
      wire().turns().add(this);
    } else {
      commitIfSent();
    }
  }

  @Override
  public void answered(FrameType answer, ByteBuf from) {
    switch (answer) {
      case OPENED -> {
        if (!opened) {
          open();
        }
      }
      case DONE -> succeed(Outcomes.readPut(from, head.key()));
      case BROKEN -> from.skipBytes(from.readableBytes());
      default -> throw unexpected(answer, from);
    }
  }

  @Override
  public boolean hasPiece() {
    return opened && leftBytes > 0 && isSent();
  }

  @Override
  public void writePiece(ByteBuf to, int mostBytes) {
    MemorySegment source = chunk.payload().get(piece);
    while (pieceOffset == source.byteSize()) {
      piece++;
      pieceOffset = 0;
      source = chunk.payload().get(piece);
    }
    int length = (int) Math.min(mostBytes, source.byteSize() - pieceOffset);
    intact &= PayloadCopy.append(source, pieceOffset, to, length);
    pieceOffset += length;
    leftBytes -= length;
    aheadBytes += length;
  }

  @Override
  public void sent() {
    commitIfSent();
  }

  @Override
  public long aheadBytes() {
    return aheadBytes;
  }

  @Override
  public void taken(int bytes) {
    aheadBytes -= bytes;
  }

  private void commitIfSent() {
    if (leftBytes > 0 || isOver()) {
      return;
    }
    if (intact) {
      wire().send(FrameType.COMMIT, id(), _ -> {});
    } else {
      withdraw();
      succeed(PutAnswers.payloadFault(head.key()));
    }
  }

  @Override
  @Nullable PutOutcome insteadOf(RuntimeException why) {
    return PutAnswers.insteadOf(why, head.key());
  }

  /** Nobody reads the payload from now on. */
  @Override
  void giveBack() {
    outbox.runFirst(chunk::release);
  }
}
