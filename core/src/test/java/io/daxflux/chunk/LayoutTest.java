package io.daxflux.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors and the chunks they make. */
class LayoutTest {
  private static final TensorLayout TEN_BYTES = TensorLayout.of(DType.UINT8, KvFormat.BINARY, 10);

  @Test
  void tensorHasTheBytesOfAllItsElements() {
    assertThat(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 40, 256, 1_024).bytes())
        .as("a chunk of qwen3-14b")
        .isEqualTo(40L << 20);
    assertThat(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_MLA, 1, 61, 256, 576).bytes())
        .as("a chunk of deepseek-v3")
        .isEqualTo(17_989_632);
    assertThat(TensorLayout.of(DType.DOUBLE, KvFormat.UNDEFINED, 3).bytes()).isEqualTo(24);
  }

  @Test
  void tensorHasOneToEightDimensions() {
    assertThat(TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 1, 1, 1, 1, 1, 1, 1, 7).bytes())
        .isEqualTo(14);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED))
        .withMessage("tensor shape: expected 1 to 8 dimensions, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, new long[9]))
        .withMessage("tensor shape: expected 1 to 8 dimensions, found 9");
  }

  @Test
  void negativeDimensionsAreRefusedAsSuchWhereverTheyStand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 2, -1))
        .withMessage("tensor shape: expected no negative dimension, found [2, -1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 1L << 62, 1L << 62, -1))
        .withMessageStartingWith("tensor shape: expected no negative dimension, found ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 0, -1))
        .withMessage("tensor shape: expected no negative dimension, found [0, -1]");
  }

  @Test
  void tensorTooLargeToAddressIsRefused() {
    assertThat(TensorLayout.of(DType.UINT8, KvFormat.UNDEFINED, Long.MAX_VALUE).bytes())
        .isEqualTo(Long.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 1L << 62))
        .withMessage("tensor shape: too large to address: [4611686018427387904]");
    assertThatIllegalArgumentException()
        .as("a product that wraps to a small number")
        .isThrownBy(() -> TensorLayout.of(DType.UINT8, KvFormat.UNDEFINED, 1L << 32, 1L << 32))
        .withMessage("tensor shape: too large to address: [4294967296, 4294967296]");
  }

  @Test
  void dimensionOfZeroMakesAnEmptyTensorWhereverItStands() {
    long large = Long.MAX_VALUE;

    assertThat(TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 0, large, large).bytes()).isZero();
    assertThat(TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, large, large, 0).bytes()).isZero();
  }

  @Test
  void tensorNeedsADtypeAndAFormat() {
    assertThatNullPointerException()
        .isThrownBy(() -> TensorLayout.of(null, KvFormat.BINARY, 1))
        .withMessage("dtype");
    assertThatNullPointerException()
        .isThrownBy(() -> TensorLayout.of(DType.HALF, null, 1))
        .withMessage("format");
  }

  @Test
  void layoutsAreValues() {
    List<Long> shape = new ArrayList<>(List.of(10L));
    TensorLayout tensor = new TensorLayout(DType.UINT8, KvFormat.BINARY, shape);
    List<TensorLayout> tensors = new ArrayList<>(List.of(tensor));
    ChunkLayout layout = new ChunkLayout(tensors);
    shape.set(0, 99L);
    tensors.clear();

    assertThat(layout).isEqualTo(ChunkLayout.of(TEN_BYTES)).isEqualTo(ChunkLayout.blob(10));
    assertThat(layout).hasSameHashCodeAs(ChunkLayout.blob(10));
  }

  @Test
  void tensorsLieOneBehindTheOther() {
    TensorLayout empty = TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 0);
    TensorLayout mla = TensorLayout.of(DType.BFLOAT16, KvFormat.KV_MLA, 1, 61, 256, 576);
    ChunkLayout layout = ChunkLayout.of(TEN_BYTES, empty, mla, TEN_BYTES);

    assertThat(layout.bytes()).isEqualTo(17_989_652);
    assertThat(layout.offsetOf(0)).isZero();
    assertThat(layout.offsetOf(1)).isEqualTo(10);
    assertThat(layout.offsetOf(2)).isEqualTo(10);
    assertThat(layout.offsetOf(3)).isEqualTo(17_989_642);
    assertThat(layout.offsetOf(4)).isEqualTo(layout.bytes());
  }

  @Test
  void noTensorHasNoOffset() {
    ChunkLayout layout = ChunkLayout.of(TEN_BYTES);

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> layout.offsetOf(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> layout.offsetOf(2));
  }

  @Test
  void chunkHasOneToSixteenTensors() {
    assertThat(new ChunkLayout(Collections.nCopies(16, TEN_BYTES)).bytes()).isEqualTo(160);
    assertThatIllegalArgumentException()
        .isThrownBy(ChunkLayout::of)
        .withMessage("chunk layout: expected 1 to 16 tensors, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkLayout(Collections.nCopies(17, TEN_BYTES)))
        .withMessage("chunk layout: expected 1 to 16 tensors, found 17");
  }

  @Test
  void chunkHasAtMostOneGibibyte() {
    TensorLayout half = TensorLayout.of(DType.HALF, KvFormat.UNDEFINED, 1L << 28);
    TensorLayout huge = TensorLayout.of(DType.UINT8, KvFormat.UNDEFINED, Long.MAX_VALUE);

    assertThat(ChunkLayout.of(half, half).bytes()).isEqualTo(1L << 30);
    assertThat(ChunkLayout.blob(1L << 30).bytes()).isEqualTo(1L << 30);
    tooLarge(half, half, TEN_BYTES);
    tooLarge(TensorLayout.of(DType.BOOL, KvFormat.UNDEFINED, (1L << 30) + 1));
    tooLarge(TEN_BYTES, huge, huge);
  }

  private static void tooLarge(TensorLayout... tensors) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkLayout.of(tensors))
        .withMessage("chunk layout: expected at most 1073741824 bytes, found more");
  }

  @ParameterizedTest
  @EnumSource
  void dtypeIsFoundByItsText(DType dtype) {
    assertThat(DType.ofText(dtype.text())).isSameAs(dtype);
  }

  @Test
  void unknownDtypeIsRefusedByNamingTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DType.ofText("float128"))
        .withMessageStartingWith("dtype: expected one of [half, bfloat16, float, ")
        .withMessageEndingWith("], found float128");
  }
}
