package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.net.serve.Patience;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.ScanPage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Commands on keys, whatever their values. */
final class KeyCommands {
  private static final int DEFAULT_COUNT = 10;

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
    byte @Nullable [] pattern;
    boolean wantsStrings = true;

    /** Long patterns and long keys take their time: not on an event loop. */
    Mono<Selected> select(Mono<ScanPage> pages) {
      if (pattern == null || !wantsStrings) {
        return pages.map(page -> new Selected(page.next(), wantsStrings ? page.keys() : List.of()));
      }
      Glob glob = new Glob(pattern);
      return pages
          .publishOn(Schedulers.boundedElastic())
          .map(page -> new Selected(page.next(), matching(page.keys(), glob)));
    }

    private static List<ChunkKey> matching(List<ChunkKey> keys, Glob glob) {
      return keys.stream().filter(key -> glob.matches(key.toBytes())).toList();
    }
  }

  /** What of a page is told. */
  private record Selected(long next, List<ChunkKey> keys) {}

  static void scan(Client client, Request request) {
    long cursor = cursor(request.text(1));
    Scan scan = new Scan();
    for (int i = 2; request.has(i); i += 2) {
      if (!request.has(i + 1)) {
        throw Errors.syntax();
      }
      switch (request.option(i)) {
        case "COUNT" -> scan.atMost = count(request.integer(i + 1));
        case "MATCH" -> scan.pattern = request.pattern(i + 1);
        case "TYPE" -> scan.wantsStrings = request.option(i + 1).equals("STRING");
        default -> throw Errors.syntax();
      }
    }
    client.answerAtLength(
        scan.select(Patience.with(client.store().scan(cursor, scan.atMost))), KeyCommands::page);
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

  private static void page(RespWriter writer, Selected page) {
    writer.array(2).bulk(Long.toUnsignedString(page.next())).array(page.keys().size());
    page.keys().forEach(key -> writer.bulk(key.toBytes()));
  }
}
