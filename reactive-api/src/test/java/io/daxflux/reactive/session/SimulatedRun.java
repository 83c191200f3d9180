package io.daxflux.reactive.session;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.media.Media;
import io.daxflux.media.MediaOptions;
import io.daxflux.media.RecoveredChunk;
import io.daxflux.media.WatchedMedia;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.store.IndexView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One machine with one device, whose every step is drawn from one seed: requests, the store's
 * thread, copies, commits, deliveries, the clock; the machine ends in the middle of any of them,
 * and is started again with other options.
 */
final class SimulatedRun {
  private static final int BLOCKS = 40;
  private static final int UNITS = 56;
  private static final int MOST_UNDER_WAY = 12;
  private static final int MOST_STEPS_TO_REST = 100_000;

  private final Random random;
  private final SimulationHistory history;
  private final SimulationFigures figures;
  private final SimulatedDevice device;
  private final SimulatedImages images;

  private final SimulatedLedger ledger = new SimulatedLedger();
  private final SimulatedMishaps mishaps;
  private final int blockBytes;
  private final boolean faulty;
  private final int crashesOneIn;

  // Of this opening.
  private SteppedStore store;
  private SimulatedClients clients;
  private Media media;

  /** It was opened to survive a loss of power. */
  private boolean power = true;

  private int copyFailsOneIn;
  private int commitWeight;
  private List<StoreEvent> events;
  private int eventsSeen;
  private @Nullable AssertionError judgement;

  // Of the crash before it.
  private boolean promised = true;
  private boolean powerLost;

  /**
   * @param faulty whether the device goes bad as well
   */
  SimulatedRun(long seed, boolean faulty, SimulationHistory history, SimulationFigures figures) {
    this.random = new Random(seed);
    this.history = history;
    this.figures = figures;
    this.faulty = faulty;
    this.blockBytes = 512 << random.nextInt(2);
    this.crashesOneIn = 60 << random.nextInt(5);
    boolean asPlanned = random.nextInt(16) == 0;
    long bytes =
        asPlanned ? (2 << 20) + BLOCKS * blockBytes : WatchedMedia.bytes(blockBytes, UNITS, BLOCKS);
    this.device = new SimulatedDevice(bytes, random);
    this.images = new SimulatedImages(device, ledger);
    this.mishaps = new SimulatedMishaps(device, ledger, history, random);
    device.beforeStep(this::judgeImagesNowAndThen);
    if (!asPlanned) {
      WatchedMedia.format(device, blockBytes, UNITS, BLOCKS);
      device.persistAll();
    }
  }

  /**
   * Makes steps, and before each store and persist recovers and judges every image that a loss of
   * power would leave then; so many of them where there are more.
   */
  void enumerateImages(int steps, int mostImages) {
    device.beforeStep(() -> judgeImages(mostImages));
    make(steps);
  }

  private void judgeImagesNowAndThen() {
    if (random.nextInt(32) == 0) {
      judgeImages(2);
    }
  }

  private void judgeImages(int most) {
    if (power && store != null && !device.hasFailed()) {
      ledger.settleLeaving(store.loop.journal());
      figures.images += images.judge(most, promised);
    }
  }

  void make(int steps) {
    figures.runs++;
    ledger.now = 1;
    try {
      open();
      for (int i = 0; i < steps; i++) {
        step();
      }
      closeInOrder();
    } finally {
      figures.steps += ledger.now;
      device.close();
      images.close();
    }
  }

  // --- Steps

  private void step() {
    ledger.now++;
    if (random.nextInt(crashesOneIn) == 0) {
      restart();
    } else {
      switch (random.nextInt(32)) {
        case 0, 1, 2, 3, 4, 5 -> ask();
        case 6 -> clients.cancelOne();
        case 7 -> clients.requestMore();
        case 8, 9, 10 -> clients.closeOne();
        case 11 -> passTime();
        default -> work();
      }
      clients.look(false);
    }
    if (ledger.now % 512 == 0) {
      ledger.assertSameAs(IndexView.of(store.loop.store()));
    }
  }

  private void ask() {
    if (clients.underWay() < MOST_UNDER_WAY) {
      clients.askSomething();
    } else {
      work();
    }
  }

  private boolean work() {
    boolean newestFirst = random.nextInt(4) == 0;
    int draw = random.nextInt(16);
    if (draw < commitWeight && stepCommits()) {
      return true;
    }
    if (draw < 5) {
      store.copyWorkers.newestFirst(newestFirst);
      if (stepCopies()) {
        return true;
      }
    } else if (draw < 9) {
      store.delivery.newestFirst(newestFirst);
      if (stepDeliveries()) {
        return true;
      }
    }
    return stepStore() || stepCopies() || stepDeliveries() || stepCommits();
  }

  private void requireNoJudgement() {
    images.requireNoJudgement();
    if (judgement != null) {
      throw judgement;
    }
  }

  private boolean stepStore() {
    boolean stepped = store.stepStore();
    requireNoJudgement();
    if (stepped) {
      ledger.storeStepped(store.loop.journal());
      history.note(ledger.now, () -> "store's thread " + news());
      eventsSeen = events.size();
    }
    return stepped;
  }

  private String news() {
    return events.subList(eventsSeen, events.size()) + ", " + store.loop.journal().newest();
  }

  private boolean stepCopies() {
    return noted(store.stepCopies(), "copied");
  }

  private boolean stepCommits() {
    return noted(store.stepCommits(), "committed");
  }

  private boolean stepDeliveries() {
    return noted(store.stepDeliveries(), "delivered");
  }

  private boolean noted(boolean stepped, String what) {
    requireNoJudgement();
    if (stepped) {
      history.note(ledger.now, () -> what);
    }
    return stepped;
  }

  private void passTime() {
    if (random.nextInt(4) == 0) {
      int ms = random.nextInt(400);
      history.note(ledger.now, () -> ms + " ms pass");
      store.delivery.advance(Duration.ofMillis(ms));
    }
  }

  // --- The end of an opening, and the next one

  private void restart() {
    switch (random.nextInt(power ? 6 : 8)) {
      case 0 -> {
        closeInOrder();
        return;
      }
      case 1, 2 -> crash(true);
      default -> crash(false);
    }
    if (faulty) {
      mishaps.befall(ledger.readable());
    }
    open();
  }

  /** The machine ends, with everything that was on its way somewhere on it. */
  private void crash(boolean losesPower) {
    while (!store.copyWorkers.isEmpty() || !store.committer.isEmpty()) {
      device.cutAfter(random.nextInt(8));
      boolean copies = !store.copyWorkers.isEmpty();
      if (copies && (store.committer.isEmpty() || random.nextBoolean())) {
        store.copyWorkers.runOne();
      } else {
        store.committer.runOne();
      }
      device.resume();
      if (random.nextInt(3) == 0) {
        break;
      }
    }
    ended(losesPower);
  }

  private void ended(boolean losesPower) {
    SimulatedLedger.require(device.isAllSeen(), "written past the seams", "memory");
    settleLedger();
    if (losesPower) {
      losePower();
    } else {
      history.note(ledger.now, () -> "=== the process is killed");
      figures.processCrashes++;
    }
  }

  private void settleLedger() {
    ledger.settle(store.loop.journal(), IndexView.of(store.loop.store()), !device.hasFailed());
  }

  private void losePower() {
    figures.powerLosses++;
    history.note(ledger.now, () -> "=== the power is lost" + (power ? "" : ", unpromised"));
    device.losePower();
    ledger.powerLost(power);
    promised &= power;
    powerLost = true;
  }

  /** Every request ends, everything is given back, and the next opening finds all of it. */
  private void closeInOrder() {
    history.note(ledger.now, () -> "=== close");
    figures.closes++;
    boolean patient = random.nextBoolean();
    if (patient) {
      clients.requestAll();
      settle(false);
    }
    store.loop.close();
    settle(true);
    if (clients.underWay() > 0 || clients.holdSomething()) {
      store.delivery.advance(SteppedStore.CLOSE_GRACE);
      // Who has not asked for anything yet is told when they do.
      clients.requestAll();
      settle(true);
    }
    SimulatedLedger.require(clients.underWay() == 0, "requests do not end", clients.underWay());
    store.assertClosed();
    ledger.assertSameAs(IndexView.of(store.loop.store()));
    settleLedger();
    try {
      if (random.nextInt(4) == 0) {
        device.cutAfter(random.nextInt(12));
      }
      store.loop.closeMedia();
      device.resume();
    } catch (PowerCut ended) {
      device.resume();
      if (random.nextBoolean()) {
        losePower();
      }
    }
    store.loop.revokeHandles();
    if (!clients.holdSomething()) {
      IndexView.assertAllAccountedFor(store.loop.store());
    }
    if (faulty) {
      mishaps.befall(ledger.readable());
    }
    open();
  }

  /**
   * Makes steps until there are none.
   *
   * @param closing whether the store is; those who hold something are then in no hurry
   */
  private void settle(boolean closing) {
    settleNow(closing);
    if (!closing && clients.underWay() > 0) {
      // Streams that are short of memory end after a while.
      store.delivery.advance(Duration.ofSeconds(1));
      settleNow(false);
    }
  }

  private void settleNow(boolean closing) {
    int steps = 0;
    while (work() || (!closing || random.nextBoolean()) && clients.closeOne()) {
      ledger.now++;
      clients.look(closing);
      SimulatedLedger.require(steps++ < MOST_STEPS_TO_REST, "does not come to rest", "store");
    }
    clients.look(closing);
  }

  private void open() {
    boolean forPower = random.nextInt(5) < 3;
    copyFailsOneIn = random.nextInt(4) == 0 ? 50 : 0;
    commitWeight = 1 + random.nextInt(5);
    device.refuseOneIn(0);
    DaxfluxConfig config = SimulatedOptions.drawn(random, blockBytes, forPower);
    history.note(ledger.now, () -> "=== open " + config);
    media = opened(forPower);
    power = forPower;
    requireNoJudgement();
    List<RecoveredChunk> found = media.recovery().chunks();
    history.note(
        ledger.now, () -> "found " + ledger.describe(found) + media.recovery().report().dropped());
    ledger.judge(found, media.geometry(), device.memory(), device, promised, powerLost);
    ledger.reopened(found, media.geometry(), powerLost, power);
    figures.recovered += found.size();
    promised = true;
    powerLost = false;
    begin(config);
  }

  /** The machine may end while it opens, again and again. */
  private Media opened(boolean forPower) {
    while (true) {
      if (random.nextInt(5) == 0) {
        device.cutAfter(random.nextInt(8));
      }
      try {
        Media opened =
            WatchedMedia.open(
                device, new MediaOptions(blockBytes, FormatPolicy.IF_EMPTY, 1, forPower), device);
        device.resume();
        return opened;
      } catch (PowerCut ended) {
        device.resume();
        if (random.nextBoolean()) {
          losePower();
        } else {
          figures.processCrashes++;
          history.note(ledger.now, () -> "=== killed while it opened");
        }
      }
    }
  }

  private void begin(DaxfluxConfig config) {
    device.forgetFailures();
    if (faulty && random.nextInt(3) == 0) {
      device.refuseOneIn(2 + random.nextInt(20));
    }
    SimulatedCopies copies = new SimulatedCopies(device, random, copyFailsOneIn);
    store = new SteppedStore(config, device, media, copies::puts, copies::reads);
    clients =
        new SimulatedClients(store, device, copyFailsOneIn > 0, ledger, history, figures, random);
    events = new ArrayList<>();
    eventsSeen = 0;
    store
        .loop
        .counters()
        .events(Schedulers.immediate())
        .subscribe(
            event -> {
              events.add(event);
              count(event);
              try {
                ledger.happened(event, store.loop);
              } catch (AssertionError failure) {
                // Thrown here, it would end in a subscriber's hook.
                judgement = failure;
              }
            });
  }

  private void count(StoreEvent event) {
    switch (event) {
      case StoreEvent.Corrupted _ -> figures.corrupt++;
      case StoreEvent.Quarantined _ -> figures.faulted++;
      default -> {}
    }
  }
}
