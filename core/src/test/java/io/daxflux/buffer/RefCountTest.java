package io.daxflux.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class RefCountTest {
  private final RefCount references = new RefCount();

  @Test
  void creatorHoldsTheFirstReference() {
    assertThat(references.count()).isEqualTo(1);
    assertThat(references.release()).isTrue();
    assertThat(references.count()).isZero();
  }

  @Test
  void onlyTheLastReleaseSaysSo() {
    references.retain();
    references.retain();

    assertThat(references.release()).isFalse();
    assertThat(references.release()).isFalse();
    assertThat(references.release()).isTrue();
  }

  @Test
  void releasingOnceTooOftenFails() {
    references.release();

    assertThatIllegalStateException()
        .isThrownBy(references::release)
        .withMessage("released more often than retained");
    assertThat(references.count()).isZero();
  }

  @Test
  void whatHasGoneCannotBeRetained() {
    references.release();

    assertThatIllegalStateException()
        .isThrownBy(references::retain)
        .withMessage("retained after its last release");
    assertThat(references.count()).isZero();
  }
}
