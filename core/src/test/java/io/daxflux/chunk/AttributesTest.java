package io.daxflux.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  void attributesHaveALimit() {
    assertThat(Attributes.of(new byte[256]).length()).isEqualTo(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.of(new byte[257]))
        .withMessage("chunk attributes: expected at most 256 bytes, found 257");
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] bytes = {1, 2};
    Attributes attributes = Attributes.of(bytes);
    bytes[0] = 9;
    attributes.toBytes()[1] = 9;

    assertThat(attributes.toBytes()).containsExactly(1, 2);
  }

  @Test
  void attributesAreEqualWhereTheirBytesAre() {
    Attributes attributes = Attributes.of(new byte[] {1, 2});

    assertThat(attributes)
        .isEqualTo(Attributes.of(new byte[] {1, 2}))
        .hasSameHashCodeAs(Attributes.of(new byte[] {1, 2}))
        .isNotEqualTo(Attributes.of(new byte[] {1, 3}))
        .isNotEqualTo(Attributes.NONE);
    assertThat(Attributes.of(new byte[0])).isSameAs(Attributes.NONE);
  }

  @Test
  void printsHexadecimal() {
    assertThat(Attributes.of(new byte[] {0, (byte) 0xab})).hasToString("0x00ab");
  }
}
