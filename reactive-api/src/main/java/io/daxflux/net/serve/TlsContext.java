package io.daxflux.net.serve;

import io.daxflux.net.TlsFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JDK's TLS of PEM files. Methods read them, which blocks, and throw {@link
 * IllegalArgumentException} where one is missing, or has not what it should.
 */
public final class TlsContext {
  private TlsContext() {}

  /** A server's. */
  static SslContext of(TlsFiles files) {
    requireReadable("certificates", files.certificates());
    requireReadable("key", files.key());
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(files.certificates().toFile(), files.key().toFile());
      Path authorities = files.clientAuthorities();
      if (authorities != null) {
        requireReadable("client authorities", authorities);
        builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.sslProvider(SslProvider.JDK).build();
    } catch (SSLException | IllegalArgumentException unreadable) {
      throw unreadable(files, unreadable);
    }
  }

  /**
   * A client's, which wants the server's certificate to name the host.
   *
   * @param authorities whose certificates it trusts
   * @param certificates what it proves itself with, or null
   * @param key theirs; null as well then
   */
  public static SslContext ofClient(
      Path authorities, @Nullable Path certificates, @Nullable Path key) {
    requireReadable("authorities", authorities);
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .endpointIdentificationAlgorithm("HTTPS")
              .trustManager(authorities.toFile());
      if (certificates != null && key != null) {
        requireReadable("certificates", certificates);
        requireReadable("key", key);
        builder.keyManager(certificates.toFile(), key.toFile());
      }
      return builder.sslProvider(SslProvider.JDK).build();
    } catch (SSLException | IllegalArgumentException unreadable) {
      throw unreadable(authorities, unreadable);
    }
  }

  private static IllegalArgumentException unreadable(Object files, Exception cause) {
    return new IllegalArgumentException(
        "TLS: expected PEM files, the key PKCS #8 without a password, found "
            + files
            + ": "
            + cause.getMessage(),
        cause);
  }

  private static void requireReadable(String what, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "TLS " + what + ": expected a file that can be read, found " + file);
    }
  }
}
