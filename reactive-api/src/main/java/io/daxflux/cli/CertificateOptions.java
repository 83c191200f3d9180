package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one end of a connection proves itself with. */
final class CertificateOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The certificate to show, and those it was signed with, PEM.")
  @Nullable Path certificates;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key, PEM, PKCS #8 without a password.")
  @Nullable Path key;

  /** Whether both are named. One without the other is a {@link ConfigException}. */
  boolean areNamed() {
    if (certificates == null && key == null) {
      return false;
    }
    if (certificates == null) {
      throw new ConfigException("--tls-cert", "a certificate beside the other files", "none");
    }
    if (key == null) {
      throw new ConfigException("--tls-key", "the certificate's private key", "none");
    }
    return true;
  }
}
