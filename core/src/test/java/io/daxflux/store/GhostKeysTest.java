package io.daxflux.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import org.junit.jupiter.api.Test;

class GhostKeysTest {
  private static final ChunkKey A = ChunkKey.of("a");
  private static final ChunkKey B = ChunkKey.of("b");
  private static final ChunkKey C = ChunkKey.of("c");

  private final GhostKeys ghosts = new GhostKeys(10);

  @Test
  void forgetsWhatItIsAskedToForget() {
    ghosts.add(A, 4);

    assertThat(ghosts.remove(B)).isFalse();
    assertThat(ghosts.remove(A)).isTrue();
    assertThat(ghosts.remove(A)).isFalse();
    assertThat(ghosts.blocks()).isZero();
  }

  @Test
  void fullItForgetsTheEarliest() {
    ghosts.add(A, 4);
    ghosts.add(B, 4);
    ghosts.add(C, 6);

    assertThat(ghosts.blocks()).isEqualTo(10);
    assertThat(ghosts.remove(A)).isFalse();
    assertThat(ghosts.remove(B)).isTrue();
    assertThat(ghosts.remove(C)).isTrue();
  }

  @Test
  void addedAgainItCountsOnceAsTheLatest() {
    ghosts.add(A, 4);
    ghosts.add(B, 4);
    ghosts.add(A, 2);
    assertThat(ghosts.blocks()).isEqualTo(6);

    ghosts.add(C, 7);

    assertThat(ghosts.remove(B)).isFalse();
    assertThat(ghosts.remove(A)).isTrue();
    assertThat(ghosts.remove(C)).isTrue();
  }

  @Test
  void doesNotRememberWhatIsLongerThanItsLimit() {
    ghosts.add(A, 4);
    ghosts.add(B, 11);

    assertThat(ghosts.size()).isZero();
    assertThat(ghosts.blocks()).isZero();
  }
}
