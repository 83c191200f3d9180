package io.daxflux.net.load;

import io.daxflux.net.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Many clients of one store at once, each of which puts, gets, gives up, leaves and comes back. */
final class LoadRun {
  private static final int MOST_GETS = 4;

  /** What is done at the least, however slow the machine is. */
  private static final int LEAST_ACTIONS = 1000;

  private final Random random;
  private final int clientsEach;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong actions = new AtomicLong();
  private long endNs;
  private long leastActions;

  /**
   * A load that is not begun.
   *
   * @param clientsEach how many connections to each server
   */
  LoadRun(Random random, int clientsEach) {
    this.random = random;
    this.clientsEach = clientsEach;
  }

  /**
   * Goes on for so long, and ends with no connection left.
   *
   * @throws AssertionError where a client was not served as it must be
   */
  void run(List<LoadedProtocol> protocols, List<Server> servers, Duration time)
      throws InterruptedException {
    endNs = System.nanoTime() + time.toNanos();
    leastActions = actions.get() + LEAST_ACTIONS;
    for (int i = 0; i < protocols.size(); i++) {
      LoadedProtocol protocol = protocols.get(i);
      Server server = servers.get(i);
      for (int j = 0; j < clientsEach; j++) {
        Random own = new Random(random.nextLong());
        clients.add(Thread.ofVirtual().start(() -> live(protocol, server, own)));
      }
    }
    for (Thread client : clients) {
      client.join();
    }
    clients.clear();
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError("clients that failed: " + failures.size());
      failures.stream().limit(5).forEach(error::addSuppressed);
      throw error;
    }
  }

  /** What was done so far, by all. */
  long actions() {
    return actions.get();
  }

  private boolean goesOn() {
    return failures.isEmpty() && (System.nanoTime() - endNs < 0 || actions.get() < leastActions);
  }

  private void live(LoadedProtocol protocol, Server server, Random random) {
    try {
      while (goesOn()) {
        visit(protocol.connect(server.address()), random);
      }
    } catch (RuntimeException | AssertionError failure) {
      failures.add(failure);
    }
  }

  private void visit(LoadClient client, Random random) {
    boolean usable = true;
    while (usable && goesOn()) {
      usable = act(client, random);
      actions.incrementAndGet();
    }
    // As a rule by a reset: whoever closes first otherwise keeps the port for a minute.
    if (random.nextInt(4) == 0) {
      client.connection().close();
    } else {
      client.connection().reset();
    }
  }

  /** Does something; returns whether the connection can be used for more. */
  private static boolean act(LoadClient client, Random random) {
    return switch (random.nextInt(32)) {
      case 0 -> false;
      case 1, 2 -> client.abandonPut(Blob.any(random));
      case 3, 4 -> client.abandonGet(some(random));
      case 5, 6, 7, 8, 9, 10, 11, 12, 13 -> {
        client.put(Blob.any(random));
        yield true;
      }
      default -> {
        client.get(some(random));
        yield true;
      }
    };
  }

  private static List<Blob> some(Random random) {
    return Stream.generate(() -> Blob.any(random)).limit(1 + random.nextInt(MOST_GETS)).toList();
  }
}
