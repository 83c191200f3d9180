package io.daxflux.net.load;

import io.daxflux.net.RawClient;
import java.util.List;

/**
 * A client that does what is right, and fails with an {@link AssertionError} where the server does
 * not. Blocks.
 */
public interface LoadClient {
  /** Stores a value; that there is no room for it just now is no fault. */
  void put(Blob blob);

  /** Asks for all of them at once, and takes each reply, a miss or the right bytes. */
  void get(List<Blob> blobs);

  /**
   * Begins to store a value, and gives it up.
   *
   * @return whether the connection can be used for more; otherwise it has to be closed
   */
  boolean abandonPut(Blob blob);

  /**
   * Asks for values, and does not take them.
   *
   * @return whether the connection can be used for more; otherwise it has to be closed
   */
  boolean abandonGet(List<Blob> blobs);

  /** What it speaks by. */
  RawClient connection();
}
