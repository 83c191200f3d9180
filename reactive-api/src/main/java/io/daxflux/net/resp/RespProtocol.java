package io.daxflux.net.resp;

import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all Redis clients of a server share. Thread-safe. */
final class RespProtocol implements Protocol {
  /** The Redis that this behaves like; clients decide by it what to ask for. */
  static final String REDIS_VERSION = "7.0.15";

  private final CommandTable commands;
  private final InstantSource clock;
  private final long startedMs;
  private final AtomicLong clients = new AtomicLong();
  private final AtomicInteger openClients = new AtomicInteger();

  RespProtocol(RespOptions options, InstantSource clock) {
    this.commands = new CommandTable(options);
    this.clock = clock;
    this.startedMs = clock.millis();
  }

  @Override
  public String scheme() {
    return "resp";
  }

  @Override
  public Dialect open(Connection connection) {
    openClients.incrementAndGet();
    return new RespDialect(new Client(connection, this, clients.incrementAndGet()));
  }

  @Override
  public ByteBuf refusal() {
    return Unpooled.copiedBuffer(
        "-ERR max number of clients reached\r\n", StandardCharsets.US_ASCII);
  }

  void left() {
    openClients.decrementAndGet();
  }

  int openClients() {
    return openClients.get();
  }

  CommandTable commands() {
    return commands;
  }

  /** Milliseconds of the epoch, by the store's clock. */
  long nowMs() {
    return clock.millis();
  }

  long upMs() {
    return nowMs() - startedMs;
  }
}
