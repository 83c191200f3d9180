package io.daxflux.net.resp;

import io.daxflux.net.serve.Refusals;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What clients are told that went wrong: in Redis's own words, where it has some. */
final class Errors {
  /** How much of a command that is not known is repeated. */
  private static final int MOST_QUOTED_BYTES = 128;

  private Errors() {}

  static CommandException syntax() {
    return new CommandException("ERR syntax error");
  }

  static CommandException noInteger() {
    return new CommandException("ERR value is not an integer or out of range");
  }

  static CommandException expiry(String command) {
    return new CommandException("ERR invalid expire time in '" + command + "' command");
  }

  static CommandException argumentCount(String command) {
    return new CommandException("ERR wrong number of arguments for '" + command + "' command");
  }

  static CommandException unknownSubcommand(String command, byte[] subcommand) {
    return new CommandException(
        "ERR unknown subcommand '"
            + quoted(subcommand, MOST_QUOTED_BYTES)
            + "'. Try "
            + command.toUpperCase(Locale.ROOT)
            + " HELP.");
  }

  static CommandException unknownCommand(List<byte[]> words) {
    StringBuilder arguments = new StringBuilder();
    for (int i = 1; i < words.size() && arguments.length() < MOST_QUOTED_BYTES; i++) {
      int room = MOST_QUOTED_BYTES - arguments.length();
      arguments.append('\'').append(quoted(words.get(i), room)).append("' ");
    }
    return new CommandException(
        "ERR unknown command '"
            + quoted(words.getFirst(), MOST_QUOTED_BYTES)
            + "', with args beginning with: "
            + arguments);
  }

  /** Up to a zero byte, as C prints it. */
  private static String quoted(byte[] word, int mostBytes) {
    int length = 0;
    while (length < word.length && length < mostBytes && word[length] != 0) {
      length++;
    }
    return new String(word, 0, length, StandardCharsets.ISO_8859_1);
  }

  static CommandException unauthenticated() {
    return new CommandException("NOAUTH Authentication required.");
  }

  static CommandException tooLong(long mostBytes) {
    return new CommandException(
        "ERR request: expected at most " + mostBytes + " bytes besides values, found more");
  }

  static CommandException tooMany(String what, int most) {
    return new CommandException("ERR " + what + ": expected at most " + most + ", found more");
  }

  static CommandException valueTooLong(long mostBytes, long bytes) {
    return new CommandException(
        "ERR value: expected at most " + mostBytes + " bytes, found " + bytes);
  }

  /** Why a request of the store's came to nothing. */
  static String of(Throwable failure) {
    return switch (failure) {
      case CommandException refused -> refused.getMessage();
      case BusyException _ -> "TRYAGAIN the store takes in no more requests at the moment";
      case ClosedException _ -> "ERR the store is closing";
      case RequestFailedException _ -> "ERR internal error";
      case StoreException refused -> "ERR " + refused.getMessage();
      default -> "ERR internal error";
    };
  }

  /** Whether it is neither the client's fault nor a state of the store. */
  static boolean isUnexpected(Throwable failure) {
    return !(failure instanceof CommandException || failure instanceof StoreException)
        || failure instanceof RequestFailedException;
  }

  /** Why a value was not stored. */
  static String of(PutOutcome outcome) {
    String code =
        switch (outcome) {
          case PutOutcome.NoSpace _, PutOutcome.TooLarge _ -> "OOM ";
          case PutOutcome.Refused(_, PutOutcome.Refused.Reason reason) ->
              reason == PutOutcome.Refused.Reason.BUSY ? "TRYAGAIN " : "ERR ";
          case PutOutcome.HeldBack _, PutOutcome.Failed _ -> "ERR not stored: ";
          case PutOutcome.Stored _,
              PutOutcome.Accepted _,
              PutOutcome.Withdrawn _,
              PutOutcome.AlreadyPresent _,
              PutOutcome.Absent _ ->
              throw new IllegalStateException("expected what was not stored, found " + outcome);
        };
    return code + Refusals.describe(outcome);
  }
}
