package io.daxflux.store;

import static io.daxflux.store.Evictions.add;
import static io.daxflux.store.Evictions.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.daxflux.config.CachePolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What withdrawing, restoring and removing mean under every policy. */
class WithdrawalTest {
  @ParameterizedTest
  @EnumSource
  void emptyPolicyHasNoVictim(CachePolicy name) {
    assertThat(EvictionPolicies.of(name, 10).victim()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void withdrawnEntriesAreNeverVictims(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    List<TestEntry> entries = add(policy, "a", "b", "c", "d");
    policy.withdrawn(entries.get(0));
    policy.withdrawn(entries.get(3));

    assertThat(drain(policy)).containsExactlyInAnyOrder(entries.get(1), entries.get(2));
  }

  @ParameterizedTest
  @EnumSource
  void parkedEntriesReturnAndAreVictimsAgain(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    List<TestEntry> entries = add(policy, "a", "b", "c");
    entries.forEach(policy::withdrawn);
    assertThat(policy.victim()).isNull();

    entries.forEach(policy::restored);

    assertThat(drain(policy)).containsExactlyInAnyOrderElementsOf(entries);
  }

  @ParameterizedTest
  @EnumSource
  void withdrawingWhatNoSearchMeetsChangesNoOrder(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    List<TestEntry> entries = add(policy, "a", "b", "c", "d");
    EvictionPolicy untouched = EvictionPolicies.of(name, 10);
    List<String> expected = new ArrayList<>();
    add(untouched, "a", "b", "c", "d");
    drain(untouched).forEach(victim -> expected.add(victim.toString()));

    entries.forEach(policy::withdrawn);
    entries.reversed().forEach(policy::restored);

    assertThat(drain(policy)).extracting(Object::toString).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource
  void parkedEntryThatReturnsGoesFirst(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    add(policy, "a", "b", "c");
    Evictable coldest = policy.victim();
    policy.withdrawn(coldest);
    assertThat(policy.victim()).isNotSameAs(coldest);

    policy.restored(coldest);

    assertThat(policy.victim()).isSameAs(coldest);
  }

  @ParameterizedTest
  @EnumSource
  void entryAddedWithdrawnIsNoVictimUntilItIsRestored(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    TestEntry entry = TestEntry.of("a");
    policy.withdrawn(entry);
    policy.added(entry);
    assertThat(policy.victim()).isNull();

    policy.restored(entry);

    assertThat(policy.victim()).isSameAs(entry);
  }

  @ParameterizedTest
  @EnumSource
  void parkedEntryThatIsRemovedStaysAway(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    TestEntry entry = add(policy, "a").getFirst();
    policy.withdrawn(entry);
    assertThat(policy.victim()).isNull();
    policy.removed(entry);

    policy.used(entry);
    policy.restored(entry);

    assertThat(policy.victim()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void readThatOutlivesItsEntryDoesNotBringItBack(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    List<TestEntry> entries = add(policy, "a", "b");
    policy.withdrawn(entries.get(0));
    policy.removed(entries.get(0));

    policy.used(entries.get(0));
    policy.restored(entries.get(0));

    assertThat(drain(policy)).containsExactly(entries.get(1));
  }

  @ParameterizedTest
  @EnumSource
  void removedEntryMayBeAddedAgain(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    TestEntry entry = add(policy, "a").getFirst();
    policy.removed(entry);
    policy.added(entry);

    assertThat(drain(policy)).containsExactly(entry);
  }

  @ParameterizedTest
  @EnumSource
  void addingTwiceFails(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 10);
    TestEntry entry = add(policy, "a").getFirst();

    assertThatIllegalStateException()
        .isThrownBy(() -> policy.added(entry))
        .withMessage("already in eviction queue 1: a");
  }

  @ParameterizedTest
  @EnumSource
  void searchPaysForEachWithdrawalOnce(CachePolicy name) {
    EvictionPolicy policy = EvictionPolicies.of(name, 100_000);
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      entries.addAll(add(policy, "key-" + i));
    }
    entries.subList(10, 9_990).forEach(policy::withdrawn);
    List<Evictable> victims = drain(policy);
    int asked = entries.stream().mapToInt(entry -> entry.blocksAsked).sum();

    for (int i = 0; i < 1_000; i++) {
      TestEntry late = add(policy, "late-" + i).getFirst();
      assertThat(Evictions.evict(policy)).isSameAs(late);
    }

    assertThat(victims).hasSize(20);
    assertThat(entries.stream().mapToInt(entry -> entry.blocksAsked).sum()).isEqualTo(asked);
    assertThat(asked).as("entered and left, and remembered").isLessThanOrEqualTo(3 * 10_000);
  }
}
