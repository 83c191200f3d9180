package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
  @ParameterizedTest
  @CsvSource({
    "qwen3-14b, 41943040",
    "llama-3.1-8b, 33554432",
    "llama-3.1-70b, 83886080",
    "qwen2.5-7b, 14680064",
    "mistral-7b, 33554432",
    "deepseek-v3, 17989632"
  })
  void aChunkOf256TokensHasTheModelsBytes(String name, long bytes) {
    assertThat(Model.named(name).layout(256, DType.BFLOAT16, 1).bytes()).isEqualTo(bytes);
  }

  @Test
  void bytesGoWithTokensAndElementSize() {
    Model model = Model.named("qwen3-14b");
    assertThat(model.layout(1, DType.BFLOAT16, 1).bytes()).isEqualTo(163_840);
    assertThat(model.layout(1, DType.FP8_E4M3FN, 1).bytes()).isEqualTo(81_920);
  }

  @Test
  void aScaleDividesTheBytesAndLeavesAtLeastOne() {
    Model model = Model.named("deepseek-v3");
    assertThat(model.layout(256, DType.BFLOAT16, 1000)).isEqualTo(ChunkLayout.blob(17_989));
    assertThat(model.layout(1, DType.BFLOAT16, 1 << 30)).isEqualTo(ChunkLayout.blob(1));
  }
}
