package io.daxflux.net.lm;

import io.daxflux.net.serve.Connection;
import io.daxflux.net.serve.Dialect;
import io.daxflux.net.serve.Protocol;

/** LMCache's protocol of 186 bytes a request. */
final class LmProtocol implements Protocol {
  @Override
  public String scheme() {
    return "lm";
  }

  @Override
  public Dialect open(Connection connection) {
    return new LmDialect(connection);
  }
}
