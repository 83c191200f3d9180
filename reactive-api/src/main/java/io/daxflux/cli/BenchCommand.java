package io.daxflux.cli;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceException;
import io.daxflux.device.Devices;
import io.daxflux.media.MediaGeometry;
import io.daxflux.media.MediaInspection;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast a device restores. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Stores chunks, restores them for a while, and says how fast that is beside the floor: a"
          + " plain copy of the same bytes by as many threads.%n",
      "Its chunks are removed afterwards, and a file that it made, too. A device that holds"
          + " anything is refused, unless --yes is given.%n"
    })
final class BenchCommand extends Subcommand {
  @Mixin StoreOptions storing = new StoreOptions();

  @Option(
      names = "--chunk",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description = "How long a chunk is. Default: 16MiB.")
  long chunkBytes = 16 << 20;

  @Option(
      names = "--total",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description =
          "How many bytes are restored at a time, as far as three quarters of the device hold them."
              + " Default: 512MiB.")
  long totalBytes = 512 << 20;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long it is measured, and half as long before that. Default: 4s.")
  Duration time = Duration.ofSeconds(4);

  @Option(
      names = "--yes",
      description =
          "Goes ahead on a device that holds something: chunks of a store may be evicted, and what"
              + " is no store is given up.")
  boolean yes;

  BenchCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run() throws IOException {
    DaxfluxConfig asked = storing.config();
    Path file = Path.of(asked.devicePath());
    boolean isNew = !asked.inMemory() && Files.notExists(file);
    @Nullable MediaInspection found = asked.inMemory() || isNew ? null : look(asked.devicePath());
    int chunks = chunksIn(roomBytes(asked, found), asked.maxRequestKeys());
    DaxfluxConfig config = storing.config(decided(asked, found, chunks));
    try (OpenStore store = OpenStore.open(config);
        RestoreBench bench =
            RestoreBench.prepare(store.store(), chunks, chunkBytes, config.restoreWorkers())) {
      out.printf(
          "%d chunks of %s on %s, %d workers, %s copies%n",
          chunks,
          Quantity.text(chunkBytes),
          asked.devicePath(),
          config.restoreWorkers(),
          store.status().device().copyEngine());
      print(bench.measure(time));
    } finally {
      if (isNew) {
        Files.deleteIfExists(file);
      }
    }
    return 0;
  }

  /** What is there, unless it is something that must not be touched; null for nothing. */
  private @Nullable MediaInspection look(String path) {
    try (Device device = Devices.openReadOnly(path)) {
      MediaInspection found = MediaInspection.of(device);
      if (!yes) {
        Contents.expectNoChunks(found, "--yes to go ahead");
      }
      return found;
    } catch (DeviceException refused) {
      if (refused.reason() == DeviceException.Reason.EMPTY) {
        return null;
      }
      throw refused;
    }
  }

  /** How many bytes of payload there is room for. */
  private static long roomBytes(DaxfluxConfig config, @Nullable MediaInspection found) {
    if (config.inMemory()) {
      return config.deviceBytes();
    }
    MediaGeometry geometry =
        found != null && found.store() != null
            ? found.store().geometry()
            : MediaGeometry.plan(config.deviceBytes(), config.blockBytes());
    return geometry.payloadBlocks() * geometry.blockBytes();
  }

  private int chunksIn(long roomBytes, int mostKeys) {
    long atMost = Math.min(totalBytes, roomBytes / 4 * 3);
    long chunks = atMost / chunkBytes;
    if (chunks < 1) {
      throw new IllegalArgumentException(
          "--chunk: expected at most %s (--total, or three quarters of the device), found %s"
              .formatted(Quantity.text(atMost), Quantity.text(chunkBytes)));
    }
    return Math.toIntExact(Math.min(chunks, mostKeys));
  }

  /** Settings that follow from what is measured, whatever else was asked for. */
  private Map<String, String> decided(
      DaxfluxConfig config, @Nullable MediaInspection found, int chunks) {
    Map<String, String> decided = new HashMap<>();
    long blocks = Math.ceilDiv(chunkBytes, config.blockBytes());
    decided.put("max_local_cpu_size", blocks * config.blockBytes() * chunks + "B");
    decided.put("min_retrieve_tokens", "0");
    if (found != null && found.store() == null && !found.isEmpty()) {
      decided.put("dax.format", "always");
    }
    return decided;
  }

  private void print(Map<RestoreBench.Way, Double> bytesPerSecond) {
    double floor = bytesPerSecond.get(RestoreBench.Way.FLOOR);
    out.printf("%-14s %8s %14s%n", "", "GB/s", "of the floor");
    bytesPerSecond.forEach(
        (way, speed) ->
            out.printf(
                Locale.ROOT, "%-14s %8.1f %14.2f%n", way.text(), speed / 1e9, speed / floor));
  }
}
