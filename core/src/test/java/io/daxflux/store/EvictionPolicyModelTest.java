package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.config.CachePolicy;
import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every policy against its naive model, under random operations. */
class EvictionPolicyModelTest {
  private static final long CAPACITY = 100;
  private static final int OPERATIONS = 3_000;

  @ParameterizedTest
  @EnumSource
  void choosesTheVictimsOfTheModel(CachePolicy name) {
    Seeds.forEach(40, random -> new Run(name, random).play());
  }

  private static final class Run {
    private final Random random;
    private final EvictionPolicy policy;
    private final EvictionPolicy model;
    private final List<TestEntry> available = new ArrayList<>();
    private final List<TestEntry> withdrawn = new ArrayList<>();

    Run(CachePolicy name, Random random) {
      this.random = random;
      this.policy = EvictionPolicies.of(name, CAPACITY);
      this.model = name == CachePolicy.S3_FIFO ? new S3FifoModel(CAPACITY) : new PlacesModel(name);
    }

    void play() {
      for (int i = 0; i < OPERATIONS; i++) {
        step();
      }
      while (!withdrawn.isEmpty()) {
        restoreOne();
      }
      drain();
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0, 1 -> add();
        case 2, 3, 4 -> use();
        case 5, 6 -> withdrawOne();
        case 7 -> restoreOne();
        case 8 -> evictOrOnlyLook();
        case 9 -> remove();
        default -> throw new AssertionError();
      }
      while (available.size() + withdrawn.size() > 60) {
        remove();
      }
    }

    private void add() {
      TestEntry entry = new TestEntry("key-" + random.nextInt(200), 1 + random.nextInt(6));
      boolean isWithdrawn = random.nextInt(4) == 0;
      if (isWithdrawn) {
        policy.withdrawn(entry);
      }
      policy.added(entry);
      model.added(entry);
      (isWithdrawn ? withdrawn : available).add(entry);
    }

    private void use() {
      List<TestEntry> from = random.nextBoolean() ? available : withdrawn;
      if (!from.isEmpty()) {
        // Few are popular, so that every count and rank is met.
        TestEntry entry = from.get(random.nextInt(1 + random.nextInt(from.size())));
        policy.used(entry);
        model.used(entry);
      }
    }

    private void withdrawOne() {
      if (!available.isEmpty()) {
        TestEntry entry = any(available);
        withdrawn.add(entry);
        policy.withdrawn(entry);
        model.withdrawn(entry);
      }
    }

    private void restoreOne() {
      if (!withdrawn.isEmpty()) {
        TestEntry entry = any(withdrawn);
        available.add(entry);
        policy.restored(entry);
        model.restored(entry);
      }
    }

    private void evictOrOnlyLook() {
      Evictable victim = policy.victim();
      assertThat(victim).isSameAs(model.victim());
      if (victim == null) {
        assertThat(available).isEmpty();
        return;
      }
      assertThat(victim.withdrawn).isFalse();
      assertThat(policy.victim()).as("asked again").isSameAs(victim);
      assertThat(model.victim()).as("model asked again").isSameAs(victim);
      if (random.nextBoolean()) {
        forget((TestEntry) victim);
      }
    }

    private void remove() {
      List<TestEntry> from = random.nextBoolean() ? available : withdrawn;
      if (!from.isEmpty()) {
        forget(from.get(random.nextInt(from.size())));
      }
    }

    private void forget(TestEntry entry) {
      assertThat(available.remove(entry) || withdrawn.remove(entry)).isTrue();
      policy.removed(entry);
      model.removed(entry);
    }

    private void drain() {
      Set<Evictable> left = new HashSet<>(available);
      while (!left.isEmpty()) {
        Evictable victim = Evictions.evict(policy);
        assertThat(victim).isSameAs(Evictions.evict(model));
        assertThat(left.remove(victim)).as("%s left once", victim).isTrue();
      }
      assertThat(policy.victim()).isNull();
    }

    private TestEntry any(List<TestEntry> entries) {
      return entries.remove(random.nextInt(entries.size()));
    }
  }
}
