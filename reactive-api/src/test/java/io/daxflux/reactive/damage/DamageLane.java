package io.daxflux.reactive.damage;

import io.daxflux.reactive.SharedThreads;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** Damages a file that is its own, case after case. Used by one thread at a time. */
final class DamageLane implements AutoCloseable {
  private static final int MOST_BYTES = 64 << 10;

  /** A second file, from which strange bytes come. */
  private final BaseImage other;

  private final SharedThreads threads = new SharedThreads();
  private final DamageFigures figures = new DamageFigures();
  private final Path folder;
  private final Path file;
  private final FileChannel channel;

  /** Used again by each case: there is much of it. */
  private final byte[] bytes = new byte[BaseImage.DEVICE_BYTES];

  private final List<MemorySegment> outputs =
      BaseImage.KEYS.stream().map(_ -> MemorySegment.ofArray(new byte[MOST_BYTES])).toList();

  private final List<BaseImage> bases;

  DamageLane() throws IOException {
    Path memory = Path.of("/dev/shm");
    this.folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "daxflux-damage")
            : Files.createTempDirectory("daxflux-damage");
    this.file = folder.resolve("store");
    this.bases =
        List.of(
            BaseImage.make(threads, file, true, 1),
            BaseImage.make(threads, file, false, 1),
            BaseImage.make(threads, file, true, 2),
            BaseImage.make(threads, file, false, 2));
    this.other = BaseImage.make(threads, file, true, 3);
    // Open to the end: the locks of a process go with the first channel to a file that it closes.
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  DamageFigures figures() {
    return figures;
  }

  /** Runs the case of this seed. */
  void run(long seed) throws IOException {
    Random chance = new Random(seed);
    BaseImage base = bases.get(chance.nextInt(bases.size()));
    System.arraycopy(base.bytes(), 0, bytes, 0, bytes.length);
    Damage damage = new Damage(bytes, other.bytes(), chance);
    int length = bytes.length;
    String story = "";
    if (chance.nextInt(10) == 0) {
      length = lengthOf(chance);
      story = "cut or stretched to " + length + " bytes; ";
    }
    if (story.isEmpty() || chance.nextBoolean()) {
      damage.strike();
    }
    write(length);
    story += damage.story();
    try {
      int missing =
          new DamageCase(threads, file, outputs, base.content(), figures, chance)
              .run(chance.nextInt(4) == 0 && length > 0);
      if (story.equals(damage.story()) && damage.isSingleBit() && (missing < 0 || missing > 1)) {
        figures.wrong.add("one bit cost " + missing + " chunks");
      }
    } catch (RuntimeException | AssertionError failure) {
      figures.wrong.add(failure.toString());
      failure.printStackTrace(System.out);
    }
    if (!figures.isSound()) {
      figures.wrong.add("seed " + seed + ": " + story);
    }
    figures.cases++;
  }

  private static int lengthOf(Random chance) {
    int bytes =
        switch (chance.nextInt(4)) {
          case 0 -> chance.nextInt(BaseImage.DEVICE_BYTES);
          case 1 -> BaseImage.PAYLOAD_OFFSET + chance.nextInt(BaseImage.PAYLOAD_BYTES);
          case 2 -> chance.nextInt(256 << 10);
          default -> BaseImage.DEVICE_BYTES + chance.nextInt(1 << 20);
        };
    return chance.nextBoolean() ? bytes & -4096 : bytes;
  }

  private void write(int length) throws IOException {
    channel.truncate(length);
    ByteBuffer content = ByteBuffer.wrap(bytes, 0, Math.min(length, bytes.length));
    while (content.hasRemaining()) {
      channel.write(content, content.position());
    }
    if (length > bytes.length) {
      channel.write(ByteBuffer.allocate(1), length - 1);
    }
  }

  @Override
  public void close() throws IOException {
    threads.close();
    channel.close();
    Files.delete(file);
    Files.delete(folder);
  }
}
