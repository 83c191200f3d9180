package io.daxflux.net;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.config.ConfigException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, whom it lets in, and what it lets them take. Immutable; {@link
 * #builder()} has the defaults.
 *
 * @param host the name or address to listen on
 * @param port the port; 0 for one that is free
 * @param tls what the server proves itself with; null for connections that are not encrypted
 * @param secret what clients must know, in protocols that have a word for it; null for nothing
 * @param eventLoops threads that serve connections
 * @param mostConnections connections at a time; more are closed at once
 * @param mostRequestsUnderWay requests of a connection that are carried out or wait for their reply
 *     to be read; it is not read from while there are as many
 * @param mostBufferedBytes bytes of a connection that were received and are not yet copied into the
 *     store, and bytes of replies that are not chunks; it is not read from beyond that
 * @param mostBufferedBytesInAll bytes of all connections together that were received and are not
 *     yet copied into the store; none is read from beyond that. Half as many may be of requests,
 *     and of replies that are not chunks: beyond that, who has more than 64 KiB is closed
 * @param mostBodyBytes the longest payload; longer ones are received and dropped
 * @param mostHeaderBytes the longest request without its payload
 * @param mostKeyBytes the longest key
 * @param idleTimeout how long a connection may be open without a request; zero for ever
 * @param handshakeTimeout how long a client may take to encrypt and to name the secret
 * @param requestTimeout how long a client may take to send a request with its payload; the time in
 *     which the server does not read does not count
 * @param writeTimeout how long a client may take nothing of a reply that is there, and as how long
 *     again it may take for each 64 MiB of what is there
 */
public record ServerOptions(
    String host,
    int port,
    @Nullable TlsFiles tls,
    @Nullable Secret secret,
    int eventLoops,
    int mostConnections,
    int mostRequestsUnderWay,
    int mostBufferedBytes,
    long mostBufferedBytesInAll,
    long mostBodyBytes,
    int mostHeaderBytes,
    int mostKeyBytes,
    Duration idleTimeout,
    Duration handshakeTimeout,
    Duration requestTimeout,
    Duration writeTimeout) {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Checks every value. */
  public ServerOptions {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new ConfigException("host", "a name or an address", "\"\"");
    }
    requireRange("port", port, 0, 65_535);
    requireRange("eventLoops", eventLoops, 1, 1024);
    requireRange("mostConnections", mostConnections, 1, Integer.MAX_VALUE);
    requireRange("mostRequestsUnderWay", mostRequestsUnderWay, 1, 1 << 16);
    requireRange("mostBufferedBytes", mostBufferedBytes, 1 << 12, 1 << 30);
    requireRange("mostBufferedBytesInAll", mostBufferedBytesInAll, 1 << 12, Long.MAX_VALUE);
    requireRange("mostBodyBytes", mostBodyBytes, 0, ChunkLayout.MAX_BYTES);
    requireRange("mostHeaderBytes", mostHeaderBytes, 1 << 8, 1 << 30);
    requireRange("mostKeyBytes", mostKeyBytes, 1, ChunkKey.MAX_BYTES);
    requireTime("idleTimeout", idleTimeout, true);
    requireTime("handshakeTimeout", handshakeTimeout, false);
    requireTime("requestTimeout", requestTimeout, false);
    requireTime("writeTimeout", writeTimeout, false);
  }

  private static void requireRange(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(name, least + " to " + most, String.valueOf(value));
    }
  }

  private static void requireTime(String name, Duration value, boolean mayBeZero) {
    boolean longEnough = mayBeZero ? !value.isNegative() : value.isPositive();
    if (!longEnough || value.compareTo(LONGEST) > 0) {
      throw new ConfigException(
          name,
          "a duration " + (mayBeZero ? "from 0" : "greater than 0") + " and at most a year",
          value.toString());
    }
  }

  /** The defaults: a free port of the loopback address, without encryption or secret. */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets what is to differ from the defaults. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private @Nullable TlsFiles tls;
    private @Nullable Secret secret;
    private int eventLoops = Math.min(4, Runtime.getRuntime().availableProcessors());
    private int mostConnections = 10_000;
    private int mostRequestsUnderWay = 32;
    private int mostBufferedBytes = 4 << 20;
    // Netty may have as much memory outside of the heap as the heap may have.
    private long mostBufferedBytesInAll =
        Math.min(1 << 30, Math.max(1 << 24, Runtime.getRuntime().maxMemory() / 2));
    private long mostBodyBytes = ChunkLayout.MAX_BYTES;
    private int mostHeaderBytes = 1 << 20;
    private int mostKeyBytes = ChunkKey.MAX_BYTES;
    private Duration idleTimeout = Duration.ZERO;
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofMinutes(2);
    private Duration writeTimeout = Duration.ofMinutes(1);

    private Builder() {}

    /** Sets where to listen. */
    public Builder listenOn(String host, int port) {
      this.host = host;
      this.port = port;
      return this;
    }

    /** Encrypts; null for not. */
    public Builder tls(@Nullable TlsFiles files) {
      this.tls = files;
      return this;
    }

    /** Lets in who knows this; null for everyone. */
    public Builder secret(@Nullable Secret secret) {
      this.secret = secret;
      return this;
    }

    /** Sets the number of threads that serve connections. */
    public Builder eventLoops(int threads) {
      this.eventLoops = threads;
      return this;
    }

    /** Sets how many may be connected at a time. */
    public Builder mostConnections(int most) {
      this.mostConnections = most;
      return this;
    }

    /** Sets how many requests of a connection are under way at a time. */
    public Builder mostRequestsUnderWay(int most) {
      this.mostRequestsUnderWay = most;
      return this;
    }

    /** Sets how many bytes are kept for a connection. */
    public Builder mostBufferedBytes(int most) {
      this.mostBufferedBytes = most;
      return this;
    }

    /** Sets how many bytes are kept for all connections together. */
    public Builder mostBufferedBytesInAll(long most) {
      this.mostBufferedBytesInAll = most;
      return this;
    }

    /** Sets the longest payload. */
    public Builder mostBodyBytes(long most) {
      this.mostBodyBytes = most;
      return this;
    }

    /** Sets the longest request without its payload. */
    public Builder mostHeaderBytes(int most) {
      this.mostHeaderBytes = most;
      return this;
    }

    /** Sets the longest key. */
    public Builder mostKeyBytes(int most) {
      this.mostKeyBytes = most;
      return this;
    }

    /** Sets how long a connection may be open without a request; zero for ever. */
    public Builder idleTimeout(Duration time) {
      this.idleTimeout = time;
      return this;
    }

    /** Sets how long a client may take to encrypt and to name the secret. */
    public Builder handshakeTimeout(Duration time) {
      this.handshakeTimeout = time;
      return this;
    }

    /** Sets how long a client may take to send a request. */
    public Builder requestTimeout(Duration time) {
      this.requestTimeout = time;
      return this;
    }

    /** Sets how long a client may take nothing of a reply. */
    public Builder writeTimeout(Duration time) {
      this.writeTimeout = time;
      return this;
    }

    /**
     * The options.
     *
     * @throws ConfigException where a value is out of its range
     */
    public ServerOptions build() {
      return new ServerOptions(
          host,
          port,
          tls,
          secret,
          eventLoops,
          mostConnections,
          mostRequestsUnderWay,
          mostBufferedBytes,
          mostBufferedBytesInAll,
          mostBodyBytes,
          mostHeaderBytes,
          mostKeyBytes,
          idleTimeout,
          handshakeTimeout,
          requestTimeout,
          writeTimeout);
    }
  }
}
