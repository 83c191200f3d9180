package io.daxflux.net.lm;

import io.daxflux.chunk.DType;
import io.daxflux.net.serve.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of LMCache's keys, brought to one form: clients write the same numbers in different
 * ways, and a server that reads them tells them apart by value.
 *
 * <pre>
 *   model@world@worker@hash@dtype[@layer][@tag%value]...
 *   format@model@world@worker@hash                         until the middle of 2025
 * </pre>
 */
final class LmKeyText {
  private static final int PARTS = 5;
  private static final int HEXADECIMAL = 16;
  private static final int DECIMAL = 10;

  /** As Python reads it: sign, prefix, and underscores between digits. */
  private static final Pattern HEX =
      Pattern.compile("[+-]?(?:0[xX]_?)?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*");

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:_[0-9]+)*");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Names of today, and two that older versions give to one-byte types. */
  private static final Set<String> DTYPES =
      Stream.concat(Arrays.stream(DType.values()).map(DType::text), Stream.of("fp8", "fp8_e4m3"))
          .collect(Collectors.toUnmodifiableSet());

  private LmKeyText() {}

  /**
   * The one form of a key.
   *
   * @param padded the text, with any space around it
   * @throws MalformedException where it is no key
   */
  static String normalized(String padded) {
    String[] parts = stripped(padded).split("@", -1);
    String key = parts.length < PARTS ? null : today(parts);
    if (key == null && parts.length == PARTS) {
      key = old(parts);
    }
    if (key == null) {
      throw new MalformedException(
          "key: expected model@world@worker@hash@dtype, and possibly a layer and tags, found "
              + parts.length
              + " parts that are not such");
    }
    return key;
  }

  private static @Nullable String today(String[] parts) {
    String world = number(parts[1], NUMBER, DECIMAL);
    String worker = number(parts[2], NUMBER, DECIMAL);
    String hash = number(parts[3], HEX, HEXADECIMAL);
    if (world == null || worker == null || hash == null || !DTYPES.contains(parts[4])) {
      return null;
    }
    StringBuilder text = new StringBuilder(parts[0]);
    text.append('@').append(world).append('@').append(worker);
    text.append('@').append(hash).append('@').append(parts[4]);
    int next = PARTS;
    if (parts.length > PARTS && DIGITS.matcher(parts[PARTS]).matches()) {
      text.append('@').append(number(parts[PARTS], DIGITS, DECIMAL));
      next++;
    }
    return appendTags(text, parts, next) ? text.toString() : null;
  }

  /** A tag that is named twice has its last value, at its first place. */
  private static boolean appendTags(StringBuilder text, String[] parts, int from) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = from; i < parts.length; i++) {
      int cut = parts[i].indexOf('%');
      if (cut < 0) {
        return false;
      }
      tags.put(parts[i].substring(0, cut), parts[i].substring(cut + 1));
    }
    tags.forEach((tag, value) -> text.append('@').append(tag).append('%').append(value));
    return true;
  }

  private static @Nullable String old(String[] parts) {
    String world = number(parts[2], NUMBER, DECIMAL);
    String worker = number(parts[3], NUMBER, DECIMAL);
    String hash = number(parts[4], HEX, HEXADECIMAL);
    return world == null || worker == null || hash == null
        ? null
        : String.join("@", parts[0], parts[1], world, worker, hash);
  }

  private static @Nullable String number(String part, Pattern form, int radix) {
    String text = stripped(part);
    if (!form.matcher(text).matches()) {
      return null;
    }
    String digits = text.replace("_", "");
    if (radix == HEXADECIMAL) {
      digits = digits.replaceFirst("0[xX]", "");
    }
    return new BigInteger(digits, radix).toString(radix);
  }

  /** Without what Python's {@code str.strip} takes for space. */
  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
