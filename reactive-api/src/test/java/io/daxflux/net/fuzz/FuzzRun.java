package io.daxflux.net.fuzz;

import io.daxflux.net.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hostile clients, several at a time, and now and then one that means well. */
public final class FuzzRun {
  private static final int MOST_CLIENTS = 12;
  private static final int FRAMES_PER_PROBE = 250;

  private FuzzRun() {}

  /**
   * Sends about so many frames.
   *
   * @throws AssertionError where somebody who means well is not served
   */
  public static void run(FuzzedProtocol protocol, Server server, Random random, int frames)
      throws IOException {
    List<HostileClient> clients = new ArrayList<>();
    int sent = 0;
    int nextProbe = FRAMES_PER_PROBE;
    while (sent < frames) {
      if (clients.isEmpty() || (clients.size() < MOST_CLIENTS && random.nextInt(10) == 0)) {
        clients.add(new HostileClient(protocol, server.address(), random));
      }
      int which = random.nextInt(clients.size());
      int begun = clients.get(which).act();
      if (begun < 0) {
        clients.remove(which);
      } else {
        sent += begun;
      }
      if (sent >= nextProbe) {
        protocol.probe(server.address(), random);
        nextProbe = sent + FRAMES_PER_PROBE;
      }
    }
    protocol.probe(server.address(), random);
    clients.forEach(HostileClient::close);
  }
}
