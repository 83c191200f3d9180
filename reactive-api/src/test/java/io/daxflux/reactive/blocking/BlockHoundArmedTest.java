package io.daxflux.reactive.blocking;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.restore.DirectCopier;
import io.daxflux.restore.Region;
import io.daxflux.restore.RegionCopier;
import io.daxflux.restore.StagedCopier;
import io.daxflux.restore.StagingSlab;
import io.daxflux.restore.Transfer;
import io.daxflux.restore.Verifier;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Without this, that no other test finds a blocking call would mean nothing. */
class BlockHoundArmedTest {
  private static final Region REGION = Region.of(List.of(new Transfer(0, 0, 0, 0, 64)));

  private final MemorySegment arena = MemorySegment.ofArray(new byte[64]);
  private final List<MemorySegment> memory = List.of(MemorySegment.ofArray(new byte[64]));

  @AfterEach
  void forgetWhatWasCaught() {
    assertThat(BlockingCalls.take()).hasSize(1);
  }

  @Test
  void waitingOnNonBlockingThreadIsCaught() {
    assertCaught(() -> new CountDownLatch(1).await());
  }

  @Test
  void directRestoreOnNonBlockingThreadIsCaught() {
    assertCopyCaught(DirectCopier.forRestores());
  }

  @Test
  void putOnNonBlockingThreadIsCaught() {
    assertCopyCaught(DirectCopier.forPuts());
  }

  @Test
  void stagedRestoreOnNonBlockingThreadIsCaught() {
    MemorySegment staging = MemorySegment.ofArray(new byte[(int) StagingSlab.MIN_SLOT_BYTES]);
    assertCopyCaught(new StagedCopier(new StagingSlab(staging, 1)));
  }

  @Test
  void verifyingOnNonBlockingThreadIsCaught() {
    assertCopyCaught(new Verifier());
  }

  @Test
  void mappingOnNonBlockingThreadIsCaught() {
    assertCaught(() -> Devices.open(DeviceOptions.of(DeviceOptions.MEMORY).withBytes(1)).close());
  }

  private void assertCopyCaught(RegionCopier copier) {
    assertCaught(() -> copier.copy(REGION, arena, memory, () -> false));
    assertThat(memory.getFirst().mismatch(arena)).as("nothing was copied").isEqualTo(-1);
  }

  private static void assertCaught(ThrowingCall call) {
    Throwable thrown =
        Mono.fromCallable(call::asCallable)
            .subscribeOn(Schedulers.parallel())
            .materialize()
            .block(SOON)
            .getThrowable();
    assertThat(thrown).isInstanceOf(BlockingOperationError.class);
  }

  /** A call that may block. */
  @FunctionalInterface
  private interface ThrowingCall {
    void run() throws Exception;

    default Void asCallable() throws Exception {
      run();
      return null;
    }
  }
}
