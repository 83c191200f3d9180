package io.daxflux.net.wire;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import reactor.core.scheduler.Scheduler;

/**
 * What the requests of one client share.
 *
 * @param link the way to the server
 * @param outputs the memory that chunks are received into
 * @param delivery the threads on which subscribers are told
 * @param restoreWait how long a stream waits for memory that others hold
 * @param running the requests that were asked for something and have not ended; on the event loop
 */
record RemoteParts(
    Link link,
    ClientOutputs outputs,
    Scheduler delivery,
    Duration restoreWait,
    Set<Request<?>> running) {
  RemoteParts(Link link, ClientOutputs outputs, Scheduler delivery, Duration restoreWait) {
    this(link, outputs, delivery, restoreWait, new LinkedHashSet<>());
  }
}
