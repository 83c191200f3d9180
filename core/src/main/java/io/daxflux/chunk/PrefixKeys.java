package io.daxflux.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Names the chunks of a prompt: token ids in, chained keys out.
 *
 * <p>The hash of chunk {@code i} is {@code SHA-256(hash(i-1) || tokens(i))}, the token ids as
 * little-endian 32-bit integers and the chain started from SHA-256 of the identity text, so that a
 * key names its whole prefix and not just its own tokens. The key is LMCache's text, {@code
 * MODEL@WORLD@WORKER@HASH@DTYPE}: workers of one model and different dtypes never share a chunk.
 *
 * <pre>
 *   MODEL@WORLD@WORKER@DTYPE ── SHA-256 ──┐
 *   tokens of chunk 0 ────────────────────┴── SHA-256 ──┬── hash of chunk 0
 *   tokens of chunk 1 ──────────────────────────────────┴── SHA-256 ──── hash of chunk 1
 * </pre>
 *
 * Immutable and stateless; from any thread.
 *
 * @param model the model's name; {@code '@'} is not allowed in it
 * @param worldSize how many workers hold a part of each chunk
 * @param worker which of them this is, from 0
 * @param dtype the element type of the cached tensors
 * @param chunkTokens how many tokens a chunk has
 */
public record PrefixKeys(String model, int worldSize, int worker, DType dtype, int chunkTokens) {
  /** How many token ids are turned into bytes at a time: however long a chunk, memory is not. */
  private static final int SLICE_TOKENS = 1024;

  /** Checks every part of the identity, and that the keys made of them are not too long. */
  public PrefixKeys {
    if (model.isBlank() || model.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "model: expected a name without '@', found \"" + model + "\"");
    }
    if (worldSize < 1) {
      throw new IllegalArgumentException("world size: expected at least 1, found " + worldSize);
    }
    if (worker < 0 || worker >= worldSize) {
      throw new IllegalArgumentException(
          "worker: expected 0 to " + (worldSize - 1) + ", found " + worker);
    }
    if (chunkTokens < 1) {
      throw new IllegalArgumentException("chunk tokens: expected at least 1, found " + chunkTokens);
    }
    ChunkKey.of(text(identity(model, worldSize, worker), "f".repeat(64), dtype));
  }

  /** The keys of the prompt's full chunks; tokens behind the last full chunk have none. */
  public List<ChunkKey> fullChunks(int[] tokens) {
    return keys(tokens, tokens.length / chunkTokens * chunkTokens);
  }

  /** The keys of all its chunks, a shorter last one included. */
  public List<ChunkKey> allChunks(int[] tokens) {
    return keys(tokens, tokens.length);
  }

  private List<ChunkKey> keys(int[] tokens, int end) {
    String identity = identity(model, worldSize, worker);
    MessageDigest sha256 = sha256();
    sha256.update((identity + "@" + dtype.text()).getBytes(StandardCharsets.UTF_8));
    byte[] parent = sha256.digest();
    List<ChunkKey> keys = new ArrayList<>(Math.ceilDiv(end, chunkTokens));
    int from = 0;
    while (from < end) {
      int to = from + Math.min(chunkTokens, end - from);
      sha256.update(parent);
      update(sha256, tokens, from, to);
      parent = sha256.digest();
      keys.add(ChunkKey.of(text(identity, trimmed(HexFormat.of().formatHex(parent)), dtype)));
      from = to;
    }
    return keys;
  }

  private static void update(MessageDigest digest, int[] tokens, int from, int to) {
    ByteBuffer ids =
        ByteBuffer.allocate(Math.min(SLICE_TOKENS, to - from) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int at = from; at < to; ) {
      int count = Math.min(SLICE_TOKENS, to - at);
      ids.asIntBuffer().put(tokens, at, count);
      digest.update(ids.array(), 0, count * Integer.BYTES);
      at += count;
    }
  }

  private static String identity(String model, int worldSize, int worker) {
    return model + "@" + worldSize + "@" + worker;
  }

  private static String text(String identity, String hash, DType dtype) {
    return identity + "@" + hash + "@" + dtype.text();
  }

  /** LMCache reads the hash as a number: it writes no leading zeros, and neither do we. */
  private static String trimmed(String hex) {
    int start = 0;
    while (start < hex.length() - 1 && hex.charAt(start) == '0') {
      start++;
    }
    return hex.substring(start);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
