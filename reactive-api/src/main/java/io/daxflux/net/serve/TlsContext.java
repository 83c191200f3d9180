package io.daxflux.net.serve;

import io.daxflux.config.ConfigException;
import io.daxflux.net.TlsFiles;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JDK's TLS of PEM files. Methods read them, which blocks, and throw {@link
 * ConfigException}, which says which, where one is missing, or has not what it should.
 */
public final class TlsContext {
  private TlsContext() {}

  /** A server's. */
  static SslContext of(TlsFiles files) {
    requireCertificates("certificates", files.certificates());
    SslContextBuilder builder =
        withKey(
            files.key(),
            key -> SslContextBuilder.forServer(files.certificates().toFile(), key.toFile()));
    Path authorities = files.clientAuthorities();
    if (authorities != null) {
      requireCertificates("client authorities", authorities);
      builder.trustManager(authorities.toFile()).clientAuth(ClientAuth.REQUIRE);
    }
    return built(builder);
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
    requireCertificates("authorities", authorities);
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .endpointIdentificationAlgorithm("HTTPS")
            .trustManager(authorities.toFile());
    if (certificates != null && key != null) {
      requireCertificates("certificates", certificates);
      var _ = withKey(key, own -> builder.keyManager(certificates.toFile(), own.toFile()));
    }
    return built(builder);
  }

  private static SslContext built(SslContextBuilder builder) {
    try {
      return builder.sslProvider(SslProvider.JDK).build();
    } catch (SSLException | IllegalArgumentException refused) {
      throw fault("", "files that fit each other", String.valueOf(refused.getMessage()), refused);
    }
  }

  private static void requireCertificates(String what, Path file) {
    requireReadable(what, file);
    try {
      var _ = SslContextBuilder.forClient().trustManager(file.toFile());
    } catch (IllegalArgumentException bad) {
      throw fault(" " + what, "certificates in PEM", "none in " + file, bad);
    }
  }

  /** Hands on a key beside certificates that are known to be good. */
  private static SslContextBuilder withKey(Path key, Function<Path, SslContextBuilder> taker) {
    requireReadable("key", key);
    try {
      return taker.apply(key);
    } catch (IllegalArgumentException bad) {
      throw fault(" key", "PKCS #8 in PEM, without a password", "none in " + key, bad);
    }
  }

  private static void requireReadable(String what, Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigException("TLS " + what, "a file that can be read", file.toString());
    }
  }

  private static ConfigException fault(
      String what, String expected, String found, Exception cause) {
    ConfigException fault = new ConfigException("TLS" + what, expected, found);
    fault.initCause(cause);
    return fault;
  }
}
