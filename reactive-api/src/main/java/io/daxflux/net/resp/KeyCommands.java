package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.ScanPage;
import java.util.List;

/** Commands on keys, whatever their values. */
final class KeyCommands {
  private static final int DEFAULT_COUNT = 10;

  /** The time that a pattern can take grows with its length. */
  private static final int MOST_PATTERN_BYTES = 1 << 10;

  private KeyCommands() {}

  static void exists(Client client, Request request) {
    client.answer(
        client.store().describe(request.keysFrom(1)),
        (writer, found) ->
            writer.integer(found.stream().filter(Described.class::isInstance).count()));
  }

  static void del(Client client, Request request) {
    client.change(
        client.store().removeAll(request.keysFrom(1)),
        (writer, removed) -> writer.integer(removed));
  }

  static void type(Client client, Request request) {
    client.answer(
        client.store().contains(request.key(1)),
        (writer, there) -> writer.status(there ? "string" : "none"));
  }

  static void dbsize(Client client, Request request) {
    client.answer(client.store().count(), RespWriter::integer);
  }

  static void flushdb(Client client, Request request) {
    boolean said = request.has(1);
    if (request.has(2) || (said && !List.of("SYNC", "ASYNC").contains(request.option(1)))) {
      throw Errors.syntax();
    }
    client.change(client.store().clear(), (writer, _) -> writer.status("OK"));
  }

  // --- SCAN

  private static final class Scan {
    int atMost = DEFAULT_COUNT;
    Glob pattern = new Glob(new byte[] {'*'});
    boolean wantsStrings = true;

    boolean selects(ChunkKey key) {
      return wantsStrings && pattern.matches(key.toBytes());
    }
  }

  static void scan(Client client, Request request) {
    long cursor = cursor(request.text(1));
    Scan scan = new Scan();
    for (int i = 2; request.has(i); i += 2) {
      if (!request.has(i + 1)) {
        throw Errors.syntax();
      }
      switch (request.option(i)) {
        case "COUNT" -> scan.atMost = count(request.integer(i + 1));
        case "MATCH" -> scan.pattern = pattern(request.word(i + 1));
        case "TYPE" -> scan.wantsStrings = request.option(i + 1).equals("STRING");
        default -> throw Errors.syntax();
      }
    }
    client.answer(
        client.store().scan(cursor, scan.atMost), (writer, page) -> page(writer, page, scan));
  }

  private static long cursor(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException none) {
      throw new CommandException("ERR invalid cursor");
    }
  }

  private static int count(long wanted) {
    if (wanted < 1) {
      throw Errors.syntax();
    }
    return (int) Math.min(wanted, Integer.MAX_VALUE);
  }

  private static Glob pattern(byte[] word) {
    if (word.length > MOST_PATTERN_BYTES) {
      throw new CommandException(
          "ERR pattern: expected at most " + MOST_PATTERN_BYTES + " bytes, found " + word.length);
    }
    return new Glob(word);
  }

  private static void page(RespWriter writer, ScanPage page, Scan scan) {
    List<ChunkKey> keys = page.keys().stream().filter(scan::selects).toList();
    writer.array(2).bulk(Long.toUnsignedString(page.next())).array(keys.size());
    keys.forEach(key -> writer.bulk(key.toBytes()));
  }
}
