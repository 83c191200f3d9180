package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects as a server's clients do: encrypted where an authority is named. */
final class PingTls {
  private static final char[] NO_PASSWORD = {};

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Encrypts, and trusts a server that these authorities have signed, PEM.")
  @Nullable Path authorities;

  @Mixin CertificateOptions identity = new CertificateOptions();

  Socket connect(HostPort at, int timeoutMs) throws IOException {
    SSLContext tls = authorities == null ? null : context(authorities);
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(at.host(), at.port()), timeoutMs);
      socket.setSoTimeout(timeoutMs);
      return tls == null ? socket : encrypted(tls, socket, at);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  private static Socket encrypted(SSLContext tls, Socket socket, HostPort at) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, at.host(), at.port(), true);
    SSLParameters wishes = encrypted.getSSLParameters();
    wishes.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(wishes);
    encrypted.startHandshake();
    return encrypted;
  }

  private SSLContext context(Path authorities) {
    try {
      KeyStore trusted = empty();
      for (Certificate authority : certificates("--tls-ca", authorities)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyStore own = empty();
      if (identity.areNamed()) {
        Collection<? extends Certificate> chain = certificates("--tls-cert", identity.certificates);
        own.setKeyEntry(
            "own", privateKey(identity.key), NO_PASSWORD, chain.toArray(Certificate[]::new));
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalArgumentException(
          "TLS: expected files that fit each other, found " + fault(failure), failure);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(String option, Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem);
    } catch (GeneralSecurityException | IOException bad) {
      throw new ConfigException(option, "certificates in PEM", fault(bad));
    }
  }

  private static PrivateKey privateKey(Path file) {
    try {
      String text = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
      try {
        return KeyFactory.getInstance("EC").generatePrivate(spec);
      } catch (InvalidKeySpecException otherKind) {
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException bad) {
      throw new ConfigException("--tls-key", "a key in PEM, PKCS #8, EC or RSA", fault(bad));
    }
  }

  private static String fault(Exception bad) {
    return bad instanceof NoSuchFileException ? "no file" : "a fault: " + bad.getMessage();
  }
}
