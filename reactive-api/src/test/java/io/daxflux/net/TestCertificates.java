package io.daxflux.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates that sign themselves, made by the JDK's keytool. */
public final class TestCertificates {
  private static final char[] PASSWORD = "test-only".toCharArray();
  private static final String ALIAS = "it";

  private final Path folder;

  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** A certificate of this name, with its key. */
  public Identity make(String name) {
    Path store = folder.resolve(name + ".p12");
    run(
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        new String(PASSWORD));
    try (InputStream bytes = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(bytes, PASSWORD);
      Path certificate = pem(name + ".crt", "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
      Path key = pem(name + ".key", "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
      return new Identity(keys, certificate, key);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Path pem(String file, String what, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static void run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * A certificate and its key.
   *
   * @param keys both, as the JDK keeps them
   * @param certificate as PEM
   * @param key as PEM
   */
  public record Identity(KeyStore keys, Path certificate, Path key) {
    /** What a client has that trusts this one; and who it is, or null for nobody. */
    SSLContext trustedBy(@Nullable Identity client) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
            client == null ? null : client.keyManagers().getKeyManagers(),
            trust().getTrustManagers(),
            null);
        return context;
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }

    /** Trust in this one, and nobody else. */
    public TrustManagerFactory trust() {
      try {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("server", keys.getCertificate(ALIAS));
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }

    /** What this one proves itself with. */
    public KeyManagerFactory keyManagers() {
      try {
        KeyManagerFactory own =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        return own;
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
