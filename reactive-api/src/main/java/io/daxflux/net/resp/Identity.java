package io.daxflux.net.resp;

import io.daxflux.net.serve.Connection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Who a client is, and says it is. On the connection's event loop. */
final class Identity {
  final long id;
  private final Connection connection;
  private final RespProtocol protocol;
  private final long sinceMs;
  private @Nullable String name;
  private String library = "";
  private String libraryVersion = "";

  Identity(Connection connection, RespProtocol protocol, long id) {
    this.connection = connection;
    this.protocol = protocol;
    this.id = id;
    this.sinceMs = protocol.nowMs();
  }

  /** As it calls itself; null where it has not. */
  @Nullable String name() {
    return name;
  }

  /**
   * Takes a name, or none where it is empty.
   *
   * @throws CommandException where it has what names must not have
   */
  void rename(byte[] word) {
    name = word.length == 0 ? null : requireVisible(word, "Client names");
  }

  void forgetName() {
    name = null;
  }

  /** Takes the name of what it is written with; throws as {@link #rename} does. */
  void nameLibrary(byte[] word) {
    library = requireVisible(word, "lib-name");
  }

  /** Takes the version of that; throws as {@link #rename} does. */
  void nameLibraryVersion(byte[] word) {
    libraryVersion = requireVisible(word, "lib-ver");
  }

  private static String requireVisible(byte[] word, String what) {
    for (byte value : word) {
      if (value < '!' || value > '~') {
        throw new CommandException(
            "ERR " + what + " cannot contain spaces, newlines or special characters.");
      }
    }
    return new String(word, StandardCharsets.ISO_8859_1);
  }

  /** In a line, as CLIENT INFO has it, of a client that speaks this version. */
  String describe(int version) {
    return "id="
        + id
        + " addr="
        + address()
        + " name="
        + (name == null ? "" : name)
        + " age="
        + (protocol.nowMs() - sinceMs) / 1000
        + " db=0 user=default resp="
        + version
        + " lib-name="
        + library
        + " lib-ver="
        + libraryVersion;
  }

  private String address() {
    return connection.remoteAddress() instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
        : "";
  }
}
