package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.keysOf;
import static io.daxflux.reactive.contract.StoreContract.BLOCK;
import static io.daxflux.reactive.contract.StoreContract.assertRestores;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.outcome.StoreStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Values so small that they lie in their records, more than there is room for. */
@ParameterizedClass
@EnumSource(names = {"FILE_DIRECT", "FILE_STAGED"})
class RecordAreaTest {
  private static final int VALUE = 400;

  /** What a record with such a value takes at least. */
  private static final int LEAST_RECORD = 512;

  private static final int LIST = 100;

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Parameter Setup setup;

  @Test
  void smallValuesMakeRoomForEachOtherAndPayloadStays() {
    Path file = stores.newFile();
    ReactiveChunkStore store = open(file);
    Chunks.putAll(store, chunksOf("c", 4, BLOCK));

    int lists = fill(store);

    StoreStatus status = QuietStores.statusOf(store);
    assertThat(status.counters().evicted()).isPositive();
    assertRestores(store, BLOCK, "c0", "c1", "c2", "c3");
    assertThat(store.prefixLength(keysOf("v0-", LIST)).block(SOON)).as("the coldest").isZero();
    String last = "v" + (lists - 1) + "-";
    assertThat(store.prefixLength(keysOf(last, LIST)).block(SOON)).as("last").isEqualTo(LIST);

    store.close().block(SOON);
    StoreStatus again = QuietStores.statusOf(open(file));
    assertThat(again.arena()).isEqualTo(status.arena());
    assertThat(again.media().recordBytes()).isEqualTo(status.media().recordBytes());
  }

  @Test
  void smallValuesMakeRoomForTheRecordOfAPayload() {
    ReactiveChunkStore store = open(stores.newFile());
    fill(store);

    Chunks.putAll(store, chunksOf("c", 4, BLOCK));

    assertRestores(store, BLOCK, "c0", "c1", "c2", "c3");
  }

  /**
   * Puts more small values than there is room for.
   *
   * @return in how many lists
   */
  private static int fill(ReactiveChunkStore store) {
    long recordArea = QuietStores.statusOf(store).media().recordAreaBytes();
    int lists = (int) (recordArea / LEAST_RECORD / LIST) + 1;
    for (int list = 0; list < lists; list++) {
      Chunks.putAll(store, chunksOf("v" + list + "-", LIST, VALUE));
    }
    return lists;
  }

  private ReactiveChunkStore open(Path file) {
    return stores.over(setup).file(file).arena(8 * BLOCK).open();
  }
}
