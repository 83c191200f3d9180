package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.daxflux.config.CachePolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the policies do what one takes them for, on traces that are the same in every run. */
class HitRateTest {
  private static final int CAPACITY = 500;
  private static final int REQUESTS = 200_000;

  @ParameterizedTest
  @CsvSource({"FIFO, 0.316", "LRU, 0.346", "LFU, 0.430", "S3_FIFO, 0.440"})
  void scansHurtFifoMostAndFrequencyPoliciesLeast(CachePolicy policy, double rate) {
    assertThat(hitRate(policy, skewedWithScans())).isCloseTo(rate, within(0.001));
  }

  @Test
  void mruKeepsPartOfACycleThatLruLosesWhole() {
    assertThat(hitRate(CachePolicy.LRU, cycle(2 * CAPACITY))).isZero();
    assertThat(hitRate(CachePolicy.MRU, cycle(2 * CAPACITY))).isBetween(0.48, 0.5);
  }

  @ParameterizedTest
  @CsvSource({"LFU, 0.157", "S3_FIFO, 0.507"})
  void s3FifoFollowsWhenPopularityMovesOnWhereLfuStays(CachePolicy policy, double rate) {
    assertThat(hitRate(policy, popularityMovesOn())).isCloseTo(rate, within(0.001));
  }

  /** Zipf over 10,000 keys, and one request in five belongs to a scan of 1,000 fresh keys. */
  private static IntSupplier skewedWithScans() {
    ZipfNumbers zipf = new ZipfNumbers(10_000, 0.9, new Random(7));
    int[] clock = {0};
    return () -> {
      int now = clock[0]++;
      return now % 5_000 < 1_000 ? 1_000_000 + now : zipf.next();
    };
  }

  /** Zipf over 10,000 keys, all of them replaced every 20,000 requests. */
  private static IntSupplier popularityMovesOn() {
    ZipfNumbers zipf = new ZipfNumbers(10_000, 0.9, new Random(7));
    int[] clock = {0};
    return () -> {
      int era = clock[0]++ / 20_000;
      return era * 100_000 + zipf.next();
    };
  }

  private static IntSupplier cycle(int length) {
    int[] clock = {0};
    return () -> clock[0]++ % length;
  }

  private static double hitRate(CachePolicy name, IntSupplier requests) {
    EvictionPolicy policy = EvictionPolicies.of(name, CAPACITY);
    Map<Integer, TestEntry> index = new HashMap<>();
    Map<Evictable, Integer> requestOf = new HashMap<>();
    int hits = 0;
    for (int i = 0; i < REQUESTS; i++) {
      int request = requests.getAsInt();
      TestEntry hit = index.get(request);
      if (hit != null) {
        hits++;
        policy.used(hit);
        continue;
      }
      if (index.size() == CAPACITY) {
        index.remove(requestOf.remove(Evictions.evict(policy)));
      }
      TestEntry entry = TestEntry.of("key-" + request);
      index.put(request, entry);
      requestOf.put(entry, request);
      policy.added(entry);
    }
    return (double) hits / REQUESTS;
  }
}
