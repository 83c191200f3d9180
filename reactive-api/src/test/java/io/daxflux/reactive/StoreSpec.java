package io.daxflux.reactive;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.CopyEngine;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.DeviceOptions.Prefaulting;
import io.daxflux.device.Devices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Which store a test wants; small and quick to open unless it says otherwise. */
public final class StoreSpec {
  /** Where the blocks of a small file begin: its records lie before. */
  public static final long FILE_HEAD_BYTES = 2 << 20;

  /** Real device-dax, where it was named. */
  static final @Nullable String DEVDAX = System.getProperty("daxflux.test.dax.fine");

  private final QuietStores stores;
  private Setup.Arena arena = Setup.Arena.MEMORY;
  private CopyEngine engine = CopyEngine.JVM;
  private RestoreMode mode = RestoreMode.DIRECT;
  private boolean remote;
  private @Nullable Path file;
  private long arenaBytes = 1 << 20;
  private long outputBytes = 1 << 20;
  private int maxRegions = 2;
  private Duration closeGrace = Duration.ofMillis(200);
  private UnaryOperator<ConfigBuilder> configuration = UnaryOperator.identity();
  private UnaryOperator<StoreBuilder> building = UnaryOperator.identity();
  private UnaryOperator<Device> deviceView = UnaryOperator.identity();

  StoreSpec(QuietStores stores) {
    this.stores = stores;
  }

  public StoreSpec over(Setup setup) {
    arena = setup.arena();
    mode = setup.mode();
    engine = setup.engine();
    remote = setup.isRemote();
    // Elsewhere whoever asks serves, and may block; here all that serves must not.
    return arena == Setup.Arena.MEMORY && !remote ? withoutGuests() : this;
  }

  /** Over this file, where the setup is over one. */
  public StoreSpec file(Path path) {
    file = path;
    return this;
  }

  /** So many bytes of arena, a multiple of {@link Chunks#BLOCK}. */
  public StoreSpec arena(long bytes) {
    arenaBytes = bytes;
    return this;
  }

  /** So many bytes of output memory, a multiple of {@link Chunks#BLOCK}. */
  public StoreSpec outputs(long bytes) {
    outputBytes = bytes;
    return this;
  }

  /** So many regions in flight, and as many workers. */
  public StoreSpec regions(int most) {
    maxRegions = most;
    return this;
  }

  public StoreSpec closeGrace(Duration grace) {
    closeGrace = grace;
    return this;
  }

  /** Options of which this has no word. */
  public StoreSpec with(UnaryOperator<ConfigBuilder> options) {
    UnaryOperator<ConfigBuilder> before = configuration;
    configuration = builder -> options.apply(before.apply(builder));
    return this;
  }

  /** Wraps every copier. What is held is let through after the test. */
  public StoreSpec copies(CopyControl control) {
    stores.afterTest(control::passAll);
    return building(builder -> builder.decorateCopiers(control)).withoutGuests();
  }

  /** Tells which thread begins to copy; callers who wait are among them. */
  public StoreSpec tellCopier(Consumer<Thread> begun) {
    return building(
        builder ->
            builder.decorateCopiers(
                copier ->
                    (region, arena, memory, stopped) -> {
                      begun.accept(Thread.currentThread());
                      return copier.copy(region, arena, memory, stopped);
                    }));
  }

  /** Lets nobody's thread serve the store but its own, nor copy but its workers. */
  public StoreSpec withoutGuests() {
    return building(StoreBuilder::withoutGuests);
  }

  /** Lets the opening fail after most of what it needs was taken. */
  public StoreSpec failingCopiers() {
    return building(
        builder ->
            builder.decorateCopiers(
                _ -> {
                  throw new UnsupportedOperationException("no copier");
                }));
  }

  public StoreSpec deliverOn(Scheduler scheduler) {
    return building(builder -> builder.deliverOn(scheduler));
  }

  public StoreSpec copyOn(Scheduler scheduler) {
    return building(builder -> builder.copyOn(scheduler));
  }

  /** Lets the test hold commits. What is held is let through after the test. */
  public StoreSpec commits(HeldCommits commits) {
    stores.afterTest(commits::passAll);
    stores.afterClose(commits::dispose);
    return building(builder -> builder.commitOn(commits));
  }

  /** Keeps time by this clock. */
  public StoreSpec keepTimeOn(Scheduler clock) {
    return building(builder -> builder.keepTimeOn(clock));
  }

  private StoreSpec building(UnaryOperator<StoreBuilder> step) {
    UnaryOperator<StoreBuilder> before = building;
    building = builder -> step.apply(before.apply(builder));
    return this;
  }

  /** Looks at the device through something. */
  public StoreSpec device(UnaryOperator<Device> view) {
    deviceView = view;
    return this;
  }

  /** Lets the test hold up the store's thread; it goes on after the test. */
  public StoreSpec stalledBy(StalledThread stalled) {
    stores.afterTest(stalled::close);
    return device(stalled).withoutGuests();
  }

  /** Opens it; it is closed after the test at the latest. */
  public ReactiveChunkStore open() {
    return stores.opened(opening().block(SOON));
  }

  /** The opening itself, of a store that is the test's to close. */
  public Mono<ReactiveChunkStore> opening() {
    ConfigBuilder options =
        DaxfluxConfig.builder()
            .devicePath(devicePath())
            .deviceBytes(arenaBytes)
            .blockBytes(Chunks.BLOCK)
            .outputBudgetBytes(outputBytes)
            .restoreMode(mode)
            .restoreWorkers(maxRegions)
            .restoreMaxRegions(maxRegions)
            .stagingSlabBytes(maxRegions * (4L << 20))
            .closeGrace(closeGrace)
            .prefault(false)
            .lockMemory(false);
    if (engine != CopyEngine.JVM) {
      options.copyEngine(engine);
    }
    DaxfluxConfig config = configuration.apply(options).build();
    stores.allowLog("after a loss of power a key may serve"); // where files lie on a disk
    StoreBuilder builder = ReactiveChunkStore.builder(config);
    builder.trackOrigins().device(() -> deviceView.apply(openDevice(config)));
    Mono<ReactiveChunkStore> local = building.apply(builder).open();
    return remote ? ServedStore.inFrontOf(local, config) : local;
  }

  private String devicePath() {
    return switch (arena) {
      case FILE -> (file == null ? stores.newFile() : file).toString();
      case DEVDAX -> Objects.requireNonNull(DEVDAX, "daxflux.test.dax.fine");
      case MEMORY, ODD -> DaxfluxConfig.MEMORY;
    };
  }

  private Device openDevice(DaxfluxConfig config) {
    if (arena == Setup.Arena.ODD) {
      return new OddDevice(arenaBytes);
    }
    long headBytes = arena == Setup.Arena.MEMORY ? 0 : FILE_HEAD_BYTES;
    Device device =
        Devices.open(
            DeviceOptions.of(config.devicePath())
                .withBytes(headBytes + arenaBytes)
                .withPrefaulting(Prefaulting.OFF));
    if (arena == Setup.Arena.DEVDAX) {
      // As new: of the tests before, neither the store is to be found, nor the bytes of a chunk.
      device.memory().fill((byte) 0);
    }
    return device;
  }
}
