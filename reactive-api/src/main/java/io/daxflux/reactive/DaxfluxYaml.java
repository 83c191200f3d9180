package io.daxflux.reactive;

import io.daxflux.config.ConfigException;
import io.daxflux.config.DaxfluxConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link DaxfluxConfig} from YAML of LMCache's shape; an LMCache configuration file can be
 * read as it is.
 *
 * <p>Stateless, and blocking for as long as reading takes. Every fault, from a missing file to a
 * value out of range, is a {@link ConfigException} whose message is one line; what is wrong with
 * the YAML itself comes with line and column.
 */
public final class DaxfluxYaml {
  private static final String UNNAMED = "configuration";

  private DaxfluxYaml() {}

  /**
   * Reads a file.
   *
   * @param file a file in UTF-8
   * @throws ConfigException if it cannot be read or used
   */
  public static DaxfluxConfig load(Path file) {
    return DaxfluxConfig.fromMap(read(file));
  }

  /**
   * Reads a file as it is, for a program that keeps settings of its own in it, or changes some:
   * maps, lists and scalars, which {@link DaxfluxConfig#fromMap} takes.
   *
   * @param file a file in UTF-8
   * @throws ConfigException if it cannot be read or is not YAML
   */
  public static Map<String, @Nullable Object> read(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return YamlTree.read(file.toString(), utf8(input));
    } catch (IOException fault) {
      throw unreadable(file.toString(), fault);
    }
  }

  /**
   * Reads a stream to its end and leaves it open.
   *
   * @param input text in UTF-8
   * @throws ConfigException if it cannot be read or used
   */
  public static DaxfluxConfig load(InputStream input) {
    return load(utf8(input));
  }

  /**
   * Reads text to its end and leaves the reader open.
   *
   * @throws ConfigException if it cannot be read or used
   */
  public static DaxfluxConfig load(Reader reader) {
    try {
      return load(UNNAMED, reader);
    } catch (IOException fault) {
      throw unreadable(UNNAMED, fault);
    }
  }

  private static DaxfluxConfig load(String source, Reader reader) throws IOException {
    return DaxfluxConfig.fromMap(YamlTree.read(source, reader));
  }

  /** Refuses malformed text, where a reader made from a charset's name would replace it. */
  private static Reader utf8(InputStream input) {
    return new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder());
  }

  private static ConfigException unreadable(String source, IOException fault) {
    return switch (fault) {
      case NoSuchFileException _ -> new ConfigException(source, "a file", "none");
      case AccessDeniedException _ ->
          new ConfigException(source, "a readable file", "one without read permission");
      case CharacterCodingException _ ->
          new ConfigException(source, "text in UTF-8", "bytes that are not");
      default -> new ConfigException(source, "a readable file", "a fault: " + fault.getMessage());
    };
  }
}
