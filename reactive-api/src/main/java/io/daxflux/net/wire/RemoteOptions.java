package io.daxflux.net.wire;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is served, and what its client may take. Immutable; {@link #builder} has the
 * defaults.
 *
 * @param host the server's name or address
 * @param port its port
 * @param tls what the connection is encrypted with; null for not at all
 * @param secret what the server wants to be told; null for nothing
 * @param outputBudgetBytes how much memory restored and borrowed chunks may take here
 * @param blockBytes the unit of that memory
 * @param connectTimeout how long connecting may take
 * @param keepAlive how often a server that is silent is asked whether it is there; after twice that
 *     it is taken to be gone
 * @param restoreWait how long a stream waits for memory that others hold
 * @param closeGrace how long requests under way are given when the store is closed
 */
public record RemoteOptions(
    String host,
    int port,
    @Nullable RemoteTls tls,
    @Nullable String secret,
    long outputBudgetBytes,
    int blockBytes,
    Duration connectTimeout,
    Duration keepAlive,
    Duration restoreWait,
    Duration closeGrace) {
  /** Checks every value. */
  public RemoteOptions {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: expected 1 to 65535, found " + port);
    }
    if (blockBytes < 512 || Integer.bitCount(blockBytes) != 1) {
      throw new IllegalArgumentException(
          "block bytes: expected a power of two from 512 on, found " + blockBytes);
    }
    if (outputBudgetBytes < blockBytes) {
      throw new IllegalArgumentException(
          "output budget: expected at least a block of "
              + blockBytes
              + " bytes, found "
              + outputBudgetBytes);
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("keepAlive", keepAlive);
    requirePositive("restoreWait", restoreWait);
    if (closeGrace.isNegative()) {
      throw new IllegalArgumentException("closeGrace: expected at least 0, found " + closeGrace);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          name + ": expected a duration greater than 0, found " + value);
    }
  }

  /** The defaults: 5 GiB of output memory in blocks of 64 KiB, not encrypted, no secret. */
  public static Builder builder(String host, int port) {
    return new Builder(host, port);
  }

  /** Address, and nothing secret. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  /** Sets what is to differ from the defaults. */
  public static final class Builder {
    private final String host;
    private final int port;
    private @Nullable RemoteTls tls;
    private @Nullable String secret;
    private long outputBudgetBytes = 5L << 30;
    private int blockBytes = 64 << 10;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration keepAlive = Duration.ofSeconds(15);
    private Duration restoreWait = Duration.ofSeconds(30);
    private Duration closeGrace = Duration.ofSeconds(5);

    private Builder(String host, int port) {
      this.host = host;
      this.port = port;
    }

    /** Encrypts; null for not. */
    public Builder tls(@Nullable RemoteTls files) {
      this.tls = files;
      return this;
    }

    /** Sets what the server is told; null for nothing. */
    public Builder secret(@Nullable String text) {
      this.secret = text;
      return this;
    }

    /** Sets how much memory restored chunks may take. */
    public Builder outputBudgetBytes(long bytes) {
      this.outputBudgetBytes = bytes;
      return this;
    }

    /** Sets the unit of that memory. */
    public Builder blockBytes(int bytes) {
      this.blockBytes = bytes;
      return this;
    }

    /** Sets how long connecting may take. */
    public Builder connectTimeout(Duration time) {
      this.connectTimeout = time;
      return this;
    }

    /** Sets how often a silent server is asked whether it is there. */
    public Builder keepAlive(Duration time) {
      this.keepAlive = time;
      return this;
    }

    /** Sets how long a stream waits for memory that others hold. */
    public Builder restoreWait(Duration time) {
      this.restoreWait = time;
      return this;
    }

    /** Sets how long requests under way are given at close. */
    public Builder closeGrace(Duration time) {
      this.closeGrace = time;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException where a value is out of its range
     */
    public RemoteOptions build() {
      return new RemoteOptions(
          host,
          port,
          tls,
          secret,
          outputBudgetBytes,
          blockBytes,
          connectTimeout,
          keepAlive,
          restoreWait,
          closeGrace);
    }
  }
}
