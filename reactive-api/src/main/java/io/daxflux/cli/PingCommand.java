package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a server whether it is there. */
@Command(
    name = "ping",
    sortOptions = false,
    description = "Asks a server whether it serves. Exit code 1 where it does not.%n")
final class PingCommand extends Subcommand {
  @Parameters(
      paramLabel = "URL",
      description =
          "The server, such as lm://127.0.0.1:65432, resp://[::1]:6380 or"
              + " daxflux://127.0.0.1:7480.")
  String url = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long it may take to answer. Default: 5s.")
  Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Its first line is the password, for servers that ask for one.")
  @Nullable Path passwordFile;

  @Mixin PingTls tls = new PingTls();

  PingCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run() {
    PingProtocol protocol;
    HostPort at;
    try {
      URI uri = new URI(url);
      protocol = PingProtocol.of(uri.getScheme());
      at = HostPort.parse(String.valueOf(uri.getRawAuthority()));
    } catch (URISyntaxException | IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "URL: expected " + PingProtocol.forms() + ", found '" + url + "'", bad);
    }
    String password = passwordFile == null ? null : PasswordFile.text(passwordFile);
    if (password != null && protocol == PingProtocol.LM) {
      throw new ConfigException("--password-file", "a server that asks for one (not lm://)", url);
    }
    try (Socket socket = tls.connect(at, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE))) {
      String fault = protocol.ask(socket.getInputStream(), socket.getOutputStream(), password);
      if (!fault.isEmpty()) {
        throw new CommandFailure(url + ": expected an answer, found " + fault);
      }
    } catch (IOException failure) {
      throw new CommandFailure(url + ": expected an answer, found: " + text(failure));
    }
    out.println(url + ": alive");
    return 0;
  }

  private static String text(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
