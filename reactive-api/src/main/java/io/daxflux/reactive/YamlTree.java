package io.daxflux.reactive;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.daxflux.config.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One YAML document as plain maps, lists and scalars; the only class that knows the YAML library.
 *
 * <p>Goes token by token, because that is where a key given twice and an alias still show: bound to
 * objects, the one would win silently and the other turn into text.
 */
final class YamlTree {
  /** A factory from a builder starts without the feature, which others have by default. */
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .build();

  private static final Pattern PLACE = Pattern.compile("(?m)^ in .*, line (\\d+), column (\\d+)");

  private final String source;
  private final YAMLParser parser;

  private YamlTree(String source, YAMLParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /**
   * Reads a document to its end and leaves the reader open.
   *
   * @param source what errors call the document
   */
  static Map<String, @Nullable Object> read(String source, Reader reader) throws IOException {
    try (YAMLParser parser = FACTORY.createParser(reader)) {
      return new YamlTree(source, parser).document();
    } catch (JacksonException fault) {
      throwIfUnreadable(fault);
      throw malformed(source, fault);
    }
  }

  private Map<String, @Nullable Object> document() throws IOException {
    JsonToken first = parser.nextToken();
    Map<String, @Nullable Object> document =
        switch (first) {
          case null -> Map.of();
          case VALUE_NULL -> Map.of();
          case START_OBJECT -> map();
          default ->
              throw fault(
                  "keys with values", first == JsonToken.START_ARRAY ? "a list" : "a single value");
        };
    if (first != null && parser.nextToken() != null) {
      throw fault("one document", "a second one");
    }
    return document;
  }

  private Map<String, @Nullable Object> map() throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (map.containsKey(key)) {
        throw fault("every key once", "'" + key + "' again");
      }
      parser.nextToken();
      map.put(key, value());
    }
    return map;
  }

  private List<@Nullable Object> list() throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value());
    }
    return list;
  }

  private @Nullable Object value() throws IOException {
    if (parser.isCurrentAlias()) {
      throw fault("values written out", "the alias *" + parser.getText());
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> map();
      case START_ARRAY -> list();
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal();
      default -> parser.getText();
    };
  }

  /** The library recognises YAML's infinities and its NaN, and then cannot convert them. */
  private Number decimal() throws IOException {
    return switch (parser.getText().toLowerCase(Locale.ROOT)) {
      case ".nan" -> Double.NaN;
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      default -> parser.getNumberValue();
    };
  }

  private ConfigException fault(String expected, String found) {
    JsonLocation at = parser.currentTokenLocation();
    return new ConfigException(place(source, at.getLineNr(), at.getColumnNr()), expected, found);
  }

  /** The library takes a failure of the reader for one of the YAML. */
  private static void throwIfUnreadable(JacksonException fault) throws IOException {
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException unreadable && !(cause instanceof JacksonException)) {
        throw unreadable;
      }
    }
  }

  /**
   * The library's own message goes over several lines: text at the margin, then where, then a copy
   * of the document, all indented; the last such group is the fault, any before it the context.
   */
  private static ConfigException malformed(String source, JacksonException fault) {
    String message = fault.getOriginalMessage();
    String reason =
        message
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .reduce("", (earlier, later) -> later);
    String place =
        PLACE
            .matcher(message)
            .results()
            .reduce((earlier, later) -> later)
            .map(match -> place(source, match))
            .orElseGet(() -> place(source, fault.getLocation()));
    return new ConfigException(place, "YAML", "a fault: " + reason);
  }

  private static String place(String source, MatchResult match) {
    return place(source, Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
  }

  private static String place(String source, @Nullable JsonLocation at) {
    return at == null ? source : place(source, at.getLineNr(), at.getColumnNr());
  }

  private static String place(String source, int line, int column) {
    return source + ", line " + line + ", column " + column;
  }
}
