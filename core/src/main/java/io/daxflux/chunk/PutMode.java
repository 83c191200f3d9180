package io.daxflux.chunk;

/** What a put does when its key is there already, and when it is not. */
public enum PutMode {
  /** Keeps what is there: chunks are immutable, and a duplicate is an outcome. */
  KEEP_EXISTING,
  /** The last put wins: readers of the old chunk finish, new ones get the new one. */
  REPLACE,
  /** Replaces what is there, and stores nothing where there is none. */
  REPLACE_EXISTING
}
