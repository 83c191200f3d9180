package io.daxflux.net.resp;

import io.daxflux.net.ServerCounters;
import io.daxflux.reactive.outcome.StoreStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What INFO says: sections of lines, under the names that Redis has for them where it has some. */
final class InfoText {
  private static final List<String> ALL = List.of("all", "default", "everything");

  private final Map<String, String> sections = new LinkedHashMap<>();

  InfoText(Client client, StoreStatus status) {
    ServerCounters counters = client.connection.tally().counters(client.protocol.openClients());
    StoreStatus.Arena arena = status.arena();
    StoreStatus.Counters totals = status.counters();
    section("Server")
        .line("redis_version", RespProtocol.REDIS_VERSION)
        .line("redis_mode", "standalone")
        .line("server_name", "daxflux")
        .line("process_id", ProcessHandle.current().pid())
        .line("uptime_in_seconds", client.protocol.upMs() / 1000)
        .end();
    section("Clients")
        .line("connected_clients", client.protocol.openClients())
        .line("maxclients", client.connection.options().mostConnections())
        .end();
    section("Memory")
        .line("used_memory", arena.bytes() - arena.freeBytes())
        .line("used_memory_dataset", arena.chunkBytes())
        .line("maxmemory", arena.bytes())
        .line("quarantined_memory", arena.quarantinedBytes())
        .end();
    section("Persistence").line("loading", 0).line("durability", durability(status)).end();
    section("Stats")
        .line("total_connections_received", counters.connections())
        .line("total_commands_processed", counters.requests())
        .line("total_net_input_bytes", counters.bytesIn())
        .line("total_net_output_bytes", counters.bytesOut())
        .line("rejected_connections", counters.refused())
        .line("dropped_puts", counters.droppedPuts())
        .line("expired_keys", totals.expired())
        .line("evicted_keys", totals.evicted())
        .line("keyspace_hits", totals.hits())
        .line("keyspace_misses", totals.misses())
        .end();
    section("Replication").line("role", "master").line("connected_slaves", 0).end();
    section("Cluster").line("cluster_enabled", 0).end();
    Section keyspace = section("Keyspace");
    if (arena.chunks() > 0) {
      keyspace.line("db0", "keys=" + arena.chunks());
    }
    keyspace.end();
  }

  private static String durability(StoreStatus status) {
    return status.media().durability().name().toLowerCase(Locale.ROOT);
  }

  /** These sections, or all where none is named. */
  String of(List<String> names) {
    StringJoiner text = new StringJoiner("\r\n");
    sections.forEach(
        (name, lines) -> {
          if (names.isEmpty() || names.contains(name) || names.stream().anyMatch(ALL::contains)) {
            text.add(lines);
          }
        });
    return text.toString();
  }

  private Section section(String title) {
    return new Section(title);
  }

  private final class Section {
    private final String title;
    private final StringBuilder lines = new StringBuilder();

    Section(String title) {
      this.title = title;
    }

    Section line(String name, @Nullable Object value) {
      lines.append(name).append(':').append(value).append("\r\n");
      return this;
    }

    void end() {
      sections.put(title.toLowerCase(Locale.ROOT), "# " + title + "\r\n" + lines);
    }
  }
}
