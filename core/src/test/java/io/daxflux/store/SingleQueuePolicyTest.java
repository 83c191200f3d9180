package io.daxflux.store;

import static io.daxflux.store.Evictions.add;
import static io.daxflux.store.Evictions.drain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact orders of LRU, FIFO and MRU. */
class SingleQueuePolicyTest {
  @Test
  void lruEvictsInTheOrderOfLastUse() {
    EvictionPolicy policy = new LruPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c", "d");
    policy.used(entries.get(0));
    policy.used(entries.get(2));
    policy.used(entries.get(0));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("b", "d", "c", "a");
  }

  @Test
  void lruTouchesAnEntryThatIsParked() {
    EvictionPolicy policy = new LruPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c");
    policy.withdrawn(entries.get(0));
    assertThat(policy.victim()).isSameAs(entries.get(1));

    policy.used(entries.get(0));
    policy.restored(entries.get(0));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("b", "c", "a");
  }

  @Test
  void lruKeepsThePlaceOfAReadThatCameToNothing() {
    EvictionPolicy policy = new LruPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c");
    policy.withdrawn(entries.get(1));
    assertThat(policy.victim()).isSameAs(entries.get(0));
    policy.restored(entries.get(1));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("a", "b", "c");
  }

  @Test
  void lruParksSeveralAndTheLastRestoredGoesFirst() {
    EvictionPolicy policy = new LruPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c");
    policy.withdrawn(entries.get(0));
    policy.withdrawn(entries.get(1));
    assertThat(policy.victim()).isSameAs(entries.get(2));

    policy.restored(entries.get(0));
    policy.restored(entries.get(1));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("b", "a", "c");
  }

  @Test
  void fifoEvictsInTheOrderOfStoringWhateverIsUsed() {
    EvictionPolicy policy = new FifoPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c");
    policy.used(entries.get(0));
    policy.used(entries.get(1));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("a", "b", "c");
  }

  @Test
  void mruEvictsWhatWasUsedLastFirst() {
    EvictionPolicy policy = new MruPolicy();
    List<TestEntry> entries = add(policy, "a", "b", "c", "d");
    policy.used(entries.get(1));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("b", "d", "c", "a");
  }
}
