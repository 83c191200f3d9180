package io.daxflux.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.daxflux.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefixKeysTest {
  private static final PrefixKeys KEYS = new PrefixKeys("m", 1, 0, DType.HALF, 4);

  @Test
  void aPrefixHasTheSameKeysInEveryPrompt() {
    List<ChunkKey> all = KEYS.fullChunks(counting(40));

    assertThat(all).hasSize(10).doesNotHaveDuplicates();
    assertThat(KEYS.fullChunks(counting(23))).isEqualTo(all.subList(0, 5));
    assertThat(KEYS.fullChunks(counting(40))).isEqualTo(all);
  }

  @Test
  void oneTokenChangesItsOwnKeyAndAllLaterOnes() {
    Seeds.forEach(
        20,
        random -> {
          int[] tokens = random.ints(64, 0, 150_000).toArray();
          List<ChunkKey> before = KEYS.allChunks(tokens);
          int changed = random.nextInt(tokens.length);
          tokens[changed] ^= 1 << random.nextInt(32);

          List<ChunkKey> after = KEYS.allChunks(tokens);

          int first = changed / 4;
          assertThat(after.subList(0, first)).isEqualTo(before.subList(0, first));
          assertThat(after.subList(first, 16)).doesNotContainAnyElementsOf(before);
        });
  }

  @Test
  void equalTokensInTwoPlacesHaveTwoKeys() {
    assertThat(KEYS.fullChunks(new int[32])).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void tokensBehindTheLastFullChunkHaveNoKeyUnlessAskedFor() {
    assertThat(KEYS.fullChunks(counting(3))).isEmpty();
    assertThat(KEYS.fullChunks(counting(7))).hasSize(1);
    assertThat(KEYS.allChunks(counting(3))).hasSize(1);
    assertThat(KEYS.allChunks(counting(7))).hasSize(2);
    assertThat(KEYS.allChunks(counting(8))).isEqualTo(KEYS.fullChunks(counting(8)));
    assertThat(KEYS.allChunks(new int[0])).isEmpty();
    assertThat(KEYS.fullChunks(new int[0])).isEmpty();
  }

  @Test
  void shorterLastChunkHasAnotherKeyThanTheFullOneItGrowsInto() {
    ChunkKey shorter = KEYS.allChunks(counting(7)).getLast();

    assertThat(shorter).isNotEqualTo(KEYS.allChunks(counting(8)).getLast());
    assertThat(shorter).isNotEqualTo(KEYS.allChunks(counting(6)).getLast());
  }

  @Test
  void workersWorldsModelsAndDtypesNeverShareAKeyNorAHash() {
    List<PrefixKeys> identities =
        List.of(
            KEYS,
            new PrefixKeys("n", 1, 0, DType.HALF, 4),
            new PrefixKeys("m", 2, 0, DType.HALF, 4),
            new PrefixKeys("m", 2, 1, DType.HALF, 4),
            new PrefixKeys("m", 1, 0, DType.BFLOAT16, 4));
    List<String> keys = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (PrefixKeys identity : identities) {
      for (ChunkKey key : identity.allChunks(counting(10))) {
        keys.add(key.toString());
        hashes.add(key.toString().split("@")[3]);
      }
    }

    assertThat(keys).hasSize(15).doesNotHaveDuplicates();
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void keyIsLmcachesText() {
    PrefixKeys keys = new PrefixKeys("Qwen/Qwen3-14B", 8, 3, DType.BFLOAT16, 256);

    assertThat(keys.allChunks(counting(1)).getFirst().toString())
        .matches("Qwen/Qwen3-14B@8@3@[1-9a-f][0-9a-f]{0,63}@bfloat16");
  }

  @Test
  void goldenKeysStayWhatTheyAre() {
    PrefixKeys keys = new PrefixKeys("Qwen/Qwen3-14B", 2, 1, DType.BFLOAT16, 2);

    assertThat(keys.allChunks(new int[] {1, 256, -1, 151_643, 0}))
        .extracting(key -> key.toString().split("@")[3])
        .containsExactly(
            "c902d850e0467fb9c7d1ab71e0af6421277e5ba689838e6adb013ecc7b1dfb8c",
            "af2863039a19fc359b0afcc7dc43218da810fe98ad94e98410d8afa140832c15",
            "4e1053e55337b104bef0f3fae1f0e31297da3bceb3f1ed685919ae4f1557aa12");
  }

  @Test
  void keysAreThoseOfAPlainComputation() {
    Seeds.forEach(
        20,
        random -> {
          int chunkTokens = 1 + random.nextInt(3_000);
          int[] tokens = random.ints(random.nextInt(10_000)).toArray();
          PrefixKeys keys = new PrefixKeys("a model", 4, 3, DType.FP8_E4M3FN, chunkTokens);

          assertThat(keys.allChunks(tokens))
              .extracting(ChunkKey::toString)
              .isEqualTo(plainly("a model@4@3", "fp8_e4m3fn", chunkTokens, tokens));
        });
  }

  @Test
  void leadingZerosOfTheHashAreLeftOut() {
    PrefixKeys keys = new PrefixKeys("m", 1, 0, DType.HALF, 1);

    List<Integer> digits =
        keys.fullChunks(counting(5_000)).stream()
            .map(key -> key.toString().split("@")[3])
            .peek(hash -> assertThat(hash).doesNotStartWith("0"))
            .map(String::length)
            .distinct()
            .toList();

    assertThat(digits).contains(64, 63, 62);
  }

  @Test
  void hugeChunksCostNoMemory() {
    for (int chunkTokens : new int[] {1 << 29, 1 << 30, Integer.MAX_VALUE}) {
      PrefixKeys keys = new PrefixKeys("m", 1, 0, DType.HALF, chunkTokens);

      assertThat(keys.fullChunks(counting(10))).isEmpty();
      assertThat(keys.allChunks(counting(4))).isEqualTo(KEYS.allChunks(counting(4)));
    }
  }

  @Test
  void badIdentitiesAreRefused() {
    refused("model: expected a name without '@', found \"a@b\"", "a@b", 1, 0, 4);
    refused("model: expected a name without '@', found \" \"", " ", 1, 0, 4);
    refused("world size: expected at least 1, found 0", "m", 0, 0, 4);
    refused("worker: expected 0 to 1, found 2", "m", 2, 2, 4);
    refused("worker: expected 0 to 0, found -1", "m", 1, -1, 4);
    refused("chunk tokens: expected at least 1, found 0", "m", 1, 0, 0);
    refused("chunk key: expected 1 to 4096 bytes, found 4100", "m".repeat(4026), 1, 0, 4);
    assertThatNullPointerException().isThrownBy(() -> new PrefixKeys("m", 1, 0, null, 4));
  }

  private static void refused(
      String message, String model, int worldSize, int worker, int chunkTokens) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrefixKeys(model, worldSize, worker, DType.HALF, chunkTokens))
        .withMessage(message);
  }

  private static int[] counting(int count) {
    int[] tokens = new int[count];
    Arrays.setAll(tokens, i -> i);
    return tokens;
  }

  /** The keys as the Javadoc defines them, a byte at a time. */
  private static List<String> plainly(String identity, String dtype, int chunkTokens, int[] tokens)
      throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] parent = sha256.digest((identity + "@" + dtype).getBytes("UTF-8"));
    List<String> keys = new ArrayList<>();
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    for (int i = 0; i < tokens.length; i++) {
      for (int shift = 0; shift < 32; shift += 8) {
        chunk.write(tokens[i] >>> shift);
      }
      if ((i + 1) % chunkTokens == 0 || i + 1 == tokens.length) {
        sha256.update(parent);
        parent = sha256.digest(chunk.toByteArray());
        chunk.reset();
        keys.add(identity + "@" + new BigInteger(1, parent).toString(16) + "@" + dtype);
      }
    }
    return keys;
  }
}
