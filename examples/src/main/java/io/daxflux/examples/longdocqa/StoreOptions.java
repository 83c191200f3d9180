package io.daxflux.examples.longdocqa;

import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store's knobs; docs/configuration.md has all of them. */
public final class StoreOptions {
  @Option(
      names = "--device",
      paramLabel = "PATH",
      description =
          "A device-dax node, a file, or memory: for anonymous memory. Default: a file in /dev/shm"
              + " that is gone afterwards, or memory: where that has no room.")
  public @Nullable String device;

  @Option(
      names = "--keep",
      description =
          "Keeps the file in /dev/shm: the next run with --keep finds the chunks of this one. A"
              + " --device is always kept.")
  public boolean keep;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "How much of the device is used. Default: what the documents take.")
  @Nullable Long sizeBytes;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Checked.Count.class,
      description = "How many threads copy (dax.restore_workers). Default: the cores, at most 8.")
  @Nullable Integer workers;

  @Option(
      names = "--max-regions",
      paramLabel = "N",
      converter = Checked.Count.class,
      description =
          "How many regions may be in flight (dax.restore_max_regions). Default: twice the"
              + " workers.")
  @Nullable Integer maxRegions;

  @Option(
      names = "--output-budget",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "Memory for restored chunks (max_local_cpu_size). Default: what requests in flight take.")
  @Nullable Long outputBudgetBytes;

  @Option(
      names = "--slab",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "The staging memory (dax.retrieve_staging_slab_bytes). Default: 256MiB.")
  @Nullable Long slabBytes;

  @Option(
      names = "--block-size",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "The unit of arena space (dax.block_size). Default: 64KiB.")
  public long blockBytes = 64 << 10;

  /** The configuration that follows, for a device and outputs that were found to fit. */
  public DaxfluxConfig config(Room room) {
    return builder(room).build();
  }

  /** The same, to be completed. */
  public ConfigBuilder builder(Room room) {
    ConfigBuilder config =
        DaxfluxConfig.builder()
            .devicePath(room.devicePath())
            .deviceBytes(room.deviceBytes())
            .outputBudgetBytes(room.outputBytes())
            .blockBytes(Math.toIntExact(blockBytes))
            .prefault(true);
    if (workers != null) {
      config.restoreWorkers(workers);
    }
    if (maxRegions != null) {
      config.restoreMaxRegions(maxRegions);
    }
    if (slabBytes != null) {
      config.stagingSlabBytes(slabBytes);
    }
    return config;
  }
}
