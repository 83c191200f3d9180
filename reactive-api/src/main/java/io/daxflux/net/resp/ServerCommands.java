package io.daxflux.net.resp;

import io.daxflux.net.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Commands on the server: what it is, and what it was told. */
final class ServerCommands {
  /** How much one request may ask for, which each costs a pattern or a long answer. */
  private static final int MOST_NAMED = 256;

  private ServerCommands() {}

  static void info(Client client, Request request) {
    List<String> sections =
        request.words().stream()
            .skip(1)
            .map(word -> new String(word, StandardCharsets.ISO_8859_1))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    client.answer(
        client.store().status(),
        (writer, status) -> writer.verbatim(new InfoText(client, status).of(sections)));
  }

  static void configGet(Client client, Request request) {
    requireFew(request);
    Map<String, String> known = new TreeMap<>();
    for (int i = 2; request.has(i); i++) {
      known.putAll(matching(client, new String(request.pattern(i), StandardCharsets.ISO_8859_1)));
    }
    client.say(
        writer -> {
          writer.map(known.size());
          known.forEach((name, value) -> writer.bulk(name).bulk(value));
        });
  }

  private static void requireFew(Request request) {
    if (request.has(2 + MOST_NAMED)) {
      throw Errors.tooMany("names", MOST_NAMED);
    }
  }

  /** Whoever asks for one setting gets its name back as it was written. */
  private static Map<String, String> matching(Client client, String asked) {
    String lower = asked.toLowerCase(Locale.ROOT);
    Map<String, String> all = settings(client);
    if (all.containsKey(lower)) {
      return Map.of(asked, all.get(lower));
    }
    Glob glob = new Glob(lower.getBytes(StandardCharsets.ISO_8859_1));
    all.keySet().removeIf(name -> !glob.matches(name.getBytes(StandardCharsets.ISO_8859_1)));
    return all;
  }

  /** What clients look at in a server's configuration, in Redis's terms. */
  private static Map<String, String> settings(Client client) {
    ServerOptions options = client.connection.options();
    Map<String, String> settings = new TreeMap<>();
    settings.put("save", "");
    settings.put("appendonly", "no");
    settings.put("databases", "1");
    settings.put("maxclients", Integer.toString(options.mostConnections()));
    settings.put("timeout", Long.toString(options.idleTimeout().toSeconds()));
    settings.put("proto-max-bulk-len", Long.toString(RequestDecoder.MOST_WORD_BYTES));
    return settings;
  }

  // --- COMMAND

  static void commandCount(Client client, Request request) {
    int count = client.protocol.commands().all().size();
    client.say(writer -> writer.integer(count));
  }

  static void commandList(Client client, Request request) {
    List<Command> all = client.protocol.commands().all();
    client.say(
        writer -> {
          writer.array(all.size());
          all.forEach(command -> writer.bulk(command.name()));
        });
  }

  static void commandAll(Client client, Request request) {
    List<Command> all = client.protocol.commands().all();
    client.say(
        writer -> {
          writer.array(all.size());
          all.forEach(command -> describe(writer, command));
        });
  }

  static void commandInfo(Client client, Request request) {
    if (!request.has(2)) {
      commandAll(client, request);
      return;
    }
    requireFew(request);
    CommandTable table = client.protocol.commands();
    client.say(
        writer -> {
          writer.array(request.words().size() - 2);
          for (int i = 2; request.has(i); i++) {
            Command command = table.find(request.word(i));
            if (command == null) {
              writer.nothing();
            } else {
              describe(writer, command);
            }
          }
        });
  }

  private static void describe(RespWriter writer, Command command) {
    CommandFacts facts = command.facts();
    writer.array(10).bulk(command.name()).integer(command.arity()).set(facts.flags().size());
    facts.flags().forEach(writer::status);
    writer.integer(facts.firstKey()).integer(facts.lastKey()).integer(facts.keyStep());
    writer.set(facts.categories().size());
    facts.categories().forEach(writer::status);
    writer.set(0).set(0).array(command.subcommands().size());
    command.subcommands().values().forEach(member -> describe(writer, member));
  }

  static void commandDocs(Client client, Request request) {
    requireFew(request);
    CommandTable table = client.protocol.commands();
    List<Command> asked = new ArrayList<>();
    for (int i = 2; request.has(i); i++) {
      Command command = table.find(request.word(i));
      if (command != null) {
        asked.add(command);
      }
    }
    List<Command> told = request.has(2) ? asked : table.all();
    client.say(
        writer -> {
          writer.map(told.size());
          told.forEach(command -> document(writer, command));
        });
  }

  private static void document(RespWriter writer, Command command) {
    CommandFacts facts = command.facts();
    writer
        .bulk(command.name())
        .map(3)
        .bulk("summary")
        .bulk(facts.summary())
        .bulk("since")
        .bulk(facts.since())
        .bulk("group")
        .bulk(facts.group());
  }
}
