package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.engine.Timeline;
import io.daxflux.examples.longdocqa.engine.Prompts.Visit;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An answer, and what it took.
 *
 * @param reusable how many chunks of the prompt could have been imported
 */
record Answered(Answer answer, int reusable, Timeline timeline) {
  /**
   * What is compared.
   *
   * @param tokens the greedy continuation
   * @param logits names all logits of the first token, to the last bit
   */
  record Answer(Visit visit, List<Integer> tokens, String logits) {}

  static Answered of(Visit visit, int reusable, List<Integer> tokens, Timeline timeline) {
    return new Answered(
        new Answer(visit, tokens, name(timeline.firstLogits())), reusable, timeline);
  }

  /** How many chunks were. */
  int imported() {
    return timeline.imports().size();
  }

  private static String name(float[] logits) {
    ByteBuffer bits = ByteBuffer.allocate(logits.length * Float.BYTES);
    for (float logit : logits) {
      bits.putInt(Float.floatToRawIntBits(logit));
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bits.array()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
