package io.daxflux.reactive.lifecycle;

import static io.daxflux.reactive.Chunks.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.testkit.ChildJvm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A program that has closed its store can end: in a process of its own, for others start threads.
 */
class ThreadsEndTest {
  @Test
  void noThreadIsLeftToKeepTheProcessUp() throws Exception {
    String output = ChildJvm.run(List.of("--enable-native-access=ALL-UNNAMED"), Program.class);

    assertThat(output.lines().toList())
        .anyMatch(line -> line.matches("open: .*daxflux-copy-1, daxflux-delivery-1, .*"))
        .contains("closed: []");
  }

  /** Writes which threads of the store there are, or others that keep the process up. */
  static final class Program {
    private static final Set<Thread> BEFORE = Thread.getAllStackTraces().keySet();

    public static void main(String[] arguments) throws InterruptedException {
      DaxfluxConfig config =
          DaxfluxConfig.builder()
              .devicePath("memory:")
              .deviceBytes(16 << 20)
              .outputBudgetBytes(16 << 20)
              .restoreWorkers(1)
              .build();
      ReactiveChunkStore store = ReactiveChunkStore.open(config).block();
      ChunkKey key = ChunkKey.of("a");
      store.putAll(List.of(Chunk.blob(key, new byte[4096])), PutMode.KEEP_EXISTING).blockLast();
      store.restoreAll(List.of(key)).block().close();
      Set<Thread> open = started();
      System.out.println("open: " + names(open));
      store.close().block();
      for (Thread thread : open) {
        thread.join(SOON);
      }
      System.out.println("closed: " + names(started()));
    }

    private static Set<Thread> started() {
      Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
      threads.removeAll(BEFORE);
      threads.removeIf(thread -> thread.isDaemon() && !thread.getName().startsWith("daxflux"));
      return threads;
    }

    private static Set<String> names(Set<Thread> threads) {
      return threads.stream().map(Thread::getName).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
