package io.daxflux.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkTest {
  private static final ChunkKey KEY = ChunkKey.of("key");

  private static Chunk.Builder builder(long bytes) {
    return Chunk.builder(KEY, ChunkLayout.blob(bytes));
  }

  @Test
  void payloadHasTheLengthOfTheLayout() {
    Chunk chunk = builder(5).payload(heap(1, 2)).payload(heap(3, 4, 5)).build();

    assertThat(chunk.payload()).extracting(MemorySegment::byteSize).containsExactly(2L, 3L);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(5).payload(heap(1, 2)).build())
        .withMessage("chunk payload: expected 5 bytes as laid out, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(5).payload(heap(1, 2)).payload(heap(1, 2, 3, 4)).build())
        .withMessage("chunk payload: expected 5 bytes as laid out, found 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(5).build())
        .withMessage("chunk payload: expected 5 bytes as laid out, found 0");
  }

  @Test
  void emptyChunkNeedsNoPayload() {
    assertThat(builder(0).build().payload()).isEmpty();
    assertThat(Chunk.blob(KEY, new byte[0]).layout().bytes()).isZero();
  }

  @Test
  void blobIsAViewOfItsBytes() {
    byte[] bytes = {1, 2, 3};
    Chunk chunk = Chunk.blob(KEY, bytes);
    bytes[1] = 9;

    assertThat(bytesOf(chunk)).containsExactly(1, 9, 3);
    assertThat(chunk.layout()).isEqualTo(ChunkLayout.blob(3));
    assertThat(chunk.predecessor()).isNull();
    assertThat(chunk.attributes()).isEqualTo(Attributes.NONE);
  }

  @Test
  void memoryOfAConfinedArenaIsRefused() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment confined = arena.allocate(4);
      String message =
          "chunk payload: expected memory that any thread may read (heap, or a shared, automatic"
              + " or global arena), found a confined arena's";

      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder(4).payload(confined))
          .withMessage(message);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder(4).payload(confined.asByteBuffer()))
          .withMessage(message);
    }
  }

  static Stream<MemorySegment> sharedMemory() {
    return Stream.of(
        MemorySegment.ofArray(new byte[4]),
        MemorySegment.ofArray(new long[1]).asSlice(4),
        Arena.ofAuto().allocate(4),
        Arena.global().allocate(4),
        Arena.ofShared().allocate(4),
        MemorySegment.ofBuffer(ByteBuffer.allocateDirect(4)));
  }

  @ParameterizedTest
  @MethodSource("sharedMemory")
  void memoryThatAnyThreadMayReadIsTakenReadOnly(MemorySegment memory) {
    MemorySegment view = builder(4).payload(memory).build().payload().getFirst();

    assertThat(view.isReadOnly()).isTrue();
    memory.set(ValueLayout.JAVA_BYTE, 3, (byte) 7);
    assertThat(view.get(ValueLayout.JAVA_BYTE, 3)).isEqualTo((byte) 7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> view.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
  }

  static Stream<ByteBuffer> buffers() {
    return Stream.of(
        ByteBuffer.allocate(8),
        ByteBuffer.allocateDirect(8),
        ByteBuffer.allocate(10).slice(2, 8),
        ByteBuffer.allocate(8).asReadOnlyBuffer(),
        ByteBuffer.allocateDirect(8).asReadOnlyBuffer());
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void bufferGivesWhatIsBetweenItsPositionAndLimitAndStaysAsItIs(ByteBuffer buffer) {
    buffer.position(2).limit(7);
    Chunk chunk = builder(5).payload(buffer).build();

    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.limit()).isEqualTo(7);
    buffer.clear();
    assertThat(chunk.payload().getFirst().byteSize()).isEqualTo(5);
    if (!buffer.isReadOnly()) {
      buffer.put(2, (byte) 42);
      assertThat(bytesOf(chunk)).containsExactly(42, 0, 0, 0, 0);
    }
  }

  @Test
  void payloadAddedAfterwardsIsNotTheChunks() {
    Chunk.Builder builder = builder(2).payload(heap(1, 2));
    Chunk chunk = builder.build();
    builder.payload(heap(3));

    assertThat(chunk.payload()).hasSize(1).isUnmodifiable();
  }

  @Test
  void attributesTravelWithTheChunk() {
    Attributes attributes = Attributes.of(new byte[] {1, 2});

    assertThat(builder(0).attributes(attributes).build().attributes()).isEqualTo(attributes);
  }

  @Test
  void predecessorIsKept() {
    ChunkKey before = ChunkKey.of("before");

    assertThat(builder(0).after(before).build().predecessor()).isEqualTo(before);
    assertThat(builder(0).after(before).after(null).build().predecessor()).isNull();
  }

  @Test
  void nullIsRefusedWhereItIsGiven() {
    assertThatNullPointerException()
        .isThrownBy(() -> Chunk.builder(null, ChunkLayout.blob(1)))
        .withMessage("key");
    assertThatNullPointerException()
        .isThrownBy(() -> Chunk.builder(KEY, null))
        .withMessage("layout");
    assertThatNullPointerException()
        .isThrownBy(() -> builder(0).attributes(null))
        .withMessage("attributes");
  }

  @Test
  void releaseRunsTheHookOnce() {
    AtomicInteger runs = new AtomicInteger();
    Chunk chunk = builder(0).onRelease(runs::incrementAndGet).build();
    assertThat(chunk.isReleased()).isFalse();

    chunk.release();
    chunk.release();

    assertThat(chunk.isReleased()).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void hookThatThrowsIsNotRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    Chunk chunk =
        builder(0)
            .onRelease(
                () -> {
                  runs.incrementAndGet();
                  throw new IllegalStateException("hook");
                })
            .build();

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(chunk::release);
    chunk.release();

    assertThat(runs).hasValue(1);
  }

  @Test
  void releaseWithoutAHookOnlyMarks() {
    Chunk chunk = Chunk.blob(KEY, new byte[3]);
    chunk.release();

    assertThat(chunk.isReleased()).isTrue();
  }

  @Test
  void racingReleasesRunTheHookOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 500; round++) {
        AtomicInteger runs = new AtomicInteger();
        Chunk chunk = builder(0).onRelease(runs::incrementAndGet).build();
        CountDownLatch start = new CountDownLatch(4);
        List<? extends Future<?>> releases =
            IntStream.range(0, 4)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              start.countDown();
                              start.await();
                              chunk.release();
                              return null;
                            }))
                .toList();
        for (Future<?> release : releases) {
          release.get(30, TimeUnit.SECONDS);
        }
        assertThat(runs).hasValue(1);
      }
    }
  }

  @Test
  void printsItsKeyAndLengthNotItsBytes() {
    assertThat(Chunk.blob(KEY, new byte[3])).hasToString("Chunk[key, 3 bytes]");
  }

  private static MemorySegment heap(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return MemorySegment.ofArray(array);
  }

  private static byte[] bytesOf(Chunk chunk) {
    ByteBuffer all = ByteBuffer.allocate((int) chunk.layout().bytes());
    chunk.payload().forEach(segment -> all.put(segment.asByteBuffer()));
    return all.array();
  }
}
