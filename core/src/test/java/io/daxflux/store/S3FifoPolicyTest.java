package io.daxflux.store;

import static io.daxflux.store.Evictions.add;
import static io.daxflux.store.Evictions.drain;
import static io.daxflux.store.Evictions.evict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S3-FIFO over twenty blocks: two for the small queue, eighteen for the main one. */
class S3FifoPolicyTest {
  private static final byte SMALL = 1;
  private static final byte MAIN = 2;

  private final EvictionPolicy policy = new S3FifoPolicy(20);

  @Test
  void evictsUnusedEntriesInTheOrderOfStoring() {
    add(policy, "a", "b", "c");

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("a", "b", "c");
  }

  @Test
  void oneUseDoesNotSaveAnEntryInTheSmallQueueButTwoDo() {
    List<TestEntry> entries = add(policy, "once", "twice", "never");
    use(entries.get(0), 1);
    use(entries.get(1), 2);

    assertThat(evict(policy)).isSameAs(entries.get(0));
    assertThat(policy.victim()).isSameAs(entries.get(1));
    assertThat(entries.get(1).queue).isEqualTo(MAIN);
    assertThat(entries.get(1).uses).as("cleared by the move").isZero();
  }

  @Test
  void ghostGoesStraightToTheMainQueue() {
    add(policy, "a", "b");
    assertThat(evict(policy)).hasToString("a");

    TestEntry again = add(policy, "a").getFirst();

    assertThat(again.queue).isEqualTo(MAIN);
    assertThat(add(policy, "c").getFirst().queue).isEqualTo(SMALL);
  }

  @Test
  void keyIsAGhostOnlyOnce() {
    add(policy, "a");
    evict(policy);
    policy.removed(add(policy, "a").getFirst());

    assertThat(add(policy, "a").getFirst().queue).isEqualTo(SMALL);
  }

  @Test
  void whatLeavesTheMainQueueIsNoGhost() {
    promote("a");
    assertThat(evict(policy)).hasToString("a");

    assertThat(add(policy, "a").getFirst().queue).isEqualTo(SMALL);
  }

  @Test
  void smallQueueMakesRoomWhileItHasItsTenth() {
    promote("m1");
    promote("m2");
    List<TestEntry> small = add(policy, "s1", "s2", "s3");

    assertThat(evict(policy)).isSameAs(small.get(0));
    assertThat(evict(policy)).isSameAs(small.get(1));
    assertThat(evict(policy)).as("one block is less than a tenth").hasToString("m1");
    assertThat(evict(policy)).hasToString("m2");
    assertThat(evict(policy)).isSameAs(small.get(2));
  }

  @Test
  void oneLongEntryFillsTheSmallQueue() {
    promote("m1");
    TestEntry longEntry = new TestEntry("long", 2);
    policy.added(longEntry);

    assertThat(policy.victim()).isSameAs(longEntry);
  }

  @Test
  void usedEntriesOfTheMainQueueGoRoundAsOftenAsTheyWereUsedUpToThree() {
    TestEntry often = promote("often");
    TestEntry once = promote("once");
    TestEntry never = promote("never");
    use(often, 9);
    use(once, 1);

    assertThat(often.uses).isEqualTo(3);
    assertThat(evict(policy)).isSameAs(never);
    assertThat(evict(policy)).isSameAs(once);
    assertThat(evict(policy)).isSameAs(often);
    assertThat(often.uses).isZero();
  }

  @Test
  void scanLeavesTheMainQueueAlone() {
    List<TestEntry> popular = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      popular.add(promote("popular-" + i));
    }
    add(policy, "s1", "s2");
    for (int i = 0; i < 1_000; i++) {
      assertThat(popular).doesNotContain((TestEntry) evict(policy));
      add(policy, "scan-" + i);
    }
  }

  @Test
  void pinsDoNotEatUpTheSmallQueue() {
    promote("m1");
    List<TestEntry> pinned = add(policy, "p1", "p2", "p3", "p4");
    pinned.forEach(policy::withdrawn);
    TestEntry fresh = add(policy, "s1").getFirst();

    assertThat(policy.victim()).as("the small queue has one block that counts").hasToString("m1");
    assertThat(fresh.queue).isEqualTo(SMALL);
  }

  @Test
  void parkedEntryReturnsToTheQueueItCameFrom() {
    TestEntry inMain = promote("m");
    TestEntry inSmall = add(policy, "s").getFirst();
    policy.withdrawn(inMain);
    policy.withdrawn(inSmall);
    assertThat(policy.victim()).isNull();
    assertThat(List.of(inMain.queue, inSmall.queue)).containsExactly((byte) -MAIN, (byte) -SMALL);

    policy.restored(inMain);
    policy.restored(inSmall);

    assertThat(List.of(inMain.queue, inSmall.queue)).containsExactly(MAIN, SMALL);
  }

  @Test
  void entryRemovedWhileParkedFromTheSmallQueueIsAGhost() {
    TestEntry entry = add(policy, "a").getFirst();
    policy.withdrawn(entry);
    assertThat(policy.victim()).isNull();
    policy.removed(entry);

    assertThat(add(policy, "a").getFirst().queue).isEqualTo(MAIN);
  }

  /** Brings a new entry into the main queue, by way of its ghost. */
  private TestEntry promote(String name) {
    policy.removed(add(policy, name).getFirst());
    return add(policy, name).getFirst();
  }

  private void use(Evictable entry, int times) {
    for (int i = 0; i < times; i++) {
      policy.used(entry);
    }
  }
}
