package io.daxflux.perf.work;

import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.peer.PeerException;
import io.daxflux.perf.race.Samples;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.served.Host;
import io.daxflux.perf.served.RedisHost;
import io.daxflux.perf.served.RespHost;
import io.daxflux.perf.served.Served;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Values that are set and got over the loopback, by the same client from daxflux and from Redis:
 * how many bytes a second, how long the slowest hundredth takes, and what it costs the server's
 * process.
 */
public record ServeWork(Effort effort, List<ChunkSize> sizes) {
  private static final int CALLERS = 4;
  private static final double BYTES_PER_GB = 1e9;
  private static final double NS_PER_US = 1e3;

  /** What stays of a replaced value until its reader is done, and a margin. */
  private static final int SPACE = 3;

  /** The server's time is counted in steps of 10 ms. */
  private Duration turn() {
    return effort.pace().warmUp().multipliedBy(3);
  }

  /** A server of ours is compiled while it serves, which its time would have in it. */
  private Duration warmUp() {
    return effort.pace().warmUp().multipliedBy(8);
  }

  /** Runs it. */
  public List<Row> run() {
    List<Row> rows = new ArrayList<>();
    List<Host> hosts = new ArrayList<>();
    try (ScratchFolder folder = new ScratchFolder()) {
      hosts.add(new RespHost(SPACE * effort.visitBytes()));
      try {
        hosts.add(new RedisHost(folder.folder("redis")));
      } catch (PeerException absent) {
        rows.add(absent(absent.getMessage()));
      }
      for (ChunkSize size : sizes) {
        rows.addAll(measure(size, hosts));
      }
    } finally {
      hosts.forEach(Host::close);
    }
    return rows;
  }

  private List<Row> measure(ChunkSize size, List<Host> hosts) {
    List<Side> sides = new ArrayList<>();
    try {
      for (Host host : hosts) {
        sides.add(new Side(host, new Served(host, size, CALLERS, effort.visitBytes())));
      }
      for (Side side : sides) {
        side.warmUp(warmUp());
      }
      for (int round = 0; round < effort.pace().leastRounds(); round++) {
        for (Side side : round % 2 == 0 ? sides : sides.reversed()) {
          side.takeTurns(turn());
        }
      }
      sides.forEach(side -> side.served.check());
      return sides.stream().flatMap(side -> side.rows(size).stream()).toList();
    } finally {
      sides.forEach(side -> side.served.close());
    }
  }

  /** A server, its values, and what was found. */
  private static final class Side {
    private final Host host;
    private final Served served;
    private final Map<Served.Command, Found> found = new EnumMap<>(Served.Command.class);

    Side(Host host, Served served) {
      this.host = host;
      this.served = served;
    }

    void warmUp(Duration time) {
      for (Served.Command command : Served.Command.values()) {
        served.run(command, time);
        found.put(command, new Found());
      }
    }

    void takeTurns(Duration time) {
      found.forEach((command, figures) -> figures.add(served.run(command, time)));
    }

    List<Row> rows(ChunkSize size) {
      List<Row> rows = new ArrayList<>();
      found.forEach(
          (command, figures) -> {
            rows.add(row(size, command.toString(), "GB/s", figures.rate));
            rows.add(row(size, command + ", p99", "µs", figures.p99Us));
            rows.add(row(size, command + ", server's CPU", "s/GiB", figures.cpuSeconds));
          });
      return rows;
    }

    private Row row(ChunkSize size, String work, String unit, Samples samples) {
      return Row.plain(
          host.name(), work, size.name(), size.bytes(), 0, CALLERS, unit, samples.spread());
    }
  }

  /** A figure a turn, of each kind. */
  private static final class Found {
    private final Samples rate = new Samples();
    private final Samples p99Us = new Samples();
    private final Samples cpuSeconds = new Samples();

    void add(Served.Turn turn) {
      rate.add(turn.bytes() / turn.seconds() / BYTES_PER_GB);
      p99Us.add(turn.latencyNs().getValueAtPercentile(99) / NS_PER_US);
      cpuSeconds.add(turn.cpuSeconds() / (turn.bytes() / (double) (1 << 30)));
    }
  }

  private Row absent(String reason) {
    ChunkSize size = sizes.getFirst();
    return Row.absent(
        RedisHost.NAME, Served.Command.GET.toString(), size.name(), size.bytes(), "GB/s", reason);
  }
}
