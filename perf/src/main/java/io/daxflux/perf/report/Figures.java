package io.daxflux.perf.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All figures of a run, as the file has them.
 *
 * @param mode {@code quick} or {@code full}
 * @param date the day of the run
 */
public record Figures(String mode, String date, double minutes, Machine machine, List<Row> rows) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Checks that no two rows are of the same. */
  public Figures {
    Rows.requireDistinct(rows);
  }

  /** Writes them. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writeValue(file.toFile(), this);
  }

  /** Reads what was written. */
  public static Figures read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Figures.class);
  }
}
