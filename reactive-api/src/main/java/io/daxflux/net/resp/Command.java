package io.daxflux.net.resp;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of commands: what it is called, what it takes, and who carries it out.
 * Immutable.
 *
 * @param name in lower case, a subcommand's behind its command's and a bar
 * @param arity how many words it has, its own included; negative for so many or more
 * @param handler carries it out
 * @param payloads where among its words there is payload
 * @param facts what clients may ask about it
 * @param subcommands by their names in lower case; none where the command has none
 */
record Command(
    String name,
    int arity,
    Handler handler,
    PayloadPlaces payloads,
    CommandFacts facts,
    Map<String, Command> subcommands) {
  /** Carries a command out: on the event loop, and without waiting. */
  @FunctionalInterface
  interface Handler {
    /**
     * Gives the client its answer, or sees to it that it will have it.
     *
     * @throws CommandException to answer with that
     */
    void handle(Client client, Request request);
  }

  /** Which words of a command are payload. */
  enum PayloadPlaces {
    NONE,
    BEHIND_THE_KEY,
    BEHIND_EACH_KEY;

    boolean isAt(int index) {
      return switch (this) {
        case NONE -> false;
        case BEHIND_THE_KEY -> index == 2;
        case BEHIND_EACH_KEY -> index > 0 && index % 2 == 0;
      };
    }

    /** Whether every key has its payload. */
    boolean areComplete(int words) {
      return this != BEHIND_EACH_KEY || words % 2 == 1;
    }
  }

  static Command of(String name, int arity, Handler handler) {
    return new Command(name, arity, handler, PayloadPlaces.NONE, CommandFacts.NONE, Map.of());
  }

  /** A command that only has subcommands. */
  static Command family(String name, Command... members) {
    Map<String, Command> subcommands = new TreeMap<>();
    for (Command member : members) {
      subcommands.put(member.name.substring(name.length() + 1), member);
    }
    return new Command(
        name,
        -2,
        (_, request) -> {
          throw Errors.unknownSubcommand(name, request.word(1));
        },
        PayloadPlaces.NONE,
        CommandFacts.NONE,
        subcommands);
  }

  Command withPayloads(PayloadPlaces places) {
    return new Command(name, arity, handler, places, facts, subcommands);
  }

  Command withFacts(CommandFacts known) {
    return new Command(name, arity, handler, payloads, known, subcommands);
  }

  boolean takes(int words) {
    return (arity < 0 ? words >= -arity : words == arity) && payloads.areComplete(words);
  }

  /** The subcommand of this name, in lower case, or null. */
  @Nullable Command subcommand(String called) {
    return subcommands.get(called);
  }
}
