package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.net.Secret;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.TlsFiles;
import io.daxflux.net.lm.LmServer;
import io.daxflux.net.resp.RespOptions;
import io.daxflux.net.resp.RespServer;
import io.daxflux.net.wire.WireLimits;
import io.daxflux.net.wire.WireServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which protocols are served where, to whom, and how much of them a client may take. */
final class ListenOptions {
  /** What the command calls them. */
  static final String MIXIN = "listening";

  @Option(
      names = "--lm",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Serves LMCache's lm:// there. Port 0 is one that is free.")
  @Nullable HostPort lm;

  @Option(
      names = "--resp",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Serves Redis clients there.")
  @Nullable HostPort resp;

  @Option(
      names = "--wire",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Serves Java programs there, by RemoteChunkStore.")
  @Nullable HostPort wire;

  @Option(
      names = "--allow-flush",
      description = "Lets Redis clients remove all chunks at once (FLUSHDB).")
  boolean flushAllowed;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the password that clients of --resp and --wire must know.")
  @Nullable Path passwordFile;

  @Mixin CertificateOptions tlsIdentity = new CertificateOptions();

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description = "Lets in only clients with a certificate of these authorities, PEM.")
  @Nullable Path tlsClientAuthorities;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = Quantity.Count.class,
      description = "Connections at a time of each protocol. Default: 10000.")
  @Nullable Integer mostConnections;

  @Option(
      names = "--max-value",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description = "The longest chunk that is taken. Default: 1GiB.")
  @Nullable Long mostBodyBytes;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "Closes connections without a request for so long. Default: 0s, never.")
  @Nullable Duration idleTimeout;

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take to send a request. Default: 2min.")
  @Nullable Duration requestTimeout;

  @Option(
      names = "--write-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take nothing of a reply. Default: 1min.")
  @Nullable Duration writeTimeout;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description =
          "How long requests under way may take once the server is to stop. Default: 10s.")
  Duration drain = Duration.ofSeconds(10);

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description =
          "Written when everything listens, with the address of each server in a line; removed when"
              + " the server stops.")
  @Nullable Path readyFile;

  /**
   * The servers that were asked for, at least one. Throws {@link ConfigException}.
   *
   * @param store how the store is configured that they will serve; asked when they bind
   */
  List<Listener> listeners(Supplier<DaxfluxConfig> store) {
    List<Listener> listeners = new ArrayList<>();
    Secret secret = passwordFile == null ? null : PasswordFile.read(passwordFile);
    if (lm != null) {
      listeners.add(new Listener("--lm", lm, options(lm, null), LmServer::bind));
    }
    if (resp != null) {
      RespOptions allowed = RespOptions.DEFAULTS.withFlush(flushAllowed);
      listeners.add(
          new Listener(
              "--resp",
              resp,
              options(resp, secret),
              (served, options) -> RespServer.bind(served, options, allowed)));
    }
    if (wire != null) {
      listeners.add(
          new Listener(
              "--wire",
              wire,
              options(wire, secret),
              (served, options) -> WireServer.bind(served, options, WireLimits.of(store.get()))));
    }
    if (listeners.isEmpty()) {
      throw new ConfigException("serve", "at least one of --lm, --resp and --wire", "none");
    }
    if (secret != null) {
      checkSecret();
    }
    return listeners;
  }

  /** Who asks for a password must not be left with a door that is open without one. */
  private void checkSecret() {
    if (resp == null && wire == null) {
      throw new ConfigException(
          "--password-file", "a server that asks for one (--resp or --wire)", "none");
    }
    if (lm != null && tlsClientAuthorities == null && !lm.isLoopback()) {
      throw new ConfigException(
          "--lm",
          "a loopback address or --tls-client-ca beside --password-file, for lm:// has no word for"
              + " a password",
          lm.toString());
    }
  }

  private ServerOptions options(HostPort at, @Nullable Secret secret) {
    ServerOptions.Builder options =
        ServerOptions.builder().listenOn(at.host(), at.port()).tls(tls()).secret(secret);
    if (mostConnections != null) {
      options.mostConnections(mostConnections);
    }
    if (mostBodyBytes != null) {
      options.mostBodyBytes(mostBodyBytes);
    }
    if (idleTimeout != null) {
      options.idleTimeout(idleTimeout);
    }
    if (requestTimeout != null) {
      options.requestTimeout(requestTimeout);
    }
    if (writeTimeout != null) {
      options.writeTimeout(writeTimeout);
    }
    return OptionNames.of(options::build);
  }

  private @Nullable TlsFiles tls() {
    if (!tlsIdentity.areNamed()) {
      if (tlsClientAuthorities != null) {
        throw new ConfigException("--tls-cert", "a certificate beside the other files", "none");
      }
      return null;
    }
    TlsFiles files = TlsFiles.of(tlsIdentity.certificates, tlsIdentity.key);
    return tlsClientAuthorities == null ? files : files.requiring(tlsClientAuthorities);
  }
}
