package io.daxflux.net.resp;

/** Who is told what a request says, in the order in which it says so. */
interface RequestTaker {
  /** Whether the client may send long requests. */
  boolean isAdmitted();

  /** A request of so many words, at least one. */
  void begin(int words);

  /**
   * A word of so many bytes follows. Whether it is to be {@linkplain #word brought}; otherwise the
   * taker has seen to it that its bytes go elsewhere.
   */
  boolean keeps(int index, int bytes);

  /** A word, which the taker now owns. */
  void word(int index, byte[] word);

  /** That was all of it. What was asked is not looked at again by whoever calls this. */
  void end();
}
