package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.FormatPolicy;
import io.daxflux.device.DeviceException;
import io.daxflux.media.MediaException;
import io.daxflux.media.MediaException.Reason;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is formatted, what is opened as it is, and what is refused in which words. */
class FormatTest {
  private static final int FILE_BYTES = 3 << 20;

  /** The two superblocks, and what of them. */
  private static final int[] SUPERBLOCKS = {0, 64 << 10};

  private static final int SUPERBLOCK_BYTES = 4096;
  private static final int VERSION = 8;
  private static final int INCOMPATIBLE = 112;
  private static final int CHECKSUM = 4092;

  @RegisterExtension final QuietStores stores = new QuietStores();

  private Path file;

  @BeforeEach
  void choose() {
    file = stores.newFile();
  }

  @Test
  void newFileIsFormattedOnceAndFoundThereafter() {
    store(FormatPolicy.IF_EMPTY);

    assertChunks(FormatPolicy.IF_EMPTY, 3);
    assertChunks(FormatPolicy.NEVER, 3);
  }

  @Test
  void fileOfZerosIsEmpty() throws IOException {
    Files.write(file, new byte[FILE_BYTES]);

    assertChunks(FormatPolicy.IF_EMPTY, 0);
  }

  @Test
  void emptyFileIsRefusedWhereNothingIsToBeFormatted() {
    assertRefused(
        FormatPolicy.NEVER,
        Reason.UNFORMATTED,
        "a store, or dax.format: if-empty",
        "an empty device and dax.format: never");
  }

  @Test
  void storeIsGivenUpWhereThatIsAskedFor() {
    store(FormatPolicy.IF_EMPTY);

    assertChunks(FormatPolicy.ALWAYS, 0);
    assertChunks(FormatPolicy.NEVER, 0);
  }

  @Test
  void foreignContentIsRefusedAndOverwrittenOnlyOnDemand() throws IOException {
    byte[] foreign = new byte[FILE_BYTES];
    byte[] text = "a photo album".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, foreign, 100_000, text.length);
    Files.write(file, foreign);

    assertRefused(
        FormatPolicy.IF_EMPTY,
        Reason.FOREIGN,
        "a store, an empty device, or dax.format: always",
        "other content: 0x612070686f746f20616c62756d000000 (\"a photo album...\") at byte 100000");
    assertRefused(
        FormatPolicy.NEVER,
        Reason.FOREIGN,
        "a store, an empty device, or dax.format: always",
        "other content: 0x612070686f746f20616c62756d000000 (\"a photo album...\") at byte 100000");
    assertChunks(FormatPolicy.ALWAYS, 0);
  }

  @Test
  void oneDamagedSuperblockIsNoObstacle() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    stores.allowLog("found a damaged superblock, written anew");
    for (int superblock : SUPERBLOCKS) {
      change(bytes -> bytes.put(superblock + 50, (byte) 77));

      assertChunks(FormatPolicy.IF_EMPTY, 3);
    }
  }

  @Test
  void storeWithoutAWholeSuperblockIsRefused() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    for (int superblock : SUPERBLOCKS) {
      change(bytes -> bytes.put(superblock + 50, (byte) 77));
    }

    assertRefused(
        FormatPolicy.IF_EMPTY,
        Reason.DAMAGED,
        "a whole superblock, or dax.format: always",
        "a damaged superblock");
    assertChunks(FormatPolicy.ALWAYS, 0);
  }

  @Test
  void laterVersionIsRefused() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    changeSuperblocks(superblock -> superblock.putInt(VERSION, 2));

    assertRefused(
        FormatPolicy.IF_EMPTY,
        Reason.NEWER_VERSION,
        "media format version 1",
        "version 2, which needs a later release");
  }

  @Test
  void earlierVersionIsRefused() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    changeSuperblocks(superblock -> superblock.putInt(VERSION, 0));

    assertRefused(
        FormatPolicy.IF_EMPTY,
        Reason.OLDER_VERSION,
        "media format version 1",
        "version 0, which needs an earlier release");
  }

  @Test
  void unknownFeatureIsRefused() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    changeSuperblocks(superblock -> superblock.putLong(INCOMPATIBLE, 4));

    assertRefused(
        FormatPolicy.IF_EMPTY,
        Reason.UNKNOWN_FEATURE,
        "a store of known features",
        "unknown features 0x4");
  }

  @Test
  void otherBlockSizeIsRefused() {
    store(FormatPolicy.IF_EMPTY);

    assertThatThrownBy(() -> open(config(FormatPolicy.IF_EMPTY, FILE_BYTES, 2 * BLOCK)))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            file + ": expected dax.block_size 4096, as the device was formatted, found 8192");
    assertChunks(FormatPolicy.NEVER, 3);
  }

  @Test
  void fileThatWasCutShortIsRefused() throws IOException {
    store(FormatPolicy.IF_EMPTY);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), FILE_BYTES - BLOCK));

    assertThatThrownBy(() -> open(config(FormatPolicy.IF_EMPTY, 0, BLOCK)))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            file
                + ": expected at least 3145728 bytes, as the device was formatted, found 3141632"
                + " bytes");
  }

  @Test
  void longerFileIsUsedAsFarAsItWasFormatted() {
    store(FormatPolicy.IF_EMPTY);
    ReactiveChunkStore store = open(config(FormatPolicy.IF_EMPTY, 2 * FILE_BYTES, BLOCK));

    assertThat(store.prefixLength(keysOf("c", 3)).block(SOON)).isEqualTo(3);
    assertThat(QuietStores.statusOf(store).arena().bytes()).isEqualTo(1 << 20);
    store.close().block(SOON);
  }

  @Test
  void fileWithoutRoomForABlockIsRefused() {
    assertThatThrownBy(() -> open(config(FormatPolicy.IF_EMPTY, 2 << 20, BLOCK)))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            file
                + ": expected at least 2101248 bytes (dax.max_dax_size) for one block of 4096"
                + " (dax.block_size), found 2097152 bytes");
  }

  @Test
  void secondOwnerIsRefusedAndHarmsNothing() {
    ReactiveChunkStore owner = open(config(FormatPolicy.IF_EMPTY));
    Chunks.putAll(owner, chunksOf("c", 3, BLOCK));

    assertThatThrownBy(() -> open(config(FormatPolicy.ALWAYS)))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith(
            file + ": asked for sole ownership, found it owned by this process");

    assertThat(owner.prefixLength(keysOf("c", 3)).block(SOON)).isEqualTo(3);
    owner.close().block(SOON);
    assertChunks(FormatPolicy.NEVER, 3);
  }

  private DaxfluxConfig config(FormatPolicy format) {
    return config(format, FILE_BYTES, BLOCK);
  }

  private DaxfluxConfig config(FormatPolicy format, long bytes, int blockBytes) {
    return DaxfluxConfig.builder()
        .devicePath(file.toString())
        .deviceBytes(bytes)
        .blockBytes(blockBytes)
        .format(format)
        .outputBudgetBytes(1 << 20)
        .lockMemory(false)
        .prefault(false)
        .build();
  }

  private static ReactiveChunkStore open(DaxfluxConfig config) {
    return ReactiveChunkStore.open(config).block(SOON);
  }

  private void store(FormatPolicy format) {
    ReactiveChunkStore store = open(config(format));
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    store.close().block(SOON);
  }

  private void assertChunks(FormatPolicy format, int chunks) {
    ReactiveChunkStore store = open(config(format));
    assertThat(store.prefixLength(keysOf("c", 3)).block(SOON)).isEqualTo(chunks);
    assertThat(QuietStores.statusOf(store).media().recovered()).isEqualTo(chunks);
    store.close().block(SOON);
  }

  /** The refusal says all there is to say, and leaves the file as it was, and free. */
  private void assertRefused(FormatPolicy format, Reason reason, String expected, String found) {
    byte[] before = Files.exists(file) ? read() : new byte[FILE_BYTES];

    assertThatThrownBy(() -> open(config(format)))
        .isInstanceOfSatisfying(
            MediaException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.device()).isEqualTo(file.toString());
            })
        .hasMessage(file + ": expected " + expected + ", found " + found);

    assertThat(Files.notExists(file) || Arrays.equals(read(), before)).isTrue();
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void change(Consumer<ByteBuffer> change) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(read()).order(ByteOrder.LITTLE_ENDIAN);
    change.accept(bytes);
    Files.write(file, bytes.array());
  }

  /** Changes both, in a way that their checksums are right. */
  private void changeSuperblocks(Consumer<ByteBuffer> change) throws IOException {
    change(
        bytes -> {
          for (int at : SUPERBLOCKS) {
            ByteBuffer superblock =
                bytes.slice(at, SUPERBLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            change.accept(superblock);
            CRC32C checksum = new CRC32C();
            checksum.update(superblock.slice(0, CHECKSUM));
            superblock.putInt(CHECKSUM, (int) checksum.getValue());
          }
        });
  }
}
