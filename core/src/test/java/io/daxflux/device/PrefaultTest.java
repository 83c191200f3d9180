package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.daxflux.device.DeviceOptions.Prefaulting;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrefaultTest {
  private static final Executor AT_ONCE = Runnable::run;
  private static final long PIECE = Prefault.PIECE_BYTES;

  @TempDir Path folder;
  private final AdvisedPosix posix = new AdvisedPosix();

  @Test
  void allPiecesAreTouchedInOrder() {
    try (PrivateMemory memory = PrivateMemory.map(2 * PIECE + 8192, posix)) {
      CompletableFuture<Long> done = memory.prefault(AT_ONCE).toCompletableFuture();

      assertThat(done).isCompletedWithValue(2 * PIECE + 8192);
      long start = memory.memory().address();
      assertThat(posix.advised)
          .containsExactly(
              List.of(start, PIECE, 23L),
              List.of(start + PIECE, PIECE, 23L),
              List.of(start + 2 * PIECE, 8192L, 23L));
    }
  }

  @Test
  void touchedMemoryIsResidentAndUntouchedIsNot() {
    try (PrivateMemory memory = PrivateMemory.map(PIECE)) {
      memory.prefault().toCompletableFuture().join();

      assertThat(ProcessView.residentKilobytes(memory.memory().address()))
          .isGreaterThanOrEqualTo(PIECE >> 10);
    }
  }

  @Test
  void bytesStoredBeforehandStay() {
    try (PrivateMemory memory = PrivateMemory.map(1 << 20, posix)) {
      memory.memory().fill((byte) 5);
      memory.prefault(AT_ONCE);

      byte[] expected = new byte[1 << 20];
      Arrays.fill(expected, (byte) 5);
      assertThat(memory.memory().toArray(JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void bytesOfAFileStay() throws Exception {
    Path path = Files.createTempFile(Path.of("/dev/shm"), "daxflux", "");
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 6);
    try {
      Files.write(path, bytes);
      try (Device device = open(path, Prefaulting.BY_KIND, AT_ONCE)) {
        assertThat(device.prefaulted().toCompletableFuture()).isCompletedWithValue(1L << 20);
        assertThat(device.memory().toArray(JAVA_BYTE)).isEqualTo(bytes);
      }
      assertThat(posix.advised.getFirst()).element(2).isEqualTo(23L);
    } finally {
      Files.delete(path);
    }
  }

  @Test
  void askedAgainItIsTheSame() {
    try (PrivateMemory memory = PrivateMemory.map(4096, posix)) {
      assertThat(memory.prefault(AT_ONCE).toCompletableFuture())
          .isCompletedWithValue(memory.prefault(AT_ONCE).toCompletableFuture().join());
      assertThat(posix.advised).hasSize(1);
    }
  }

  @Test
  void closeBeforeTheTaskRunsLeavesItNothingToDo() {
    Queue<Runnable> later = new ArrayDeque<>();
    PrivateMemory memory = PrivateMemory.map(4096, posix);
    CompletableFuture<Long> done = memory.prefault(later::add).toCompletableFuture();
    assertThat(done).isNotDone();

    memory.close();
    later.remove().run();

    assertThat(done).isCompletedWithValue(0L);
    assertThat(posix.advised).isEmpty();
  }

  @Test
  void closeWaitsForThePieceInHandAndStartsNoOther() throws Exception {
    CountDownLatch touching = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    posix.duringAdvice =
        () -> {
          touching.countDown();
          letGo.await();
        };
    PrivateMemory memory = PrivateMemory.map(3 * PIECE, posix);
    CompletableFuture<Long> done = memory.prefault().toCompletableFuture();
    touching.await();
    Thread closer = Thread.ofPlatform().start(memory::close);
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(memory.memory().scope().isAlive()).isTrue();
    assertThat(done).isNotDone();

    letGo.countDown();
    closer.join();

    assertThat(done).isCompletedWithValue(PIECE);
    assertThat(posix.advised).hasSize(1);
    assertThat(memory.memory().scope().isAlive()).isFalse();
  }

  @Test
  void refusalEndsItWithoutAnError() {
    posix.duringAdvice =
        () -> {
          throw new RefusedCall("madvise", RefusedCall.EINVAL, "Invalid argument");
        };
    try (PrivateMemory memory = PrivateMemory.map(4096, posix)) {
      assertThat(memory.prefault(AT_ONCE).toCompletableFuture()).isCompletedWithValue(0L);
      memory.memory().fill((byte) 1);
    }
  }

  @Test
  void truncatedFileEndsItWithoutAnError() throws Exception {
    Path path = Files.write(folder.resolve("arena"), new byte[1 << 20]);
    Queue<Runnable> later = new ArrayDeque<>();
    try (Device device = open(path, Prefaulting.ON, later::add);
        var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(0);
      later.remove().run();

      assertThat(device.prefaulted().toCompletableFuture()).isCompletedWithValue(0L);
    }
  }

  @Test
  void fileOnDiskIsOnlyReadAndOnlyOnRequest() throws Exception {
    Path path = Files.write(folder.resolve("arena"), new byte[1 << 20]);
    assumeFalse(onMemory(path), "no disk here");

    open(path, Prefaulting.BY_KIND, AT_ONCE).close();
    assertThat(posix.advised).isEmpty();

    open(path, Prefaulting.ON, AT_ONCE).close();
    assertThat(posix.advised).hasSize(1);
    assertThat(posix.advised.getFirst()).element(2).isEqualTo(22L);
  }

  @Test
  void sparseFileInMemoryIsTouchedOnRequestOnly() throws Exception {
    Path path = Path.of("/dev/shm/daxflux-sparse-" + ProcessHandle.current().pid());
    DeviceOptions sparse =
        DeviceOptions.of(path.toString())
            .withBytes(1 << 20)
            .withSparse(true)
            .withPrefaultExecutor(AT_ONCE);
    try {
      new Opening(sparse, posix, Path.of("/sys")).open().close();
      assertThat(posix.advised).isEmpty();

      new Opening(sparse.withPrefaulting(Prefaulting.ON), posix, Path.of("/sys")).open().close();
      assertThat(posix.advised).hasSize(1);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  @Test
  void deviceDaxIsTouchedOnRequestOnly() throws Exception {
    SimulatedDax dax = SimulatedDax.in(folder, "4194304", "2097152", 4 << 20);
    DeviceOptions options = DeviceOptions.of(dax.node.toString()).withPrefaultExecutor(AT_ONCE);

    try (Device device = dax.open(options)) {
      assertThat(device.prefaulted().toCompletableFuture()).isCompletedWithValue(0L);
    }
    try (Device device = dax.open(options.withPrefaulting(Prefaulting.ON))) {
      assertThat(device.prefaulted().toCompletableFuture()).isCompletedWithValue(4L << 20);
    }
  }

  @Test
  void afterCloseItIsRefused() {
    PrivateMemory memory = PrivateMemory.map(4096, posix);
    memory.close();

    assertThatThrownBy(memory::prefault)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected memory: open, found it closed");
  }

  private Device open(Path path, Prefaulting prefaulting, Executor executor) {
    DeviceOptions options =
        DeviceOptions.of(path.toString())
            .withPrefaulting(prefaulting)
            .withPrefaultExecutor(executor);
    return new Opening(options, posix, Path.of("/sys")).open();
  }

  private static boolean onMemory(Path path) {
    Posix posix = new Posix();
    int descriptor = posix.open(path.toString());
    try {
      return posix.volume(descriptor).inMemory();
    } finally {
      posix.close(descriptor);
    }
  }

  /** Remembers the advice it passes on. */
  private static final class AdvisedPosix extends WatchedPosix {
    private final List<List<Long>> advised = new ArrayList<>();
    private Interruption duringAdvice = () -> {};

    @Override
    void advise(long address, long bytes, int advice) {
      advised.add(List.of(address, bytes, (long) advice));
      try {
        duringAdvice.run();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      super.advise(address, bytes, advice);
    }

    private interface Interruption {
      void run() throws InterruptedException;
    }
  }
}
