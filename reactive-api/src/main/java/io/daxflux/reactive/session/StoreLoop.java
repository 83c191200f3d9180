package io.daxflux.reactive.session;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.Device;
import io.daxflux.media.Media;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.reactive.ring.Mailbox;
import io.daxflux.reactive.ring.OffThread;
import io.daxflux.restore.RegionCopier;
import io.daxflux.store.ArenaLayout;
import io.daxflux.store.ChunkStore;
import io.daxflux.store.StoreFigures;
import io.daxflux.store.StoreSetup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Everything that the store's thread owns: the chunk store, the output pool, the gate, the sessions
 * that are running and the handles that are out. Sessions reach all of it through here.
 *
 * <h2>Thread-safety</h2>
 *
 * Confined to the store's thread, except what is final and immutable, {@link #close()}, {@link
 * #events()} and {@link #runElsewhere}.
 */
public final class StoreLoop {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLoop.class);

  private final StoreParts parts;
  private final Mailbox mailbox;
  private final ChunkStore store;
  private final CommitLine journal;
  private final Counters counters = new Counters();
  private final CopyGate gate;
  private final OutputMemory outputs;
  private final Plans plans;
  private final Alarms alarms;
  private final Set<Session<?>> sessions = new LinkedHashSet<>();
  private final Handles handles = new Handles();
  private final Writers writers = new Writers();
  private final Reader reader;
  private final Closing closing;
  private final Expirer expirer;
  private final @Nullable Scrubber scrubber;
  private @Nullable Session<?> serving;

  /** How much of the device's start was touched in the background. */
  private volatile long bytesInMemory;

  /** A loop over these parts that is reached through this mailbox. */
  public StoreLoop(StoreParts parts, Mailbox mailbox) {
    this.parts = parts;
    this.mailbox = mailbox;
    DaxfluxConfig config = parts.config();
    this.alarms = new Alarms(parts.timers(), mailbox);
    this.journal = CommitLine.of(parts, mailbox, this::checkQuiet);
    this.store = chunkStore();
    this.gate = new CopyGate(parts.copyWorkers(), config.restoreMaxRegions());
    this.outputs = new OutputMemory(parts.outputs());
    this.reader = new Reader(this);
    this.plans = new Plans(config.restoreWorkers());
    this.closing = new Closing(this);
    parts.device().prefaulted().thenAccept(touched -> bytesInMemory = touched);
    this.expirer = new Expirer(this);
    if (store.catalogue().nextExpiryMs() != Long.MAX_VALUE) {
      mailbox.giveBack(new Step(expirer::look));
    }
    long scrubRate = config.scrubBytesPerSecond();
    this.scrubber = scrubRate == 0 ? null : new Scrubber(this, scrubRate);
    if (scrubber != null) {
      mailbox.giveBack(new Step(scrubber::start));
    }
  }

  private ChunkStore chunkStore() {
    DaxfluxConfig config = parts.config();
    Media media = parts.media();
    ArenaLayout layout =
        media == null
            ? ArenaLayout.withoutRecords(parts.device().bytes(), config.blockBytes())
            : ArenaLayout.of(media.geometry());
    StoreSetup setup =
        new StoreSetup(
            layout,
            config.checksum(),
            media == null ? 0 : media.generation(),
            config.cachePolicy(),
            counters,
            journal,
            System::nanoTime,
            this::epochMs);
    if (media == null) {
      return new ChunkStore(setup);
    }
    ChunkStore found = new ChunkStore(setup, media.recovery());
    media.forgetChunks();
    return found;
  }

  // --- Parts

  DaxfluxConfig config() {
    return parts.config();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Device device() {
    return parts.device();
  }

  @Nullable Media media() {
    return parts.media();
  }

  Alarms alarms() {
    return alarms;
  }

  /** The time by the clock that time limits run by, in milliseconds of the epoch. */
  long epochMs() {
    return parts.timers().scheduler().now(TimeUnit.MILLISECONDS);
  }

  Scheduler delivery() {
    return parts.delivery();
  }

  /** Where this subscriber is delivered its signals. Any thread. */
  Scheduler deliveryTo(CoreSubscriber<?> subscriber) {
    return Delivery.to(subscriber, parts.delivery());
  }

  ChunkStore store() {
    return store;
  }

  CommitLine journal() {
    return journal;
  }

  Reader reader() {
    return reader;
  }

  OutputMemory outputs() {
    return outputs;
  }

  Counters counters() {
    return counters;
  }

  CopyGate gate() {
    return gate;
  }

  RegionCopier copier(RestoreMode mode) {
    return parts.restoreCopiers().apply(mode);
  }

  RegionCopier putCopier() {
    return parts.putCopier();
  }

  /** Whether the device's bytes up to there are known to be in memory. */
  boolean isInMemory(long endOffset) {
    return endOffset <= bytesInMemory;
  }

  RegionCopier verifier() {
    return parts.verifier();
  }

  Scheduler copyWorkers() {
    return parts.copyWorkers();
  }

  String copyEngine() {
    return parts.copyEngine();
  }

  /**
   * Whether callers who wait, and would be told there, work for their requests meanwhile: not where
   * somebody chose on which threads subscribers are told.
   */
  boolean lendsCallersTo(Scheduler delivery) {
    return parts.lendsCallers() && delivery.equals(parts.delivery());
  }

  boolean tracksOrigins() {
    return parts.tracksOrigins();
  }

  // --- What requests may have

  boolean retrieves() {
    return parts.config().retrieves();
  }

  /** How many of the keys a prefix request is served; 0 where that is too short to be worth it. */
  int usablePrefix(List<ChunkKey> keys) {
    return isWorthIt(keys) ? store.catalogue().prefixLength(keys) : 0;
  }

  /** Whether a prefix request is served at all. */
  boolean isWorthIt(List<ChunkKey> keys) {
    return retrieves() && !isTooShort(keys);
  }

  /** Whether there is a hit, and the hit prefix is shorter than {@code min_retrieve_tokens}. */
  boolean isTooShort(List<ChunkKey> keys) {
    int least = Math.ceilDiv(config().minRetrieveTokens(), config().chunkTokens());
    if (least == 0 || keys.isEmpty() || !store.contains(keys.getFirst())) {
      return false;
    }
    return least > keys.size() || store.catalogue().prefixLength(keys.subList(0, least)) < least;
  }

  /** How much of the arena one stream may hold by leases on what it has not yet begun to copy. */
  long mostReservedBytes() {
    return (long) (store.arenaBytes() * config().streamArenaShare());
  }

  Plans plans() {
    return plans;
  }

  /** Lets chunks expire. */
  Expirer expirer() {
    return expirer;
  }

  /** Does nothing more of what nobody has asked for. */
  void stopUnasked() {
    expirer.stop();
    if (scrubber != null) {
      scrubber.stop();
    }
  }

  // --- Sessions and handles

  void started(Session<?> session) {
    sessions.add(session);
  }

  void ended(Session<?> session) {
    sessions.remove(session);
    checkQuiet();
  }

  /**
   * Notes whose step is run from here.
   *
   * @return whose was before
   */
  @Nullable Session<?> serve(@Nullable Session<?> session) {
    Session<?> before = serving;
    serving = session;
    return before;
  }

  /** Where the session that is being served was asked for; null unless origins are tracked. */
  @Nullable Throwable originOfCurrent() {
    return serving == null ? null : serving.origin;
  }

  Set<Session<?>> sessions() {
    return sessions;
  }

  Handles handles() {
    return handles;
  }

  Writers writers() {
    return writers;
  }

  void checkQuiet() {
    closing.checkQuiet();
  }

  /** Nobody received it: whoever could have closed it is not there. */
  void discard(Object value) {
    if (value instanceof AutoCloseable handle) {
      try {
        handle.close();
      } catch (Exception failure) {
        log(log -> log.error("could not discard {}", value, failure));
      }
    }
  }

  /** Gives a payload back to its owner. */
  void release(Chunk chunk) {
    if (!chunk.isReleased()) {
      runElsewhere(chunk::release);
    }
  }

  /** Runs a user's code where it may be run. Any thread. */
  void runElsewhere(Runnable code) {
    try {
      delivery().schedule(code);
    } catch (RejectedExecutionException disposed) {
      Schedulers.boundedElastic().schedule(code);
    }
  }

  /** Logs. Not on the calling thread: it may be the store's, and logging may block. */
  void log(Consumer<Logger> line) {
    OffThread.log(() -> line.accept(LOG));
  }

  // --- The store as a whole

  StoreStatus status() {
    return StatusReport.of(this);
  }

  /** What happens to chunks from now on. Any thread. */
  public Flux<StoreEvent> events() {
    return counters.events(delivery());
  }

  boolean isClosing() {
    return closing.hasBegun();
  }

  /**
   * Takes in no more, lets what is under way end within {@code dax.close_grace}, and cancels the
   * rest. Completes when no session and no region is left; everyone who calls it shares that. Any
   * thread, at once and without subscription.
   *
   * @return who was late: completes with a description of every handle still out
   */
  public Mono<List<String>> close() {
    return closing.begin();
  }

  /**
   * Leaves the device as a store that was closed in order: with the order in which its chunks were
   * used. After {@link #close()}, and after the thread ended. Blocks.
   */
  public void closeMedia() {
    Media media = parts.media();
    if (media != null) {
      store.catalogue().forEachRecorded(media::noteUse);
      media.closeCleanly();
    }
  }

  /**
   * Makes the use of what is still out fail. After {@link #close()}, and after the thread ended.
   *
   * @return what could not be revoked, because native code is using it at this moment
   */
  public List<String> revokeHandles() {
    List<String> inUse = handles.revoke();
    counters.complete();
    return inUse;
  }

  /**
   * What is out and is nobody's: leases, reservations and outputs that no handle stands for. A leak
   * of ours, if there is any. After {@link #close()}, and after the thread ended.
   */
  public Optional<String> leaks() {
    if (!handles.isEmpty()) {
      return Optional.empty();
    }
    StoreFigures figures = store.figures();
    boolean clean = figures.leases() == 0 && figures.reservations() == 0 && outputs.outputs() == 0;
    return clean
        ? Optional.empty()
        : Optional.of(figures + " and " + outputs.outputs() + " outputs");
  }
}
