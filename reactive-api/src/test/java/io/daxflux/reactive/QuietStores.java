package io.daxflux.reactive;

import static io.daxflux.reactive.Chunks.SOON;

import io.daxflux.reactive.blocking.BlockingCalls;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.StoreStatus;
import io.daxflux.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.util.retry.Retry;

/**
 * Opens the stores of a test, and fails the test if it leaves anything behind: a session, a region,
 * a reservation, a lease, a handle (and says where that was asked for), output memory, a thread, an
 * error or a value that reached nobody, or a warning in the log that it did not expect.
 *
 * <p>Register it as an instance field: {@code @RegisterExtension final QuietStores stores = new
 * QuietStores();}
 */
public final class QuietStores implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Patience.ofSeconds(60);

  private static final Retry UNTIL_NOT_BUSY =
      Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(1))
          .filter(BusyException.class::isInstance);

  private final List<ReactiveChunkStore> opened = new ArrayList<>();
  private final List<Runnable> afterTest = new ArrayList<>();
  private final List<Runnable> afterClose = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final Set<Thread> othersThreads = new HashSet<>();
  private final LogWatch log = new LogWatch();
  private final DropWatch drops = new DropWatch();

  /** How long what should end by itself is given: tests of this class have less patience. */
  private final Duration patience;

  public QuietStores() {
    this(PATIENCE);
  }

  QuietStores(Duration patience) {
    this.patience = patience;
  }

  /** A store to be described and opened. */
  public StoreSpec spec() {
    return new StoreSpec(this);
  }

  /** A store of this setup, to be described further and opened. */
  public StoreSpec over(Setup setup) {
    return spec().over(setup);
  }

  /** A store like any other. */
  public ReactiveChunkStore open() {
    return spec().open();
  }

  /** Runs before anything is asked of the stores: whatever a failed test holds up must go on. */
  void afterTest(Runnable action) {
    afterTest.add(action);
  }

  /** Runs when all stores are closed. */
  void afterClose(Runnable action) {
    afterClose.add(action);
  }

  ReactiveChunkStore opened(ReactiveChunkStore store) {
    opened.add(store);
    return store;
  }

  /** A file for an arena; it does not exist yet, and does no longer after the test. */
  public Path newFile() {
    Path memory = Path.of("/dev/shm");
    String name = "daxflux-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    Path parent = Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    Path file = parent.resolve(name);
    files.add(file);
    return file;
  }

  /** The test brings such a line about; without it, the test fails. */
  public void expectLog(String part) {
    log.expect(part);
  }

  /** The test may bring such a line about. */
  public void allowLog(String part) {
    log.allow(part);
  }

  /** Whether such a line stands in the log. */
  public boolean hasLogged(String part) {
    return log.lines().stream().anyMatch(line -> line.contains(part));
  }

  /** Waits until something is dropped whose text contains this, and takes it as intended. */
  public void expectDrop(String part) {
    until(() -> drops.forgive(part), "a drop of \"" + part + "\"");
  }

  /** Waits until nothing is out and nothing under way. */
  public static void awaitQuiet(ReactiveChunkStore store) {
    awaitQuiet(store, () -> {});
  }

  /** Waits until nothing is out and nothing under way, and does something meanwhile. */
  public static void awaitQuiet(ReactiveChunkStore store, Runnable meanwhile) {
    until(
        () -> {
          meanwhile.run();
          return isWhole(statusOf(store));
        },
        "a quiet store");
  }

  /** The store in numbers, as of now; asks again while the ring is full. */
  public static StoreStatus statusOf(ReactiveChunkStore store) {
    return store.status().retryWhen(UNTIL_NOT_BUSY).block(SOON);
  }

  /** Waits for something that another thread brings about. */
  public static void until(BooleanSupplier condition, String what) {
    until(condition, what, SOON);
  }

  private static void until(BooleanSupplier condition, String what, Duration patience) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(patience)
        .until(condition::getAsBoolean);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    log.begin();
    drops.begin();
    othersThreads.addAll(threads());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    List<String> faults = new ArrayList<>();
    try {
      afterTest.forEach(Runnable::run);
      for (ReactiveChunkStore store : opened) {
        checkQuiet(store, faults);
      }
      for (ReactiveChunkStore store : opened) {
        close(store, faults);
      }
      afterClose.forEach(Runnable::run);
      if (!within(() -> threads().isEmpty())) {
        faults.add("threads are left: " + threads());
      }
      if (!within(() -> log.missing().isEmpty())) {
        faults.add("expected in the log, and not there: " + log.missing());
      }
      faults.addAll(log.unexpected());
      faults.addAll(drops.dropped());
      BlockingCalls.take().forEach(call -> faults.add(described(call)));
    } finally {
      drops.end();
      log.end();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    if (!faults.isEmpty()) {
      throw new AssertionError("not quiet after the test:\n" + String.join("\n", faults));
    }
  }

  private static String described(BlockingCalls.Caught call) {
    String where =
        Arrays.stream(call.error().getStackTrace())
            .map(StackTraceElement::toString)
            .collect(Collectors.joining("\n    at "));
    return call.thread() + ": " + call.error().getMessage() + "\n    at " + where;
  }

  private void checkQuiet(ReactiveChunkStore store, List<String> faults) {
    try {
      if (!within(() -> isWhole(statusOf(store)))) {
        faults.add("left behind in " + store + ": " + statusOf(store));
      }
    } catch (ClosedException closed) {
      // Closed by the test: what was out then stands in the log.
    }
  }

  private static void close(ReactiveChunkStore store, List<String> faults) {
    try {
      store.close().block(SOON);
    } catch (RuntimeException failure) {
      faults.add("close of " + store + " failed: " + failure);
    }
  }

  private boolean within(BooleanSupplier condition) {
    try {
      until(condition, "quiet", patience);
      return true;
    } catch (ConditionTimeoutException late) {
      return false;
    }
  }

  private static boolean isWhole(StoreStatus status) {
    StoreStatus.Outputs outputs = status.outputs();
    return status.isQuiet()
        && outputs.freeBytes() == outputs.bytes()
        && outputs.largestRunBytes() == outputs.bytes();
  }

  private List<Thread> threads() {
    Thread[] all = new Thread[Thread.activeCount() * 2 + 64];
    int count = Thread.currentThread().getThreadGroup().enumerate(all);
    List<Thread> ours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (all[i].getName().startsWith("daxflux-") && !othersThreads.contains(all[i])) {
        ours.add(all[i]);
      }
    }
    return ours;
  }
}
