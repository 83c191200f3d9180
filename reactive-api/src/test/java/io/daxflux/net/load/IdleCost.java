package io.daxflux.net.load;

import com.sun.management.UnixOperatingSystemMXBean;
import io.daxflux.net.CountedBuffers;
import io.daxflux.net.Server;
import io.daxflux.reactive.QuietStores;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What connections cost that have been used and are idle now, with the client's sockets, which are
 * in the same process.
 *
 * @param connections how many
 * @param bytes memory that they hold, in the heap and outside, but for the system's
 * @param threads how many more there are
 */
record IdleCost(int connections, long bytes, int threads) {
  private static final int WARM_CONNECTIONS = 100;

  /** Files that are left to others. */
  private static final int SPARE_FILES = 1000;

  /**
   * Opens so many.
   *
   * @throws AssertionError where they have a buffer of Netty's
   */
  static IdleCost of(LoadedProtocol protocol, Server server, int connections) {
    close(used(protocol, server, WARM_CONNECTIONS));
    Load.awaitNobody(server);
    awaitNoBuffer();
    int threadsBefore = liveThreads();
    Memory before = Memory.now();

    List<LoadClient> clients = used(protocol, server, connections);
    awaitNoBuffer();
    Memory held = Memory.now().minus(before);
    IdleCost cost =
        new IdleCost(
            connections, held.heapBytes() + held.directBytes(), liveThreads() - threadsBefore);

    close(clients);
    Load.awaitNobody(server);
    return cost;
  }

  long bytesEach() {
    return bytes / connections;
  }

  /** As many as the system lets one process have both ends of. */
  static int mostConnections() {
    UnixOperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    long files =
        system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - SPARE_FILES;
    return Math.toIntExact(Math.clamp(files / 2, 1, Integer.MAX_VALUE));
  }

  private static List<LoadClient> used(LoadedProtocol protocol, Server server, int count) {
    Random random = new Random(1);
    List<LoadClient> clients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LoadClient client = protocol.connect(server.address());
      client.put(Blob.any(random));
      client.get(List.of(Blob.any(random)));
      clients.add(client);
    }
    return clients;
  }

  private static void close(List<LoadClient> clients) {
    clients.forEach(client -> client.connection().reset());
  }

  private static void awaitNoBuffer() {
    QuietStores.until(() -> CountedBuffers.origins().isEmpty(), "no buffer to be in use");
  }

  private static int liveThreads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  @Override
  public String toString() {
    return "%,d idle connections: %,d bytes each, %d threads, no buffers"
        .formatted(connections, bytesEach(), threads);
  }
}
