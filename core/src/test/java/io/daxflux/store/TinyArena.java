package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.config.CachePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A store of a few blocks whose chunks are names and lengths in blocks; keeps what it was told. */
final class TinyArena implements StoreObserver {
  static final int BLOCK_BYTES = 512;

  final ChunkStore store;

  /** What the observer was told since the last {@link #forget}, as {@code verb key}. */
  final List<String> events = new ArrayList<>();

  long nowNs;
  long nowMs = 1;

  TinyArena(int blocks) {
    this(blocks, CachePolicy.LRU);
  }

  TinyArena(int blocks, CachePolicy policy) {
    store = withoutRecords((long) blocks * BLOCK_BYTES, policy, this, () -> nowNs, () -> nowMs);
  }

  /** A store whose chunks are gone with it. */
  static ChunkStore withoutRecords(
      long bytes, CachePolicy policy, StoreObserver observer, LongSupplier nanoTime) {
    return withoutRecords(bytes, policy, observer, nanoTime, () -> 1);
  }

  private static ChunkStore withoutRecords(
      long bytes,
      CachePolicy policy,
      StoreObserver observer,
      LongSupplier nanoTime,
      LongSupplier epochMs) {
    ArenaLayout layout = ArenaLayout.withoutRecords(bytes, BLOCK_BYTES);
    return new ChunkStore(
        new StoreSetup(layout, false, 0, policy, observer, Journal.NONE, nanoTime, epochMs));
  }

  static ChunkKey key(String name) {
    return ChunkKey.of(name);
  }

  static ChunkLayout blocks(int blocks) {
    return ChunkLayout.blob((long) blocks * BLOCK_BYTES);
  }

  /** Fills the arena with readable chunks of one block, named by the letters. */
  TinyArena filledWith(String letters) {
    letters.chars().forEach(letter -> put(Character.toString(letter), 1));
    return this;
  }

  ReserveResult tryReserve(String name, int blocks, PutMode mode) {
    return tryReserve(name, blocks, mode, null, 0);
  }

  ReserveResult tryReserve(
      String name, int blocks, PutMode mode, String predecessor, int followingBlocks) {
    return store.reserve(
        ChunkHead.of(key(name), blocks(blocks))
            .after(predecessor == null ? null : key(predecessor)),
        mode,
        (long) followingBlocks * BLOCK_BYTES);
  }

  Reservation reserve(String name, int blocks) {
    return reserved(tryReserve(name, blocks, PutMode.KEEP_EXISTING));
  }

  Reservation reserveBehind(String predecessor, String name, int blocks) {
    return reserved(tryReserve(name, blocks, PutMode.KEEP_EXISTING, predecessor, 0));
  }

  static Reservation reserved(ReserveResult result) {
    assertThat(result).isInstanceOf(ReserveResult.Reserved.class);
    return ((ReserveResult.Reserved) result).reservation();
  }

  /** Stores a chunk; returns its first block. */
  long put(String name, int blocks) {
    return commit(reserve(name, blocks));
  }

  long replace(String name, int blocks) {
    return commit(reserved(tryReserve(name, blocks, PutMode.REPLACE)));
  }

  long putBehind(String predecessor, String name, int blocks) {
    return commit(reserveBehind(predecessor, name, blocks));
  }

  private long commit(Reservation reservation) {
    assertThat(store.commit(reservation)).isTrue();
    return blockOf(reservation);
  }

  static long blockOf(Reservation reservation) {
    return reservation.arenaOffset() / BLOCK_BYTES;
  }

  Lease lease(String name) {
    return store.lease(key(name));
  }

  Pin pin(String name) {
    return store.pin(key(name));
  }

  /** Reads a chunk to its end. */
  void use(String name) {
    store.release(lease(name), true);
  }

  boolean remove(String name) {
    return store.remove(key(name));
  }

  boolean contains(String name) {
    return store.contains(key(name));
  }

  long freeBlocks() {
    return store.figures().freeBytes() / BLOCK_BYTES;
  }

  long largestRun() {
    return store.figures().largestRunBytes() / BLOCK_BYTES;
  }

  void forget() {
    events.clear();
  }

  @Override
  public void stored(ChunkKey key, long bytes) {
    events.add("stored " + key);
  }

  @Override
  public void evicted(ChunkKey key, long bytes) {
    events.add("evicted " + key);
  }

  @Override
  public void removed(ChunkKey key, long bytes) {
    events.add("removed " + key);
  }

  @Override
  public void expired(ChunkKey key, long bytes) {
    events.add("expired " + key);
  }

  @Override
  public void quarantined(ChunkKey key, long bytes) {
    events.add("quarantined " + key);
  }
}
