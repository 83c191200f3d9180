package io.daxflux.reactive.session;

import static io.daxflux.reactive.Chunks.BLOCK;
import static io.daxflux.reactive.Chunks.chunk;
import static io.daxflux.reactive.Chunks.chunksOf;
import static io.daxflux.reactive.Chunks.key;
import static io.daxflux.reactive.Chunks.keys;
import static io.daxflux.reactive.Chunks.keysOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.PutMode;
import io.daxflux.config.RestoreMode;
import io.daxflux.reactive.QuietStores;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.IntoOutcome;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.PutOutcome.Refused;
import io.daxflux.reactive.outcome.RestoredChunk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;

/** The last steps of a result: from the store's thread to a subscriber who may be gone by then. */
class DeliveryTest {
  @RegisterExtension final QuietStores quiet = new QuietStores();

  private SteppedStore store;

  @BeforeEach
  void open() {
    store = new SteppedStore(1 << 20, 1 << 20);
    store.put(chunksOf("c", 4, BLOCK));
  }

  @AfterEach
  void nothingIsLeft() {
    store.settle();
    store.assertQuiet();
    store.close();
  }

  @Test
  void chunkThatIsThereAndNotYetDeliveredGoesBackWithTheCancel() {
    Receiver<RestoredChunk> stream = restorePrefix(Long.MAX_VALUE);
    while (store.stepStore() || store.stepCopies()) {
      continue;
    }
    assertThat(store.loop.handles().describe()).hasSize(4);

    stream.cancel();
    store.settle();

    assertThat(stream.received()).isEmpty();
    assertThat(store.loop.handles().describe()).isEmpty();
  }

  @Test
  void cancelInTheMiddleOfADeliveryDiscardsWhatFollows() {
    List<RestoredChunk> received = new ArrayList<>();
    store
        .requests
        .restorePrefix(keysOf("c", 4), RestoreMode.DIRECT)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnNext(RestoredChunk chunk) {
                received.add(chunk);
                if (received.size() == 2) {
                  cancel();
                }
              }
            });

    store.settle();

    assertThat(received).hasSize(2);
    assertThat(store.loop.handles().describe()).hasSize(2);
    received.forEach(RestoredChunk::close);
  }

  @Test
  void nothingBeyondTheDemandIsDelivered() {
    Receiver<RestoredChunk> stream = restorePrefix(1);
    store.settle();
    assertThat(stream.received()).hasSize(1);

    stream.request(2);
    store.settle();
    assertThat(stream.received()).hasSize(3);
    assertThat(stream.isEnded()).isFalse();

    stream.request(1);
    store.settle();
    assertThat(stream.received()).hasSize(4);
    assertThat(stream.isCompleted()).as("no demand is needed for the end").isTrue();
    stream.closeReceived();
  }

  @Test
  void subscriberThatThrowsIsSentNothingMoreAndItsRequestEnds() {
    List<RestoredChunk> received = new ArrayList<>();
    store
        .requests
        .restorePrefix(keysOf("c", 4), RestoreMode.DIRECT)
        .subscribe(
            new CoreSubscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(RestoredChunk chunk) {
                received.add(chunk);
                throw new IllegalArgumentException("not this one");
              }

              @Override
              public void onError(Throwable cause) {
                throw new AssertionError("expected no signal any more", cause);
              }

              @Override
              public void onComplete() {
                throw new AssertionError("expected no signal any more");
              }
            });

    store.settle();

    assertThat(received).hasSize(1);
    received.forEach(RestoredChunk::close);
    quiet.expectDrop("not this one");
  }

  @Test
  void outputsAreBackBeforeTheResultIsDelivered() {
    List<String> order = new ArrayList<>();
    store
        .requests
        .restoreInto(
            keys("c0"),
            List.of(MemorySegment.ofArray(new byte[BLOCK])),
            RestoreMode.DIRECT,
            () -> order.add("outputs"))
        .subscribe(_ -> order.add("result"));

    store.delivery.newestFirst(true);
    store.settle();

    assertThat(order).containsExactly("outputs", "result");
  }

  @Test
  void hookThatThrowsDoesNotTakeTheResultAlong() {
    List<List<IntoOutcome>> results = new ArrayList<>();
    store
        .requests
        .restoreInto(
            keys("absent"),
            List.of(MemorySegment.ofArray(new byte[1])),
            RestoreMode.DIRECT,
            () -> {
              throw new IllegalArgumentException("a hook that fails");
            })
        .subscribe(results::add);

    store.settle();

    quiet.expectDrop("a hook that fails");
    assertThat(results).hasSize(1);
  }

  @Test
  void fullRingRefusesAndTakesNothing() {
    for (int i = 0; i < SteppedStore.RING_SLOTS; i++) {
      store.subscribe(store.requests.contains(key("c0")));
    }
    Receiver<RestoredChunk> stream = restorePrefix(1);
    Receiver<PutOutcome> put =
        store.subscribe(store.requests.put(List.of(chunk("n", 1)), PutMode.REPLACE));

    store.settle();

    assertThat(stream.error()).isInstanceOf(BusyException.class);
    assertThat(put.received()).containsExactly(new Refused(key("n"), Refused.Reason.BUSY));
    assertThat(store.contains(key("n"))).isFalse();
  }

  @Test
  void cancelOfARefusedRequestDoesNothing() {
    for (int i = 0; i < SteppedStore.RING_SLOTS; i++) {
      store.subscribe(store.requests.contains(key("c0")));
    }
    Receiver<RestoredChunk> stream = restorePrefix(1);
    stream.cancel();
    store.settle();

    assertThat(stream.isEnded()).isFalse();
  }

  @Test
  void requestThatWaitsOnTheRingWhenTheStoreClosesIsRefused() {
    Receiver<RestoredChunk> waiting = restorePrefix(1);
    store.loop.close().subscribe();
    store.settle();

    assertThat(waiting.error())
        .isInstanceOf(ClosedException.class)
        .hasMessage("store closed: it takes in no more requests");
    Receiver<RestoredChunk> late = restorePrefix(1);
    store.settle();
    assertThat(late.error()).isInstanceOf(ClosedException.class);
  }

  private Receiver<RestoredChunk> restorePrefix(long demand) {
    return store.subscribe(
        store.requests.restorePrefix(keysOf("c", 4), RestoreMode.DIRECT), demand);
  }
}
