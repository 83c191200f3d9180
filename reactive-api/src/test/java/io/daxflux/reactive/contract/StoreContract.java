package io.daxflux.reactive.contract;

import static io.daxflux.reactive.Chunks.SOON;
import static io.daxflux.reactive.Chunks.assertBytes;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.PutMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.EverySetup;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.Setup;
import io.daxflux.reactive.StoreSpec;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.RestoredBatch;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;

/** What a store promises, over every setup. */
@EverySetup
abstract class StoreContract {
  /** The unit of space of these stores: a chunk of so many bytes takes just one block. */
  static final int BLOCK = Chunks.BLOCK;

  @RegisterExtension final QuietStores stores = new QuietStores();

  @Parameter Setup setup;

  @BeforeEach
  void skipsWhatCannotHoldRemotely(TestInfo test) {
    test.getTestMethod()
        .map(method -> method.getAnnotation(NotRemote.class))
        .filter(_ -> setup.isRemote())
        .ifPresent(exception -> Assumptions.abort(exception.value()));
  }

  final StoreSpec spec() {
    return stores.over(setup);
  }

  final ReactiveChunkStore open() {
    return spec().open();
  }

  /** A store with an arena of so many blocks. */
  final ReactiveChunkStore openBlocks(int blocks) {
    return spec().arena((long) blocks * BLOCK).open();
  }

  static List<PutOutcome> put(ReactiveChunkStore store, PutMode mode, Chunk... chunks) {
    return store.putAll(List.of(chunks), mode).collectList().block(SOON);
  }

  static PutOutcome put(ReactiveChunkStore store, Chunk chunk) {
    return store.put(chunk).block(SOON);
  }

  /** Which of these are there, without a trace in their recency. */
  static List<String> present(ReactiveChunkStore store, String... names) {
    return List.of(names).stream()
        .filter(name -> store.contains(Chunks.key(name)).block(SOON))
        .toList();
  }

  /** Restores chunks that must be there, and compares all of their bytes. */
  static void assertRestores(ReactiveChunkStore store, int length, String... names) {
    try (RestoredBatch batch = store.restoreAll(keys(names)).block(SOON)) {
      assertThat(batch.holes()).isEmpty();
      for (int i = 0; i < names.length; i++) {
        assertBytes(batch.hits().get(i).segment(), names[i], length);
      }
    }
  }
}
