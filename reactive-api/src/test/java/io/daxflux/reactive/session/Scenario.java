package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.bytesOf;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.Chunk;
import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.Chunks;
import io.daxflux.reactive.outcome.ChunkWriter;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.NotStarted;
import io.daxflux.reactive.outcome.PutOutcome;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A request to be cancelled anywhere, over a store that holds what it asks for. */
enum Scenario {
  PREFIX {
    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.restorePrefix(STORED, RestoreMode.DIRECT));
    }
  },
  PREFIX_ONE_BY_ONE {
    @Override
    Receiver<?> start() {
      return store.subscribe(
          store.requests.restorePrefix(STORED, RestoreMode.DIRECT), Receiver.ONE_BY_ONE);
    }
  },
  EXPLAINED_PREFIX_WITH_MISS {
    @Override
    Receiver<?> start() {
      List<ChunkKey> asked = Stream.concat(STORED.stream(), Stream.of(key("absent"))).toList();
      return store.subscribe(store.requests.explainPrefix(asked, RestoreMode.DIRECT));
    }
  },
  PREFIX_SHORT_OF_MEMORY {
    @Override
    long outputBytes() {
      return LARGE + 5 * Chunks.BLOCK;
    }

    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.restorePrefix(STORED, RestoreMode.DIRECT));
    }
  },
  BATCH_WITH_HOLES {
    @Override
    Receiver<?> start() {
      List<ChunkKey> asked = keys("s0", "absent", "large", "s0", "s3", "s2", "s1");
      return store.subscribe(store.requests.restoreAll(asked, RestoreMode.DIRECT));
    }
  },
  INTO {
    @Override
    Receiver<?> start() {
      List<MemorySegment> targets =
          STORED.stream().map(key -> MemorySegment.ofArray(new byte[LARGE])).toList();
      return store.subscribe(
          store.requests.restoreInto(
              STORED, targets, RestoreMode.DIRECT, payload("targets")::incrementAndGet));
    }
  },
  PUT {
    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.put(fresh(), PutMode.KEEP_EXISTING));
    }
  },
  REPLACE {
    @Override
    Receiver<?> start() {
      List<Chunk> again = List.of(owned("s0"), owned("large"), owned("s0"));
      return store.subscribe(store.requests.put(again, PutMode.REPLACE));
    }
  },
  PUT_THAT_WAITS_FOR_ANOTHER {
    @Override
    Receiver<?> start() {
      store.subscribe(store.requests.put(fresh(), PutMode.KEEP_EXISTING));
      store.settleStore();
      return store.subscribe(store.requests.put(fresh(), PutMode.REPLACE));
    }
  },
  ASYNC_PUT {
    @Override
    boolean asyncPut() {
      return true;
    }

    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.put(fresh(), PutMode.KEEP_EXISTING));
    }
  },
  STREAMED_PUT {
    @Override
    Receiver<?> start() {
      return store.subscribe(streamed("fresh", PutMode.KEEP_EXISTING));
    }
  },
  STREAMED_REPLACE_THAT_WAITS_FOR_ANOTHER {
    @Override
    Receiver<?> start() {
      store.subscribe(store.requests.put(List.of(owned("large")), PutMode.REPLACE));
      store.settleStore();
      return store.subscribe(streamed("large", PutMode.REPLACE));
    }
  },
  STREAMED_EXCHANGE {
    @Override
    Receiver<?> start() {
      return store.subscribe(streamed("large", PutMode.REPLACE, ChunkWriter::exchange));
    }
  },
  STREAMED_TOGETHER {
    @Override
    Receiver<?> start() {
      return store.subscribe(
          Flux.just("fresh", "s0", "f1")
              .concatMap(this::written)
              .collectList()
              .flatMap(
                  writers ->
                      store
                          .requests
                          .commitAll(writers)
                          .doFinally(_ -> writers.forEach(ChunkWriter::close)))
              .doOnDiscard(ChunkWriter.class, ChunkWriter::close));
    }
  },
  BORROW {
    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.borrowPrefix(STORED));
    }
  },
  BORROW_ALL {
    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.borrowAll(keys("s0", "absent", "large", "s0")));
    }
  },
  PIN {
    @Override
    Receiver<?> start() {
      return store.subscribe(store.requests.pinPrefix(STORED));
    }
  };

  /** Small ones lie apart, each a span of its own; the large one is copied as several regions. */
  static final List<ChunkKey> STORED = keys("s0", "s1", "large", "s2", "s3");

  static final int SMALL = 5000;
  static final int LARGE = 600 << 10;
  private static final int PARTS = 3;
  private static final long ARENA_BYTES = 3 << 20;
  private static final List<ChunkKey> FRESH = keys("f0", "fresh", "f0", "f1");

  private static final Map<ChunkKey, byte[]> BYTES = new HashMap<>();

  SteppedStore store;
  private final List<AtomicInteger> releases = new ArrayList<>();

  abstract Receiver<?> start();

  long outputBytes() {
    return 1 << 20;
  }

  boolean asyncPut() {
    return false;
  }

  /** A store that holds what is asked for. */
  final SteppedStore open() {
    releases.clear();
    store =
        new SteppedStore(
            ARENA_BYTES, outputBytes(), config -> config.checksum(false).asyncPut(asyncPut()));
    for (ChunkKey key : STORED) {
      Receiver<?> put =
          store.subscribe(
              store.requests.put(
                  List.of(Chunk.blob(key, bytes(key)), chunk("gap behind " + key, 1)),
                  PutMode.KEEP_EXISTING));
      store.settle();
      assertThat(put.isCompleted()).isTrue();
    }
    return store;
  }

  /** Made once for all the runs: they are thousands. */
  private static byte[] bytes(ChunkKey key) {
    return BYTES.computeIfAbsent(key, _ -> bytesOf(key, lengthOf(key)));
  }

  private static int lengthOf(ChunkKey key) {
    return key.equals(key("large")) || key.equals(key("fresh")) ? LARGE : SMALL;
  }

  /** Counts how often something was given back. */
  final AtomicInteger payload(String what) {
    AtomicInteger count = new AtomicInteger();
    releases.add(count);
    return count;
  }

  final Chunk owned(String name) {
    AtomicInteger count = payload(name);
    return Chunk.builder(key(name), ChunkLayout.blob(bytes(key(name)).length))
        .payload(MemorySegment.ofArray(bytes(key(name))))
        .onRelease(count::incrementAndGet)
        .build();
  }

  final List<Chunk> fresh() {
    return FRESH.stream().map(key -> owned(key.toString())).toList();
  }

  /** A put of a chunk in parts, two at a time. */
  final Flux<?> streamed(String name, PutMode mode) {
    return streamed(name, mode, ChunkWriter::commit);
  }

  final Flux<?> streamed(String name, PutMode mode, Function<ChunkWriter, Mono<?>> end) {
    byte[] bytes = bytes(key(name));
    return store
        .requests
        .startPut(ChunkHead.of(key(name), ChunkLayout.blob(bytes.length)), mode)
        .flatMapMany(
            start ->
                switch (start) {
                  case NotStarted(PutOutcome refused) -> Flux.<Object>just(refused);
                  case ChunkWriter writer ->
                      Flux.range(0, PARTS)
                          .flatMapSequential(part -> write(writer, bytes, part), 2)
                          .thenMany(end.apply(writer))
                          .doFinally(_ -> writer.close());
                });
  }

  /** A writer that was given all bytes. */
  final Mono<ChunkWriter> written(String name) {
    byte[] bytes = bytes(key(name));
    return store
        .requests
        .startPut(ChunkHead.of(key(name), ChunkLayout.blob(bytes.length)), PutMode.REPLACE)
        .flatMap(
            start ->
                switch (start) {
                  case NotStarted(PutOutcome refused) ->
                      Mono.error(new ClosedException(refused.toString()));
                  case ChunkWriter writer ->
                      Flux.range(0, PARTS)
                          .concatMap(part -> write(writer, bytes, part))
                          .then(Mono.just(writer))
                          .doOnError(_ -> writer.close())
                          .doOnCancel(writer::close);
                });
  }

  private Mono<Void> write(ChunkWriter writer, byte[] bytes, int part) {
    int from = bytes.length / PARTS * part;
    int end = part == PARTS - 1 ? bytes.length : bytes.length / PARTS * (part + 1);
    MemorySegment segment = MemorySegment.ofArray(bytes).asSlice(from, end - from);
    return writer.write(segment, payload("part " + part)::incrementAndGet);
  }

  /** Which of the keys that a put of this touches can be read, in their order. */
  final List<ChunkKey> visible() {
    return Stream.concat(STORED.stream(), FRESH.stream().distinct())
        .filter(store::contains)
        .toList();
  }

  /** Whatever became of it: payload went back once, what is there is whole, nothing is left. */
  final void verify(Receiver<?> receiver) {
    while (receiver.closeReceived()) {
      store.settle();
    }
    assertPayloadBack();
    for (ChunkKey key : visible()) {
      var restored = store.ask(store.requests.restoreAll(List.of(key), RestoreMode.DIRECT));
      Chunks.assertSame(restored.hits().getFirst().segment(), bytes(key));
      restored.close();
      store.settle();
    }
    store.assertQuiet();
  }

  final void assertPayloadBack() {
    assertThat(releases).as("given back once").allMatch(count -> count.get() == 1);
  }
}
