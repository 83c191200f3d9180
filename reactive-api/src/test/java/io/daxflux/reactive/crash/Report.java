package io.daxflux.reactive.crash;

import io.daxflux.chunk.ChunkKey;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a process that is going to be killed says, a line at a time. A line that has no end was cut
 * off by the kill; one that does not begin as these do is somebody else's.
 *
 * <p>Thread-safe.
 */
final class Report {
  static final String BEGIN = "@";
  static final String END = ".";

  static final String PHASE = "phase";
  static final String PUTTING = "putting";
  static final String STORED = "stored";
  static final String NOT_STORED = "not-stored";
  static final String REMOVING = "removing";
  static final String REMOVED = "removed";
  static final String EVENT = "event";
  static final String WRONG = "wrong";

  static final String READY = "ready";
  static final String OPENING = "opening";
  static final String OPENED = "opened";
  static final String CLOSING = "closing";
  static final String CLOSED = "closed";

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void phase(String phase) {
    say(PHASE, phase);
  }

  /** A put of this version is about to be asked for. */
  void putting(ChunkKey key, long version) {
    say(PUTTING, key + " " + version);
  }

  /** The outcome of the put of this key that was asked for last. */
  void put(ChunkKey key, boolean stored) {
    say(stored ? STORED : NOT_STORED, key.toString());
  }

  void removing(ChunkKey key) {
    say(REMOVING, key.toString());
  }

  void removed(ChunkKey key) {
    say(REMOVED, key.toString());
  }

  void event(String what, ChunkKey key) {
    say(EVENT, key + " " + what);
  }

  /** Something was served that should not have been. */
  void wrong(String what) {
    say(WRONG, what);
  }

  private void say(String kind, String text) {
    String line = BEGIN + kind + " " + text + " " + END + "\n";
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }
}
