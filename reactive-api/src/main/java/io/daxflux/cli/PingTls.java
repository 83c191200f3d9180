package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.net.wire.RemoteTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects as a server's clients do: encrypted where an authority is named. */
final class PingTls {
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Encrypts, and trusts a server that these authorities have signed, PEM.")
  @Nullable Path authorities;

  @Mixin CertificateOptions identity = new CertificateOptions();

  Socket connect(HostPort at, int timeoutMs) throws IOException {
    SSLContext tls = context();
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("an unknown host");
      }
      socket.connect(address, timeoutMs);
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

  private @Nullable SSLContext context() {
    boolean named = identity.areNamed();
    if (authorities == null) {
      if (named) {
        throw new ConfigException("--tls-ca", "the authorities beside the other files", "none");
      }
      return null;
    }
    RemoteTls files = RemoteTls.trusting(authorities);
    return OptionNames.of(
        (named ? files.showing(identity.certificates, identity.key) : files)::context);
  }
}
