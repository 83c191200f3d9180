package io.daxflux.net.resp;

import io.daxflux.net.resp.Command.Handler;
import io.daxflux.net.resp.Command.PayloadPlaces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All commands there are. Immutable. */
final class CommandTable {
  private static final int MOST_NAME_BYTES = 64;

  /** The flags of what clients may ask for before they have named the password. */
  private static final String STRANGERS = "noscript loading stale fast no_auth allow_busy";

  private final Map<String, Command> commands = new TreeMap<>();

  /** No commands, and answered as such: what closes the connection of a browser. */
  private final Map<String, Command> traps = new TreeMap<>();

  CommandTable(RespOptions options) {
    addStrings();
    addKeys();
    addConnection();
    addServer(options);
    trap("post");
    trap("host:");
  }

  private void addStrings() {
    add(
        Command.of("get", 2, StringCommands::get)
            .withFacts(facts("string", "1.0.0", "Get the value of a key", "readonly fast", 1, 1)));
    add(
        Command.of("mget", -2, StringCommands::mget)
            .withFacts(
                facts(
                    "string",
                    "1.0.0",
                    "Get the values of all the given keys",
                    "readonly fast",
                    1,
                    -1)));
    add(
        Command.of("set", -3, SetCommands::set)
            .withPayloads(PayloadPlaces.BEHIND_THE_KEY)
            .withFacts(
                facts("string", "1.0.0", "Set the string value of a key", "write denyoom", 1, 1)));
    add(
        Command.of("mset", -3, SetCommands::mset)
            .withPayloads(PayloadPlaces.BEHIND_EACH_KEY)
            .withFacts(
                new CommandFacts(
                    "string",
                    "1.0.1",
                    "Set multiple keys to multiple values",
                    List.of("write", "denyoom"),
                    1,
                    -1,
                    2)));
    add(
        Command.of("strlen", 2, StringCommands::strlen)
            .withFacts(
                facts(
                    "string",
                    "2.2.0",
                    "Get the length of the value stored in a key",
                    "readonly fast",
                    1,
                    1)));
    add(
        Command.of("getrange", 4, StringCommands::getrange)
            .withFacts(
                facts(
                    "string",
                    "2.4.0",
                    "Get a substring of the string stored at a key",
                    "readonly",
                    1,
                    1)));
  }

  private void addKeys() {
    addKey("exists", -2, KeyCommands::exists, "readonly fast", "Determine if a key exists", -1);
    addKey("del", -2, KeyCommands::del, "write", "Delete a key", -1);
    addKey("unlink", -2, KeyCommands::del, "write fast", "Delete a key", -1);
    addKey("type", 2, KeyCommands::type, "readonly fast", "Determine the type of a key", 1);
    addKey("ttl", 2, ExpiryCommands::ttl, "readonly fast", "Get the time to live in seconds", 1);
    addKey("pttl", 2, ExpiryCommands::pttl, "readonly fast", "Get the time to live in ms", 1);
    addKey(
        "expire", -3, ExpiryCommands::expire, "write fast", "Set the time to live in seconds", 1);
    addKey("pexpire", -3, ExpiryCommands::pexpire, "write fast", "Set the time to live in ms", 1);
    addKey("persist", 2, ExpiryCommands::persist, "write fast", "Remove the expiry of a key", 1);
    add(
        Command.of("scan", -2, KeyCommands::scan)
            .withFacts(facts("generic", "2.8.0", "Iterate the keys", "readonly", 0, 0)));
  }

  private void addKey(
      String name, int arity, Handler handler, String flags, String summary, int lastKey) {
    add(
        Command.of(name, arity, handler)
            .withFacts(facts("generic", "1.0.0", summary, flags, 1, lastKey)));
  }

  private void addConnection() {
    addPlain("ping", -1, ConnectionCommands::ping, "connection", "fast", "Ping the server");
    addPlain("echo", 2, ConnectionCommands::echo, "connection", "fast", "Echo a string");
    addPlain("select", 2, ConnectionCommands::select, "connection", "fast", "Change the database");
    addPlain("auth", -2, ConnectionCommands::auth, "connection", STRANGERS, "Authenticate");
    addPlain(
        "hello", -1, ConnectionCommands::hello, "connection", STRANGERS, "Begin with a version");
    addPlain("quit", -1, ConnectionCommands::quit, "connection", STRANGERS, "Close");
    addPlain("reset", 1, ConnectionCommands::reset, "connection", STRANGERS, "Begin anew");
    add(
        Command.family(
                "client",
                Command.of("client|id", 2, ConnectionCommands::clientId),
                Command.of("client|info", 2, ConnectionCommands::clientInfo),
                Command.of("client|getname", 2, ConnectionCommands::clientGetName),
                Command.of("client|setname", 3, ConnectionCommands::clientSetName),
                Command.of("client|setinfo", 4, ConnectionCommands::clientSetInfo),
                Command.of("client|no-evict", 3, ConnectionCommands::clientSwitch),
                Command.of("client|no-touch", 3, ConnectionCommands::clientSwitch))
            .withFacts(facts("connection", "2.4.0", "Say who the client is", "", 0, 0)));
  }

  private void addServer(RespOptions options) {
    addPlain("info", -1, ServerCommands::info, "server", "loading stale", "Tell about the server");
    addPlain("dbsize", 1, KeyCommands::dbsize, "server", "readonly fast", "Count the keys");
    if (options.flushAllowed()) {
      addPlain("flushdb", -1, KeyCommands::flushdb, "server", "write", "Remove all keys");
    }
    add(
        Command.family("config", Command.of("config|get", -3, ServerCommands::configGet))
            .withFacts(facts("server", "2.0.0", "Tell what the server was told", "", 0, 0)));
    add(
        new Command(
            "command",
            -1,
            ServerCommands::commandAll,
            PayloadPlaces.NONE,
            facts("server", "2.8.13", "Tell about the commands", "loading stale", 0, 0),
            Command.family(
                    "command",
                    Command.of("command|count", 2, ServerCommands::commandCount),
                    Command.of("command|list", 2, ServerCommands::commandList),
                    Command.of("command|info", -2, ServerCommands::commandInfo),
                    Command.of("command|docs", -2, ServerCommands::commandDocs))
                .subcommands()));
  }

  private void addPlain(
      String name, int arity, Handler handler, String group, String flags, String summary) {
    add(Command.of(name, arity, handler).withFacts(facts(group, "1.0.0", summary, flags, 0, 0)));
  }

  private static CommandFacts facts(
      String group, String since, String summary, String flags, int firstKey, int lastKey) {
    return new CommandFacts(
        group,
        since,
        summary,
        flags.isEmpty() ? List.of() : List.of(flags.split(" ")),
        firstKey,
        lastKey,
        firstKey == 0 ? 0 : 1);
  }

  private void add(Command command) {
    commands.put(command.name(), command);
  }

  private void trap(String name) {
    traps.put(
        name,
        Command.of(name, -1, ConnectionCommands::browser)
            .withFacts(facts("", "", "", "no_auth", 0, 0)));
  }

  /** All of them, by their names. */
  List<Command> all() {
    return List.copyOf(commands.values());
  }

  /** The command of this name, whatever its case, or null. */
  @Nullable Command find(byte[] name) {
    if (name.length > MOST_NAME_BYTES) {
      return null;
    }
    String lower = new String(name, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    Command command = commands.get(lower);
    return command == null ? traps.get(lower) : command;
  }
}
