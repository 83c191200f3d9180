package io.daxflux.net.serve;

import io.daxflux.net.TlsFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** Makes TLS of PEM files. */
final class TlsContext {
  private TlsContext() {}

  /**
   * Reads the files. Blocks.
   *
   * @throws IllegalArgumentException where one is missing, or has not what it should
   */
  static SslContext of(TlsFiles files) {
    requireReadable("TLS certificates", files.certificates());
    requireReadable("TLS key", files.key());
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(files.certificates().toFile(), files.key().toFile())
              .sslProvider(SslProvider.JDK);
      Path authorities = files.clientAuthorities();
      if (authorities != null) {
        requireReadable("TLS client authorities", authorities);
        builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (SSLException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "TLS: expected PEM files, the key PKCS #8 without a password, found "
              + files
              + ": "
              + unreadable.getMessage(),
          unreadable);
    }
  }

  private static void requireReadable(String what, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          what + ": expected a file that can be read, found " + file);
    }
  }
}
