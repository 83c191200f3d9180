package io.daxflux.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.checksum.SliceSums;
import io.daxflux.chunk.Attributes;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Records as they are written and read back. */
class RecordTest {
  /** Large enough for the largest chunk: nothing of its payload is touched. */
  private static final MediaGeometry GEOMETRY =
      new MediaGeometry(1L << 42, 4096, 128 << 10, 1 << 20, 1L << 30, 1 << 20);

  private static final Identity IDENTITY = Identity.random();

  private final RecordEncoder encoder = new RecordEncoder(IDENTITY);

  /** As on the device, with room for the longest record behind each. */
  private final byte[] bytes = new byte[4 * RecordFormat.MOST_BYTES];

  private final RecordDecoder decoder = new RecordDecoder(GEOMETRY, IDENTITY, bytes);

  private int encode(long unit, ChunkRecord record) {
    int length = encoder.encode(unit, record);
    System.arraycopy(encoder.bytes(), 0, bytes, 0, length);
    return length;
  }

  @Test
  void whatIsWrittenIsRead() {
    Seeds.forEach(
        2000,
        random -> {
          ChunkRecord record = Records.any(random, GEOMETRY.payloadBlocks(), 4096);
          long unit = random.nextLong(GEOMETRY.recordUnits() - RecordFormat.MOST_UNITS);
          encode(unit, record);
          RecoveredChunk read = decoder.decode(0, unit);
          assertThat(read.record()).isEqualTo(record);
          assertThat(read.unit()).isEqualTo(unit);
          assertThat(read.units()).isEqualTo(record.shape().units());
        });
  }

  @Test
  void theShapeIsKnownBeforehand() {
    Seeds.forEach(
        500,
        random -> {
          ChunkRecord record = Records.any(random, GEOMETRY.payloadBlocks(), 4096);
          int length = encode(0, record);
          RecordShape shape = record.shape();
          long value = record.isInline() ? record.layout().bytes() : 0;
          assertThat(shape.valueOffset()).isBetween(length, length + 7).matches(o -> o % 8 == 0);
          assertThat(shape.valueOffset() + value)
              .isBetween((shape.units() - 1) * 256L + 1, shape.units() * 256L);
        });
  }

  @Test
  void theLongestRecordHasRoom() throws BadRecord {
    TensorLayout tensor =
        TensorLayout.of(DType.UINT8, KvFormat.BINARY, 1 << 26, 1, 1, 1, 1, 1, 1, 1);
    ChunkLayout layout = new ChunkLayout(Collections.nCopies(16, tensor));
    assertThat(layout.bytes()).isEqualTo(ChunkLayout.MAX_BYTES);
    ChunkRecord record =
        new ChunkRecord(
            ChunkKey.of(new byte[ChunkKey.MAX_BYTES]),
            layout,
            Attributes.of(new byte[Attributes.MAX_BYTES]),
            0,
            1,
            1,
            0,
            0,
            Records.anySums(new Random(1), layout.bytes()));
    assertThat(encode(0, record)).isLessThanOrEqualTo(RecordFormat.MOST_BYTES);
    assertThat(record.shape().units()).isEqualTo(RecordFormat.MOST_UNITS);
    assertThat(decoder.decode(0, 0).record()).isEqualTo(record);
  }

  /** A record of usual size: every bit of it. */
  @Test
  void everyFlippedBitIsCaught() throws BadRecord {
    ChunkRecord record = Records.any(new Random(7), 1000, 4096);
    int length = encode(5, record);
    for (int bit = 0; bit < length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      int at = bit / 8;
      if (at < RecordFormat.LAST_USE) {
        assertThat(decoder.looksLive(0)).isFalse();
      } else if (at < RecordFormat.CHECKSUM) {
        assertThat(decoder.decode(0, 5).record()).isEqualTo(Records.withLastUse(record, 0));
      } else {
        assertThatThrownBy(() -> decoder.decode(0, 5))
            .as("bit %s of byte %s", bit % 8, at)
            .isInstanceOf(BadRecord.class);
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(decoder.decode(0, 5).record()).isEqualTo(record);
  }

  @Test
  void theExpiryIsReadAsItWasRewritten() throws BadRecord {
    ChunkRecord record = Records.at("a", 0, 4096, 1);
    encode(5, record);
    for (long expiresAtMs : new long[] {1, 1_790_000_000_000L, ChunkRecord.MOST_EXPIRES_AT_MS, 0}) {
      ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(RecordFormat.EXPIRY, ExpiryWord.of(expiresAtMs, 5));
      assertThat(decoder.decode(0, 5).record().expiresAtMs()).isEqualTo(expiresAtMs);
    }
  }

  @Test
  void anExpiryOfAnotherRecordIsNone() {
    Seeds.forEach(
        100,
        random -> {
          long expiresAtMs = 1 + random.nextLong(ChunkRecord.MOST_EXPIRES_AT_MS);
          long word = ExpiryWord.of(expiresAtMs, 5);
          for (int bit = 0; bit < Long.SIZE; bit++) {
            long flipped = word ^ 1L << bit;
            assertThatThrownBy(() -> ExpiryWord.read(flipped, 5)).isInstanceOf(BadRecord.class);
          }
          assertThatThrownBy(() -> ExpiryWord.read(word, 6)).isInstanceOf(BadRecord.class);
          assertThatThrownBy(() -> ExpiryWord.read(LastUseWord.of(expiresAtMs, 5), 5))
              .isInstanceOf(BadRecord.class);
        });
  }

  /** Whoever makes checksums right again (software, not chance) still cannot make it read more. */
  @Test
  void anyBytesUnderARightChecksumAreReadOrRefused() {
    Seeds.forEach(
        20_000,
        random -> {
          Arrays.fill(bytes, (byte) 0);
          int length = encode(5, Records.any(random, 1000, 4096));
          int changes = 1 + random.nextInt(4);
          for (int i = 0; i < changes; i++) {
            int at = RecordFormat.FIRST_BLOCK + random.nextInt(length - RecordFormat.FIRST_BLOCK);
            bytes[random.nextBoolean() ? at : Math.min(at, 95)] = (byte) random.nextInt();
          }
          seal(length);
          try {
            RecoveredChunk read = decoder.decode(0, 5);
            assertThat(read.units()).isEqualTo(read.record().shape().units());
            encode(5, read.record());
            assertThat(decoder.decode(0, 5)).isEqualTo(read);
          } catch (BadRecord refused) {
            assertThat(refused.reason())
                .isIn(DropReason.CONTRADICTORY, DropReason.OUT_OF_RANGE, DropReason.CORRUPT);
          }
        });
  }

  private void seal(int length) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(RecordFormat.CHECKSUM, new RecordChecksum().of(bytes, 0, length));
  }

  @Test
  void aRecordCopiedElsewhereIsNone() {
    encode(5, Records.at("a", 0, 4096, 1));
    assertThatThrownBy(() -> decoder.decode(0, 6))
        .isInstanceOfSatisfying(
            BadRecord.class, e -> assertThat(e.reason()).isEqualTo(DropReason.CONTRADICTORY));
  }

  @Test
  void aRecordOfAnotherStoreIsForeign() {
    encode(5, Records.at("a", 0, 4096, 1));
    assertThat(decoder.looksLive(0)).isTrue();
    assertThat(decoder.isOurs(0)).isTrue();
    assertThat(new RecordDecoder(GEOMETRY, Identity.random(), bytes).isOurs(0)).isFalse();
  }

  @Test
  void codesOnTheDeviceNeverChange() {
    assertThat(codes(DType.values(), FieldCodes::of))
        .isEqualTo(
            "HALF=1 BFLOAT16=2 FLOAT=3 DOUBLE=4 UINT8=5 INT8=6 INT16=7 INT32=8 INT64=9 BOOL=10"
                + " FP8_E4M3FN=11 FP8_E4M3FNUZ=12 FP8_E5M2=13 FP8_E5M2FNUZ=14");
    assertThat(codes(KvFormat.values(), FieldCodes::of))
        .isEqualTo("UNDEFINED=1 KV_2LTD=2 KV_T2D=3 KV_2TD=4 BINARY=5 BINARY_BUFFER=6 KV_MLA=7");
  }

  private static <E> String codes(E[] values, Function<E, Byte> code) {
    return String.join(
        " ", Arrays.stream(values).map(value -> value + "=" + code.apply(value)).toList());
  }

  @Test
  void everyCodeIsReadAsWhatItStandsFor() {
    for (int code = Byte.MIN_VALUE; code <= Byte.MAX_VALUE; code++) {
      byte found = (byte) code;
      if (code >= 1 && code <= DType.values().length) {
        assertThat(dtype(found)).isNotNull().extracting(FieldCodes::of).isEqualTo(found);
      } else {
        assertThatThrownBy(() -> FieldCodes.dtype(found)).isInstanceOf(BadRecord.class);
      }
    }
  }

  private static DType dtype(byte code) {
    try {
      return FieldCodes.dtype(code);
    } catch (BadRecord unknown) {
      throw new AssertionError(unknown);
    }
  }

  @Test
  void aRecordThatCannotBeIsNotMade() {
    ChunkLayout blob = ChunkLayout.blob(513);
    assertRefused(() -> Records.inline("a", 513, 1), "payload bytes");
    assertRefused(() -> Records.at("a", 0, 0, 1), "payload bytes");
    assertRefused(() -> Records.at("a", -2, 1, 1), "first block");
    assertRefused(() -> Records.record("a", blob, 0, -1, 1, 0, 0), "generation");
    assertRefused(() -> Records.record("a", blob, 0, 1, -1, 0, 0), "sequence");
    assertRefused(() -> Records.record("a", blob, 0, 1, 1, 1L << 48, 0), "last use");
    assertRefused(() -> Records.record("a", blob, 0, 1, 1, 0, -1), "expiry");
    assertRefused(
        () ->
            new ChunkRecord(
                ChunkKey.of("a"), blob, Attributes.NONE, 0, 1, 1, 0, 0, SliceSums.of(new int[2])),
        "sums");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordShape.of(1, blob, Attributes.NONE, true, true))
        .withMessage("inline value: expected at most 512 bytes, found 513");
  }

  private static void assertRefused(Runnable making, String field) {
    assertThatIllegalArgumentException()
        .isThrownBy(making::run)
        .withMessageStartingWith("chunk record: " + field + ": expected ");
  }

  @Test
  void aLastUseIsReadAsWrittenAndNoOther() {
    Seeds.forEach(
        100,
        random -> {
          long lastUse = random.nextLong(ChunkRecord.MOST_LAST_USE + 1);
          long unit = random.nextLong(1L << 40);
          long word = LastUseWord.of(lastUse, unit);
          assertThat(LastUseWord.read(word, unit)).isEqualTo(lastUse);
          for (int bit = 0; bit < 64; bit++) {
            assertThat(LastUseWord.read(word ^ 1L << bit, unit)).isZero();
          }
        });
  }
}
