package io.daxflux.net.wire;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Who may send payload next: one frame of each request in turn, and no more at a time than keeps
 * the socket busy, so that a small hit waits for a few frames and not for a large restore. On the
 * connection's event loop.
 */
final class LendingTurns {
  /** What is handed to the connection and not yet gone. */
  private static final int MOST_OUT_BYTES = 4 * Frame.PIECE_BYTES;

  private final Peer peer;
  private final Queue<Lending> ready = new ArrayDeque<>();
  private int outBytes;
  private boolean sending;
  private boolean closed;

  LendingTurns(Peer peer) {
    this.peer = peer;
  }

  /** It has something to send. */
  void add(Lending lending) {
    if (!ready.contains(lending)) {
      ready.add(lending);
    }
    send();
  }

  void remove(Lending lending) {
    ready.remove(lending);
  }

  private void send() {
    if (sending) {
      return;
    }
    sending = true;
    while (!closed && outBytes < MOST_OUT_BYTES && !ready.isEmpty()) {
      Lending next = ready.remove();
      if (next.hasPiece()) {
        send(next);
      }
    }
    sending = false;
  }

  private void send(Lending lending) {
    int[] length = new int[1];
    Lending.Piece piece = lending.nextPiece(() -> gone(length[0]));
    length[0] = piece.bytes();
    outBytes += piece.bytes();
    if (lending.hasPiece()) {
      ready.add(lending);
    }
    peer.send(piece.reply());
  }

  private void gone(int bytes) {
    outBytes -= bytes;
    send();
  }

  /** Sends nothing more. */
  void close() {
    closed = true;
    ready.clear();
  }
}
