package io.daxflux.net.resp;

import java.util.OptionalLong;

/** Commands on the connection itself. */
final class ConnectionCommands {
  private static final int LEAST_VERSION = 2;
  private static final int MOST_VERSION = 3;

  private ConnectionCommands() {}

  static void ping(Client client, Request request) {
    switch (request.words().size()) {
      case 1 -> client.say(writer -> writer.status("PONG"));
      case 2 -> client.say(writer -> writer.bulk(request.word(1)));
      default -> throw Errors.argumentCount("ping");
    }
  }

  static void echo(Client client, Request request) {
    client.say(writer -> writer.bulk(request.word(1)));
  }

  static void select(Client client, Request request) {
    if (request.integer(1) != 0) {
      throw new CommandException("ERR DB index is out of range");
    }
    ok(client);
  }

  static void quit(Client client, Request request) {
    ok(client);
    client.connection.end();
  }

  /** What a browser sends that was led here: no client of Redis begins like this. */
  static void browser(Client client, Request request) {
    client.connection.noteMalformed("expected a client of Redis, found one of HTTP");
    client.connection.end();
  }

  static void reset(Client client, Request request) {
    client.reset();
    client.say(writer -> writer.status("RESET"));
  }

  private static void ok(Client client) {
    client.say(writer -> writer.status("OK"));
  }

  // --- Who it is

  static void auth(Client client, Request request) {
    switch (request.words().size()) {
      case 2 -> {
        if (client.secret() == null) {
          throw new CommandException(
              "ERR AUTH <password> called without any password configured for the default user."
                  + " Are you sure your configuration is correct?");
        }
        client.admit("default", request.word(1));
      }
      case 3 -> client.admit(request.text(1), request.word(2));
      default -> throw Errors.syntax();
    }
    ok(client);
  }

  static void hello(Client client, Request request) {
    long version = request.has(1) ? version(request.word(1)) : client.version();
    int i = 2;
    while (request.has(i)) {
      if (request.option(i).equals("AUTH") && request.has(i + 2)) {
        client.admit(request.text(i + 1), request.word(i + 2));
        i += 3;
      } else if (request.option(i).equals("SETNAME") && request.has(i + 1)) {
        client.identity.rename(request.word(i + 1));
        i += 2;
      } else {
        throw new CommandException("ERR Syntax error in HELLO option '" + request.text(i) + "'");
      }
    }
    if (!client.isAdmitted()) {
      throw new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");
    }
    client.speak(version);
    client.say(
        writer ->
            writer
                .map(7)
                .bulk("server")
                .bulk("redis")
                .bulk("version")
                .bulk(RespProtocol.REDIS_VERSION)
                .bulk("proto")
                .integer(version)
                .bulk("id")
                .integer(client.identity.id)
                .bulk("mode")
                .bulk("standalone")
                .bulk("role")
                .bulk("master")
                .bulk("modules")
                .array(0));
  }

  private static long version(byte[] word) {
    OptionalLong version = Decimal.parse(word);
    if (version.isEmpty()) {
      throw new CommandException("ERR Protocol version is not an integer or out of range");
    }
    if (version.getAsLong() < LEAST_VERSION || version.getAsLong() > MOST_VERSION) {
      throw new CommandException("NOPROTO unsupported protocol version");
    }
    return version.getAsLong();
  }

  // --- CLIENT

  static void clientId(Client client, Request request) {
    client.say(writer -> writer.integer(client.identity.id));
  }

  static void clientGetName(Client client, Request request) {
    String name = client.identity.name();
    client.say(writer -> writer.bulkOrNothing(name));
  }

  static void clientSetName(Client client, Request request) {
    client.identity.rename(request.word(2));
    ok(client);
  }

  static void clientSetInfo(Client client, Request request) {
    switch (request.option(2)) {
      case "LIB-NAME" -> client.identity.nameLibrary(request.word(3));
      case "LIB-VER" -> client.identity.nameLibraryVersion(request.word(3));
      default -> throw new CommandException("ERR Unrecognized option '" + request.text(2) + "'");
    }
    ok(client);
  }

  /** For what would change nothing here: clients are neither evicted nor do they age values. */
  static void clientSwitch(Client client, Request request) {
    switch (request.option(2)) {
      case "ON", "OFF" -> ok(client);
      default -> throw Errors.syntax();
    }
  }

  static void clientInfo(Client client, Request request) {
    String line = client.identity.describe(client.version());
    client.say(writer -> writer.verbatim(line + "\n"));
  }
}
