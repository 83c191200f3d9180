package io.daxflux.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.race.Spread;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
  @TempDir Path folder;

  @Test
  void chunkThatOneSystemHasNoFigureOfIsDrawnForTheOthers() throws IOException {
    Row floor = restore("floor: JVM copy", "40 MiB", 2, 20);
    Row small = restore("floor: JVM copy", "64 KiB", 2, 10);

    int[] alone = draw(floor, small, restore("LMDB", "40 MiB", 2, 9));

    assertThat(alone).isNotEqualTo(draw(floor, small, restore("LMDB", "40 MiB", 2, 18)));
  }

  @Test
  void onlyTheFigureWithMostThreadsIsDrawn() throws IOException {
    Row two = restore("floor: JVM copy", "40 MiB", 2, 12);

    assertThat(draw(restore("floor: JVM copy", "40 MiB", 1, 20), two)).isEqualTo(draw(two));
  }

  private int[] draw(Row... rows) throws IOException {
    Plots.draw(List.of(rows), folder);
    BufferedImage image = ImageIO.read(folder.resolve("restore.png").toFile());
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(2);
    return pixels;
  }

  private static Row restore(String system, String chunk, int threads, double median) {
    return new Row(
        system,
        "restore",
        chunk,
        1,
        "contiguous",
        threads,
        1,
        "GB/s",
        median,
        Spread.of(median),
        null,
        null,
        null,
        null);
  }
}
