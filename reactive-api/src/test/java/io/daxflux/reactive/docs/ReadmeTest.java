package io.daxflux.reactive.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.PrefixKeys;
import io.daxflux.chunk.PutMode;
import io.daxflux.chunk.TensorLayout;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The README's example runs, and what it says of keys and versions is so. */
class ReadmeTest {
  private static final Page README = Page.of("README.md");
  private static final Page THIS =
      Page.of("reactive-api/src/test/java/io/daxflux/reactive/docs/ReadmeTest.java");

  @Test
  void theExampleIsTheOneThatRunsHere() {
    String example =
        THIS.lines().stream()
            .dropWhile(line -> !line.strip().equals("// tag::example[]"))
            .skip(1)
            .takeWhile(line -> !line.strip().equals("// end::example[]"))
            .map(line -> line.isEmpty() ? line : line.substring(4))
            .collect(Collectors.joining("\n"));

    assertThat(README.text()).contains("```java\n" + example + "\n```");
  }

  @Test
  void theExampleRestoresWhatItStored() {
    int chunkBytes = 14 << 20;
    List<MemorySegment> computed =
        IntStream.range(0, 2)
            .mapToObj(chunk -> MemorySegment.ofArray(new byte[chunkBytes]).fill((byte) (chunk + 1)))
            .toList();
    Map<Integer, Long> firstMismatch = new TreeMap<>();

    List<PutOutcome> outcomes =
        storeAndRestore(
            IntStream.range(0, 600).toArray(),
            computed,
            (index, bytes) -> firstMismatch.put(index, bytes.mismatch(computed.get(index))));

    assertThat(outcomes).hasSize(2).allMatch(PutOutcome.Stored.class::isInstance);
    assertThat(firstMismatch).containsExactlyInAnyOrderEntriesOf(Map.of(0, -1L, 1, -1L));
  }

  /** Whoever reads restored chunks. */
  interface Engine {
    void load(int index, MemorySegment bytes);
  }

  private static List<PutOutcome> storeAndRestore(
      int[] tokens, List<MemorySegment> computed, Engine engine) {
    // tag::example[]
    DaxfluxConfig config =
        DaxfluxConfig.builder()
            .devicePath("memory:") // or /dev/dax0.0, or a file
            .deviceBytes(512L << 20)
            .outputBudgetBytes(128L << 20)
            .build();
    ReactiveChunkStore store = ReactiveChunkStore.open(config).block();

    // A key names all tokens up to the end of its chunk.
    PrefixKeys names = new PrefixKeys("qwen2.5-7b", 1, 0, DType.BFLOAT16, config.chunkTokens());
    List<ChunkKey> keys = names.fullChunks(tokens);

    // Store what the model has computed: [keys and values, layers, tokens, heads * head size].
    ChunkLayout layout =
        ChunkLayout.of(TensorLayout.of(DType.BFLOAT16, KvFormat.KV_2LTD, 2, 28, 256, 512));
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      chunks.add(Chunk.builder(keys.get(i), layout).payload(computed.get(i)).build());
    }
    List<PutOutcome> outcomes = store.putAll(chunks, PutMode.KEEP_EXISTING).collectList().block();

    // Restore the beginning of the prompt that is there, each chunk as soon as it is.
    store
        .restorePrefix(keys)
        .doOnNext(
            chunk -> {
              try (chunk) {
                engine.load(chunk.index(), chunk.segment());
              }
            })
        .blockLast();

    store.close().block();
    // end::example[]
    return outcomes;
  }

  @Test
  void theDependencyHasTheVersionOfTheProject() {
    String version =
        Page.of("pom.xml").lines().stream()
            .map(String::strip)
            .filter(line -> line.startsWith("<version>"))
            .findFirst()
            .orElseThrow();

    assertThat(README.lines()).contains("  " + version);
    assertThat(Page.of("docs/CHANGELOG.md").headings())
        .contains(version.replaceAll("</?version>", ""));
  }

  @Test
  void everyKnobHasTheDefaultThatTheConfigurationSays() {
    List<String> configuration =
        Page.of("docs/configuration.md").table("Keys").stream()
            .map(row -> row.get(0) + " " + row.get(4))
            .toList();

    assertThat(README.table("The knobs that matter first"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(configuration).contains(row.get(0) + " " + row.get(1)));
  }
}
