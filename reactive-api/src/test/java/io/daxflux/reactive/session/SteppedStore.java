package io.daxflux.reactive.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.buffer.BufferPool;
import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import io.daxflux.media.Media;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.CopyControl;
import io.daxflux.reactive.DeviceView;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.ring.ManualMailbox;
import io.daxflux.restore.DirectCopier;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.Verifier;
import io.daxflux.store.StoreFigures;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A store without threads: its mailbox, its copies, its deliveries and its clock move one step at a
 * time, on the test's own thread and in the order that the test chooses. So every interleaving of
 * the real threads that matters (each of the three hands the next one complete results) can be
 * brought about, and brought about again.
 */
final class SteppedStore implements AutoCloseable {
  /** Who makes the next step, where several could. */
  enum First {
    /** The store's thread, then copies and commits, then deliveries. */
    STORE,
    /** Copies and commits, then deliveries, then the store's thread. */
    COPIES,
    /** Deliveries, then the store's thread, then copies and commits. */
    DELIVERIES
  }

  static final int RING_SLOTS = 16;
  static final int MAX_REGIONS = 2;
  static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

  final CopyControl copyControl = new CopyControl();
  final ManualScheduler delivery = new ManualScheduler();
  final ManualScheduler copyWorkers = new ManualScheduler();
  final ManualScheduler committer = new ManualScheduler();
  final Requests requests;
  final StoreLoop loop;
  private final ManualMailbox mailbox = new ManualMailbox(RING_SLOTS);
  final UnwillingDevice device;

  SteppedStore(long arenaBytes, long outputBytes) {
    this(arenaBytes, outputBytes, UnaryOperator.identity());
  }

  SteppedStore(long arenaBytes, long outputBytes, UnaryOperator<ConfigBuilder> options) {
    this(arenaBytes, outputBytes, MAX_REGIONS, options);
  }

  /**
   * @param workers how many regions are made of a restore, if it is large enough
   */
  SteppedStore(
      long arenaBytes, long outputBytes, int workers, UnaryOperator<ConfigBuilder> options) {
    DaxfluxConfig config =
        options
            .apply(
                DaxfluxConfig.builder()
                    .devicePath(DaxfluxConfig.MEMORY)
                    .deviceBytes(arenaBytes)
                    .outputBudgetBytes(outputBytes)
                    .blockBytes(Chunks.BLOCK)
                    .closeGrace(CLOSE_GRACE)
                    .restoreWorkers(workers)
                    .restoreMaxRegions(MAX_REGIONS))
            .build();
    Device memory =
        Devices.open(
            DeviceOptions.of(DeviceOptions.MEMORY)
                .withBytes(arenaBytes)
                .withPrefaulting(Prefaulting.OFF));
    this(config, memory, null, null, null);
  }

  /**
   * A store over a device that was opened already.
   *
   * @param puts wraps what copies to the device; null for {@link #copyControl}
   * @param reads wraps what copies from it; null for {@link #copyControl}
   */
  SteppedStore(
      DaxfluxConfig config,
      Device opened,
      @Nullable Media media,
      @Nullable UnaryOperator<RegionCopier> puts,
      @Nullable UnaryOperator<RegionCopier> reads) {
    UnaryOperator<RegionCopier> toDevice = puts == null ? copyControl : puts;
    UnaryOperator<RegionCopier> fromDevice = reads == null ? copyControl : reads;
    device = new UnwillingDevice(opened);
    RegionCopier restores = fromDevice.apply(DirectCopier.forRestores());
    MemorySegment outputs = MemorySegment.ofArray(new byte[(int) config.outputBudgetBytes()]);
    StoreParts parts =
        new StoreParts(
            config,
            device,
            media,
            new BufferPool(outputs, config.blockBytes()),
            mode -> restores,
            toDevice.apply(DirectCopier.forPuts()),
            fromDevice.apply(new Verifier()),
            "jvm",
            copyWorkers,
            committer,
            delivery,
            Timers.of(delivery),
            false,
            media == null);
    loop = new StoreLoop(parts, mailbox);
    requests = new Requests(loop);
  }

  // --- Steps

  /** Makes one step. */
  boolean step(First first) {
    return switch (first) {
      case STORE -> stepStore() || stepCopies() || stepCommits() || stepDeliveries();
      case COPIES -> stepCopies() || stepCommits() || stepDeliveries() || stepStore();
      case DELIVERIES -> stepDeliveries() || stepStore() || stepCopies() || stepCommits();
    };
  }

  boolean stepStore() {
    if (mailbox.isEmpty()) {
      return false;
    }
    mailbox.handleOne();
    return true;
  }

  boolean stepCopies() {
    if (copyWorkers.isEmpty()) {
      return false;
    }
    copyWorkers.runOne();
    return true;
  }

  boolean stepCommits() {
    if (committer.isEmpty()) {
      return false;
    }
    committer.runOne();
    return true;
  }

  boolean stepDeliveries() {
    if (delivery.isEmpty()) {
      return false;
    }
    delivery.runOne();
    return true;
  }

  /** Makes steps until there are none; returns how many there were. */
  int settle(First first) {
    int steps = 0;
    while (step(first)) {
      steps++;
    }
    return steps;
  }

  void settle() {
    settle(First.STORE);
  }

  /** Only the store's thread, until it has nothing to do. */
  void settleStore() {
    while (stepStore()) {
      continue;
    }
  }

  /** Moves the clock, and settles. */
  void pass(Duration time) {
    delivery.advance(time);
    settle();
  }

  // --- Whole requests

  <T> Receiver<T> subscribe(Publisher<T> publisher, long demand) {
    Receiver<T> receiver = new Receiver<>(demand);
    publisher.subscribe(receiver);
    return receiver;
  }

  <T> Receiver<T> subscribe(Publisher<T> publisher) {
    return subscribe(publisher, Long.MAX_VALUE);
  }

  /** The only answer to a request that is answered at once. */
  <T> T ask(Publisher<T> question) {
    Receiver<T> receiver = subscribe(question);
    settle();
    assertThat(receiver.error()).isNull();
    assertThat(receiver.received()).hasSize(1);
    return receiver.received().getFirst();
  }

  void put(Chunk... chunks) {
    Receiver<PutOutcome> receiver =
        subscribe(requests.put(Arrays.asList(chunks), PutMode.KEEP_EXISTING));
    settle();
    assertThat(receiver.received())
        .hasSize(chunks.length)
        .allMatch(PutOutcome.Stored.class::isInstance);
  }

  void put(List<Chunk> chunks) {
    put(chunks.toArray(Chunk[]::new));
  }

  /** Fails unless a copy is under way and what it reads and writes is still taken. */
  void assertHeld() {
    StoreFigures figures = loop.store().figures();
    assertThat(loop.sessions()).isNotEmpty();
    assertThat(loop.gate().inFlight()).isPositive();
    assertThat(figures.leases() + figures.reservations()).isPositive();
  }

  boolean contains(ChunkKey key) {
    return ask(requests.contains(key));
  }

  /** Fails where anything is out or under way, or a timer is still set. */
  void assertQuiet() {
    StoreFigures figures = loop.store().figures();
    assertThat(loop.sessions()).isEmpty();
    assertThat(loop.handles().describe()).isEmpty();
    assertThat(loop.gate().inFlight()).as("regions").isZero();
    assertThat(loop.journal().isIdle()).as("nothing is left to be written down").isTrue();
    assertThat(figures.leases()).as("leases").isZero();
    assertThat(figures.reservations()).as("reservations").isZero();
    assertThat(figures.pinned()).as("pins").isZero();
    assertThat(figures.dropped()).as("dropped entries").isZero();
    assertThat(loop.outputs().outputs()).as("outputs").isZero();
    assertThat(loop.outputs().freeBytes()).isEqualTo(loop.outputs().capacityBytes());
    assertThat(loop.alarms().areSet()).as("alarms are set").isFalse();
  }

  /** Fails where anything but a handle is left of a store that was closed. */
  void assertClosed() {
    assertThat(loop.sessions()).isEmpty();
    assertThat(loop.gate().inFlight()).as("regions").isZero();
    assertThat(loop.journal().isIdle()).as("nothing is left to be written down").isTrue();
    assertThat(loop.store().figures().reservations()).as("reservations").isZero();
    assertThat(loop.leaks()).isEmpty();
    assertThat(mailbox.isEmpty()).isTrue();
    assertThat(delivery.hasTimers()).as("timers are set").isFalse();
  }

  @Override
  public void close() {
    device.close();
  }

  /** A device whose memory nobody gets where the test says so. */
  static final class UnwillingDevice extends DeviceView {
    private @Nullable RuntimeException refusal;

    UnwillingDevice(Device device) {
      super(device);
    }

    void refuseMemory(@Nullable RuntimeException cause) {
      refusal = cause;
    }

    @Override
    public MemorySegment memory() {
      if (refusal != null) {
        throw refusal;
      }
      return super.memory();
    }
  }
}
