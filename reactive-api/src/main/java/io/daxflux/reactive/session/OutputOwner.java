package io.daxflux.reactive.session;

/** Who asked for output memory, and wants to know when it is back. */
interface OutputOwner {
  /** Nobody in particular. */
  OutputOwner NONE = footprintBytes -> {};

  /** Output memory of this footprint was freed; on the store's thread. */
  void outputFreed(long footprintBytes);
}
