package io.daxflux.net;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server proves itself with, and whom it trusts: PEM files, read once, when it is bound.
 *
 * @param certificates the server's certificate, and those that it was signed with
 * @param key its private key, PKCS #8, not encrypted
 * @param clientAuthorities whose certificates clients must have; null where clients need none
 */
public record TlsFiles(Path certificates, Path key, @Nullable Path clientAuthorities) {
  /** Checks that there is all there has to be. */
  public TlsFiles {
    Objects.requireNonNull(certificates, "certificates");
    Objects.requireNonNull(key, "key");
  }

  /** TLS for clients that need no certificate. */
  public static TlsFiles of(Path certificates, Path key) {
    return new TlsFiles(certificates, key, null);
  }

  /** The same, for clients with a certificate of one of these authorities alone. */
  public TlsFiles requiring(Path authorities) {
    return new TlsFiles(certificates, key, authorities);
  }
}
