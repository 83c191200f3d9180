package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.daxflux.config.ConfigBuilder;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.DurabilityPolicy;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What the log says of a device when it is opened. */
class FoundMediaTest {
  private static final int FILE_BYTES = 8 << 20;

  /** Within the key of the first record. */
  private static final int FIRST_KEY = (128 << 10) + 96;

  private static final String UNCOMPARED = "after a loss of power a key may serve";

  @RegisterExtension final QuietStores stores = new QuietStores();

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level levelBefore;
  private Path file;

  @BeforeEach
  void listen() {
    file = stores.newFile();
    log.start();
    levelBefore = root.getLevel();
    root.setLevel(Level.INFO);
    root.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    root.detachAppender(log);
    root.setLevel(levelBefore);
  }

  private List<String> lines(String part) {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(part))
        .toList();
  }

  private ReactiveChunkStore open(UnaryOperator<ConfigBuilder> options, Device.Durability as) {
    ConfigBuilder builder =
        DaxfluxConfig.builder()
            .devicePath(file.toString())
            .deviceBytes(FILE_BYTES)
            .blockBytes(BLOCK)
            .outputBudgetBytes(1 << 20)
            .lockMemory(false)
            .prefault(false);
    return ReactiveChunkStore.builder(options.apply(builder).build())
        .device(
            () ->
                new ClaimedDurability(
                    Devices.open(DeviceOptions.of(file.toString()).withBytes(FILE_BYTES)), as))
        .open()
        .block(SOON);
  }

  private ReactiveChunkStore open() {
    return open(options -> options, Device.Durability.POWER);
  }

  private boolean warns(UnaryOperator<ConfigBuilder> options, Device.Durability as) {
    log.list.clear();
    open(options, as).close().block(SOON);
    return !lines(UNCOMPARED).isEmpty();
  }

  private void assertRecovered(int chunks) {
    ReactiveChunkStore store = open();
    assertThat(store.prefixLength(keysOf("c", 3)).block(SOON)).isZero();
    assertThat(QuietStores.statusOf(store).media().recovered()).isEqualTo(chunks);
    store.close().block(SOON);
  }

  @Test
  void formattingIsSaidOnceAndInWords() {
    open().close().block(SOON);

    assertThat(lines("formatted")).containsExactly(file + ": formatted, 1536 blocks of 4096 bytes");
  }

  @Test
  void recordThatIsDamagedIsWarnedOf() throws IOException {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    store.close().block(SOON);
    byte[] bytes = Files.readAllBytes(file);
    bytes[FIRST_KEY] ^= 1;
    Files.write(file, bytes);
    stores.expectLog("gave records up that are damaged: 1 corrupt");

    assertRecovered(2);
  }

  @Test
  void recordThatALossOfPowerLeftIsNoDamage() throws IOException {
    ReactiveChunkStore store = open();
    Chunks.putAll(store, chunksOf("c", 3, BLOCK));
    byte[] bytes = Files.readAllBytes(file);
    store.close().block(SOON);
    bytes[FIRST_KEY] ^= 1;
    Files.write(file, bytes);

    assertRecovered(2);

    assertThat(lines("not closed in order"))
        .containsExactly(
            file + ": was not closed in order, gave records up that this left: 1 corrupt");
  }

  @Test
  void bytesThatAreNotComparedAfterALossOfPowerAreWarnedOf() {
    stores.allowLog(UNCOMPARED);
    stores.allowLog("dax.durability asks for more than there is");
    UnaryOperator<ConfigBuilder> process = options -> options;
    UnaryOperator<ConfigBuilder> power = options -> options.durability(DurabilityPolicy.POWER);
    UnaryOperator<ConfigBuilder> unsummed = options -> options.checksum(false);
    UnaryOperator<ConfigBuilder> unverified = options -> options.verify(VerifyPolicy.NEVER);

    assertThat(warns(process, Device.Durability.POWER)).isFalse();
    assertThat(warns(unsummed, Device.Durability.POWER)).isTrue();
    assertThat(warns(unverified, Device.Durability.POWER)).isTrue();
    assertThat(warns(o -> unsummed.apply(power.apply(o)), Device.Durability.POWER)).isFalse();
    assertThat(warns(unsummed, Device.Durability.PROCESS)).as("in memory").isFalse();
  }
}
