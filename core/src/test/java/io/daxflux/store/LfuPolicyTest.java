package io.daxflux.store;

import static io.daxflux.store.Evictions.add;
import static io.daxflux.store.Evictions.drain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LfuPolicyTest {
  private final LfuPolicy policy = new LfuPolicy();

  @Test
  void evictsTheLeastUsedAndAmongEqualsTheOneUsedLongestAgo() {
    List<TestEntry> entries = add(policy, "a", "b", "c", "d", "e");
    use(entries.get(0), 3);
    use(entries.get(2), 1);
    use(entries.get(1), 1);
    use(entries.get(4), 2);

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("d", "c", "b", "e", "a");
  }

  @Test
  void newEntryStartsAnewAfterItsPredecessorWasPopular() {
    TestEntry popular = add(policy, "a").getFirst();
    use(popular, 10);
    policy.removed(popular);
    policy.added(popular);
    add(policy, "b");

    assertThat(policy.victim()).isSameAs(popular);
  }

  @Test
  void tellsLargeCountsApartByTheirPowerOfTwo() {
    List<TestEntry> entries = add(policy, "a", "b", "c");
    use(entries.get(0), 63);
    use(entries.get(1), 64);
    use(entries.get(2), 32);
    policy.used(entries.get(2));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("a", "c", "b");
  }

  @Test
  void countsNoFurtherThanAnIntHolds() {
    assertThat(LfuPolicy.oneMore(Integer.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(LfuPolicy.oneMore(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "31,31",
    "32,32",
    "63,32",
    "64,33",
    "127,33",
    "128,34",
    "2147483647,57"
  })
  void ranksCountsExactlyFirstAndByPowersOfTwoThen(int uses, int rank) {
    assertThat(LfuPolicy.rank(uses)).isEqualTo(rank);
  }

  @Test
  void usedWhileParkedItRises() {
    List<TestEntry> entries = add(policy, "a", "b");
    use(entries.get(1), 1);
    policy.withdrawn(entries.get(0));
    assertThat(policy.victim()).isSameAs(entries.get(1));

    use(entries.get(0), 2);
    policy.restored(entries.get(0));

    assertThat(drain(policy)).extracting(Object::toString).containsExactly("b", "a");
  }

  private void use(Evictable entry, int times) {
    for (int i = 0; i < times; i++) {
      policy.used(entry);
    }
  }
}
