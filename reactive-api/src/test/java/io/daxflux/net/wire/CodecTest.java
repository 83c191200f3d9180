package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.PutMode;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.DescribeOutcome;
import io.daxflux.reactive.outcome.Described;
import io.daxflux.reactive.outcome.Hole;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.StoreEvent;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.outcome.StoreException.Category;
import io.daxflux.reactive.outcome.StreamIdleException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read as it was. */
class CodecTest {
  private static final ChunkKey KEY = ChunkKey.of("key");

  static final List<Codes<?>> TABLES =
      List.of(
          Codes.DTYPES,
          Codes.FORMATS,
          Codes.PUT_MODES,
          Codes.MISS_REASONS,
          Codes.PREFIX_ENDS,
          Codes.REFUSALS,
          Codes.PUT_FAILURES,
          Codes.CATEGORIES,
          Codes.DEVICE_KINDS,
          Codes.DURABILITIES);

  private static <T> T roundTrip(
      T value, BiConsumer<ByteBuf, T> writer, Function<ByteBuf, T> reader) {
    ByteBuf bytes = Unpooled.buffer();
    writer.accept(bytes, value);
    T read = reader.apply(bytes);
    assertThat(bytes.readableBytes()).as("bytes left of %s", value).isZero();
    return read;
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void everyConstantHasACode(Codes<?> codes) {
    assertThat(codes.isWhole()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void outcomesOfPutsAreReadAsTheyWere(PutOutcome outcome) {
    assertThat(roundTrip(outcome, Outcomes::writePut, from -> Outcomes.readPut(from, KEY)))
        .isEqualTo(outcome);
  }

  @Test
  void everyOutcomeOfAPutIsTried() {
    assertThat(outcomes().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(PutOutcome.class.getPermittedSubclasses()));
  }

  static Stream<PutOutcome> outcomes() {
    return Stream.of(
        new PutOutcome.Stored(KEY, 1L << 30),
        new PutOutcome.Accepted(KEY, 0),
        new PutOutcome.AlreadyPresent(KEY),
        new PutOutcome.Absent(KEY),
        new PutOutcome.NoSpace(KEY, 1L << 40, 2, 3),
        new PutOutcome.TooLarge(KEY, 1L << 40, 5),
        new PutOutcome.Refused(KEY, PutOutcome.Refused.Reason.BUSY),
        new PutOutcome.Refused(KEY, PutOutcome.Refused.Reason.CLOSING),
        new PutOutcome.Withdrawn(KEY),
        new PutOutcome.HeldBack(KEY),
        new PutOutcome.Failed(KEY, PutOutcome.Failed.Cause.RECORD_FAULT, "détail"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void errorsAreReadAsTheyWere(RuntimeException error) {
    RuntimeException read = roundTrip(error, Failures::write, from -> Failures.read(from, "there"));

    assertThat(read).isExactlyInstanceOf(error.getClass()).hasMessage(error.getMessage());
    assertThat(String.valueOf(read.getCause())).isEqualTo(String.valueOf(error.getCause()));
    if (error instanceof StoreException known) {
      assertThat(((StoreException) read).category()).isEqualTo(known.category());
    }
  }

  @Test
  void everyErrorOfAStoreIsTried() {
    assertThat(
            errors()
                .filter(StoreException.class::isInstance)
                .map(Object::getClass)
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(StoreException.class.getPermittedSubclasses()));
  }

  static Stream<RuntimeException> errors() {
    IOException cause = new IOException("device gone");
    return Stream.of(
        new BusyException(7),
        new ClosedException("it takes in no more requests"),
        new OutputBudgetException(4, 3, 2, 1),
        new OutputBudgetException(4, 3, 2, 10),
        new RequestTooLargeException(5, 4),
        RecordFaultException.ofRemoval(KEY, cause),
        RecordFaultException.ofExpiry(KEY, cause),
        StreamIdleException.noDemand(Duration.ofMillis(1500)),
        StreamIdleException.noPart(Duration.ofNanos(3)),
        new RequestFailedException(cause),
        RemoteException.unknown(Category.CHECK_DEVICE, "something new"),
        new IllegalStateException("ended"),
        new IllegalArgumentException("too long"));
  }

  @Test
  void errorThatIsNotKnownKeepsItsCategoryAndItsMessage() {
    ByteBuf later = Unpooled.buffer().writeByte(99);
    Codes.CATEGORIES.write(later, Category.ASK_LESS);
    Fields.writeText(later, "of a later version");
    later.writeLong(42);

    assertThat(Failures.read(later, "there"))
        .isInstanceOfSatisfying(
            RemoteException.class,
            error -> assertThat(error.category()).isEqualTo(Category.ASK_LESS))
        .hasMessage("of a later version");
  }

  @Test
  void whateverElseFailsThereHasFailedHere() {
    ByteBuf bytes = Unpooled.buffer();
    Failures.write(bytes, new AssertionError("no"));

    assertThat(Failures.read(bytes, "there"))
        .isInstanceOf(RequestFailedException.class)
        .hasMessage("request failed: java.lang.AssertionError: no");
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventsAreReadAsTheyWere(StoreEvent event) {
    assertThat(roundTrip(event, Outcomes::writeEvent, Outcomes::readEvent)).isEqualTo(event);
  }

  @Test
  void everyEventIsTried() {
    assertThat(events().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(StoreEvent.class.getPermittedSubclasses()));
  }

  static Stream<StoreEvent> events() {
    return Stream.of(
        new StoreEvent.Stored(KEY, 1),
        new StoreEvent.Evicted(KEY, 2),
        new StoreEvent.Removed(KEY, 3),
        new StoreEvent.Expired(KEY, 4),
        new StoreEvent.Quarantined(KEY, 5),
        new StoreEvent.Corrupted(KEY, 1L << 30));
  }

  @Test
  void headsAreReadAsTheyWere() {
    ChunkLayout layout =
        ChunkLayout.of(
            TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 3, 5, 7),
            TensorLayout.of(DType.INT8, KvFormat.BINARY, 4097));
    Attributes attributes = Attributes.of(new byte[] {1, 2, 3});
    List<ChunkKey> keys = List.of(KEY, ChunkKey.of("b"), ChunkKey.of("c"), KEY);
    List<DescribeOutcome> heads =
        List.of(
            new Described(0, new ChunkHead(KEY, layout, attributes, null, 77)),
            new Hole(1, keys.get(1), MissReason.CORRUPT),
            new Described(2, ChunkHead.of(keys.get(2), layout)),
            new Described(3, ChunkHead.of(KEY, ChunkLayout.blob(0))));

    assertThat(roundTrip(heads, Heads::writeDescribed, from -> Heads.read(from, keys, 0)))
        .isEqualTo(heads);
  }

  @Test
  void putsAreReadAsTheyWere() {
    ChunkHead head =
        new ChunkHead(
            KEY, ChunkLayout.blob(5), Attributes.of(new byte[256]), ChunkKey.of("before"), 99);
    ByteBuf bytes = Unpooled.buffer();

    Fields.writePut(bytes, head, PutMode.REPLACE_EXISTING);

    assertThat(Codes.PUT_MODES.read(bytes)).isEqualTo(PutMode.REPLACE_EXISTING);
    assertThat(Fields.readHead(bytes)).isEqualTo(head);
    assertThat(bytes.isReadable()).isFalse();
  }

  @Test
  void countThatItsFrameHasNoRoomForIsRefusedBeforeMemoryIsTakenForIt() {
    ByteBuf bytes = Unpooled.buffer().writeInt(-1).writeZero(30);

    assertThatThrownBy(() -> Fields.readKeys(bytes)).isInstanceOf(MalformedException.class);
  }

  @Test
  void whatIsCutOffIsRefusedWhereverItIs() {
    ByteBuf whole = Unpooled.buffer();
    Fields.writePut(
        whole, ChunkHead.of(KEY, ChunkLayout.blob(5)).after(KEY), PutMode.KEEP_EXISTING);
    byte[] bytes = new byte[whole.readableBytes()];
    whole.readBytes(bytes);

    for (int length = 0; length < bytes.length; length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(Arrays.copyOf(bytes, length));
      assertThatThrownBy(
              () -> {
                Codes.PUT_MODES.read(cut);
                Fields.readHead(cut);
              })
          .as("%s bytes", length)
          .isInstanceOfAny(
              MalformedException.class,
              IllegalArgumentException.class,
              IndexOutOfBoundsException.class);
    }
  }
}
