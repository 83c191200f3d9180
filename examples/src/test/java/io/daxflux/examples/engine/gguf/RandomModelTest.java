package io.daxflux.examples.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {
  private static final LlamaShape SMALL = LlamaShape.named("3m");

  @TempDir Path folder;

  @Test
  void theSameSeedGivesTheSameFileEverywhere() throws Exception {
    Path file = RandomModel.in(folder, SMALL, 1);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("47642f085a2ed34a1e2de67a9fd426721c8758d46c63112bc1b3de135231457d");
  }

  @Test
  void anotherSeedGivesOtherWeights() throws IOException {
    byte[] one = Files.readAllBytes(RandomModel.in(folder, SMALL, 1));
    byte[] two = Files.readAllBytes(RandomModel.in(folder, SMALL, 2));
    assertThat(two).hasSameSizeAs(one).isNotEqualTo(one);
  }

  @Test
  void aFileThatIsThereIsLeftAlone() throws IOException {
    Path there = Files.writeString(folder.resolve("random-3m-1.gguf"), "kept");
    assertThat(RandomModel.in(folder, SMALL, 1)).isEqualTo(there).hasContent("kept");
  }

  @Test
  void presetsHaveAsManyParametersAsTheirNamesSay() {
    assertThat(LlamaShape.named("3m").parameters()).isBetween(3_000_000L, 3_200_000L);
    assertThat(LlamaShape.named("23m").parameters()).isBetween(22_500_000L, 23_500_000L);
    assertThat(LlamaShape.named("76m").parameters()).isBetween(75_500_000L, 76_500_000L);
  }

  @Test
  void anUnknownPresetIsOneLine() {
    assertThatThrownBy(() -> LlamaShape.named("4m"))
        .hasMessage("preset: expected one of [3m, 23m, 76m, wide-kv], found '4m'");
  }

  @Test
  void readsBackAsWritten() throws IOException {
    Path file = RandomModel.in(folder, SMALL, 1);
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[4];
    in.get(magic);
    assertThat(magic).asString(StandardCharsets.US_ASCII).isEqualTo("GGUF");
    assertThat(in.getInt()).isEqualTo(3);
    long tensors = in.getLong();
    assertThat(tensors).isEqualTo(SMALL.tensors().size());
    Map<String, Object> values = new HashMap<>();
    for (long left = in.getLong(); left > 0; left--) {
      values.put(text(in), value(in, in.getInt()));
    }
    assertThat(values)
        .containsEntry("general.architecture", "llama")
        .containsEntry("llama.embedding_length", 256)
        .containsEntry("llama.attention.head_count_kv", 2)
        .containsEntry("llama.rope.freq_base", 10_000f)
        .containsEntry("tokenizer.ggml.tokens", 320L);
    long end = 0;
    for (Tensor tensor : SMALL.tensors()) {
      assertThat(text(in)).isEqualTo(tensor.name());
      int dimensions = in.getInt();
      long elements = 1;
      for (int i = 0; i < dimensions; i++) {
        elements *= in.getLong();
      }
      assertThat(elements).isEqualTo(tensor.elements());
      assertThat(in.getInt()).isEqualTo(tensor.type());
      long offset = in.getLong();
      assertThat(offset).isEqualTo(end);
      assertThat(offset % 32).isZero();
      end = offset + tensor.bytes() + GgufHead.padding(tensor.bytes());
    }
    int data = in.position() + GgufHead.padding(in.position());
    assertThat(Files.size(file)).isEqualTo(data + end);
  }

  private static Object value(ByteBuffer in, int type) {
    return switch (type) {
      case 4, 5 -> in.getInt();
      case 6 -> in.getFloat();
      case 8 -> text(in);
      case 9 -> {
        int of = in.getInt();
        long length = in.getLong();
        for (long i = 0; i < length; i++) {
          value(in, of);
        }
        yield length;
      }
      default -> throw new AssertionError("type " + type);
    };
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[Math.toIntExact(in.getLong())];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
