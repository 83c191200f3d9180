package io.daxflux.store;

import io.daxflux.chunk.ChunkKey;

/** An entry that is only a name and a length, and counts how often a policy asks for the latter. */
final class TestEntry extends Evictable {
  private final ChunkKey key;
  private final long blocks;
  int blocksAsked;

  TestEntry(String name, long blocks) {
    this.key = ChunkKey.of(name);
    this.blocks = blocks;
  }

  static TestEntry of(String name) {
    return new TestEntry(name, 1);
  }

  @Override
  ChunkKey key() {
    return key;
  }

  @Override
  long blocks() {
    blocksAsked++;
    return blocks;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
