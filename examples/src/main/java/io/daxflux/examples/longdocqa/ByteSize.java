package io.daxflux.examples.longdocqa;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: {@code 3.5GiB}, {@code 64MiB}, or a plain number of bytes. */
public final class ByteSize implements ITypeConverter<Long> {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?) ?([KMGT]iB|B)?", Pattern.CASE_INSENSITIVE);

  @Override
  public Long convert(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      String unit = matcher.group(2) == null ? "B" : matcher.group(2);
      double bytes = Double.parseDouble(matcher.group(1)) * unitBytes(unit);
      if (bytes >= 1 && bytes < Long.MAX_VALUE) {
        return (long) bytes;
      }
    }
    throw new TypeConversionException(
        "expected a size such as 512MiB or 3.5GiB, found '" + text + "'");
  }

  /** A size for people: at least three digits of it, in the largest unit that it fills. */
  public static String format(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (amount >= 1024 && unit < UNITS.size() - 1) {
      amount /= 1024;
      unit++;
    }
    String digits =
        amount == Math.rint(amount)
            ? String.format(Locale.ROOT, "%.0f", amount)
            : String.format(Locale.ROOT, "%.2f", amount);
    return digits + " " + UNITS.get(unit);
  }

  private static double unitBytes(String unit) {
    double bytes = 1;
    for (String larger : UNITS) {
      if (larger.equalsIgnoreCase(unit)) {
        break;
      }
      bytes *= 1024;
    }
    return bytes;
  }
}
