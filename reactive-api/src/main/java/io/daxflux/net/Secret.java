package io.daxflux.net;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A password or token that clients must know. Keeps a salted digest alone, shows nothing of itself,
 * and compares in a time that says nothing of how much was right. Immutable.
 */
public final class Secret {
  private static final int SALT_BYTES = 16;

  private final byte[] salt = new byte[SALT_BYTES];
  private final byte[] digest;

  private Secret(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("secret: expected at least one byte, found none");
    }
    new SecureRandom().nextBytes(salt);
    digest = digestOf(bytes);
  }

  /** The secret of this text's UTF-8 bytes. */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether these bytes are the secret's. */
  public boolean matches(byte[] offered) {
    return MessageDigest.isEqual(digest, digestOf(offered));
  }

  private byte[] digestOf(byte[] bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(bytes);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("expected SHA-256, which every JDK has", absent);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
