package io.daxflux.net.serve;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of one client: counted, and a line in the server's log that begins with the
 * client. No part of a line may be secret. Any thread.
 */
final class ClientLog {
  private final ServerParts parts;
  private final ClientChannel channel;

  ClientLog(ServerParts parts, ClientChannel channel) {
    this.parts = parts;
    this.channel = channel;
  }

  void warn(String line) {
    parts.log().warn(this + ": " + line);
  }

  /** The client has sent what is no request. */
  void malformed(String what) {
    parts.tally().malformed();
    warn(what);
  }

  /** The client has named a secret that is not right. */
  void wrongSecret() {
    parts.tally().wrongSecret();
    warn("expected the secret, found another");
  }

  /** The client has not done in time what it should. */
  void late(String what) {
    parts.tally().timeout();
    debug(what);
  }

  /** The software has failed. */
  void failure(String what, Throwable failure) {
    parts.log().failure(this + ": " + what, failure);
  }

  /** The connection cannot go on. */
  void broken(Throwable cause) {
    switch (cause) {
      case IOException gone -> debug(gone.getMessage());
      case DecoderException unreadable ->
          malformed("TLS: expected a handshake, found " + described(unreadable));
      default -> failure("failed", cause);
    }
  }

  /** Other messages quote what the client has sent, which may be a secret. */
  private static String described(DecoderException unreadable) {
    Throwable cause = unreadable.getCause();
    return cause instanceof SSLHandshakeException refused
        ? String.valueOf(refused.getMessage())
        : (cause == null ? unreadable : cause).getClass().getSimpleName();
  }

  private void debug(@Nullable String line) {
    parts.log().debug(this + ": " + line);
  }

  /** Protocol and address of the client. */
  @Override
  public String toString() {
    return parts.protocol().scheme() + " client " + channel.remoteAddress();
  }
}
