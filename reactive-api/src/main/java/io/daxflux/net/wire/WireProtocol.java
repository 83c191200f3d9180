package io.daxflux.net.wire;

import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.Protocol;

/** The store's own protocol, as a server speaks it. */
record WireProtocol(WireLimits limits, long streamLentBytes) implements Protocol {
  /** "DXFW". */
  static final int MAGIC = 0x44584657;

  static final int VERSION = 1;

  @Override
  public String scheme() {
    return "daxflux";
  }

  @Override
  public Dialect open(Connection connection) {
    return new WireDialect(connection, this);
  }
}
