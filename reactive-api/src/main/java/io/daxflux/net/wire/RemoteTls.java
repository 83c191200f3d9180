package io.daxflux.net.wire;

import io.daxflux.net.serve.TlsContext;
import io.netty.handler.ssl.JdkSslContext;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client trusts, and proves itself with: PEM files, read when it is opened. The server's
 * certificate must name the host that was connected to.
 *
 * @param authorities whose certificates the server must have
 * @param certificates the client's certificate, and those that it was signed with; null where the
 *     server asks for none
 * @param key its private key, PKCS #8, not encrypted; null as well then
 */
public record RemoteTls(Path authorities, @Nullable Path certificates, @Nullable Path key) {
  /** Checks that there is all there has to be. */
  public RemoteTls {
    Objects.requireNonNull(authorities, "authorities");
    if ((certificates == null) != (key == null)) {
      throw new IllegalArgumentException("TLS: expected a certificate and its key, or neither");
    }
  }

  /** For servers that ask for no certificate. */
  public static RemoteTls trusting(Path authorities) {
    return new RemoteTls(authorities, null, null);
  }

  /** The same, for servers that ask for a certificate. */
  public RemoteTls showing(Path certificates, Path key) {
    return new RemoteTls(authorities, certificates, key);
  }

  /**
   * TLS of these files, for clients that have sockets of their own: it does not look at the name of
   * the host, unless they ask for that. Reads the files, which blocks.
   *
   * @throws IllegalArgumentException where a file is missing, or has not what it should
   */
  public SSLContext context() {
    return ((JdkSslContext) TlsContext.ofClient(authorities, certificates, key)).context();
  }
}
