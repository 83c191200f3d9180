package io.daxflux.net.wire;

import org.jspecify.annotations.Nullable;

/** What a frame says. The codes are part of the protocol and never change. */
enum FrameType {
  // Either side
  PING(0x01),
  PONG(0x02),
  DATA(0x03),

  // The client
  HELLO(0x10),
  GRANT(0x11),
  CANCEL(0x12),
  CONTAINS(0x20),
  REMOVE(0x21),
  REMOVE_ALL(0x22),
  CLEAR(0x23),
  DESCRIBE(0x24),
  SCAN(0x25),
  COUNT(0x26),
  EXPIRE(0x27),
  STATUS(0x28),
  EVENTS(0x29),
  PREFIX_LENGTH(0x2a),
  PIN_PREFIX(0x2b),
  RESTORE_PREFIX(0x30),
  LEND_PREFIX(0x31),
  LEND_ALL(0x32),
  START_PUT(0x40),
  COMMIT(0x41),
  EXCHANGE(0x42),
  COMMIT_ALL(0x43),
  REVISE(0x44),

  // The server
  WELCOME(0x80),
  DONE(0x81),
  FAILED(0x82),
  HEADS(0x83),
  KEYS(0x84),
  EVENT(0x85),
  OPENED(0x86),
  OUTCOME(0x87),
  TAKEN(0x88),
  BROKEN(0x89);

  private static final @Nullable FrameType[] BY_CODE = new FrameType[256];

  static {
    for (FrameType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The type of this code; null where there is none. */
  static @Nullable FrameType of(int code) {
    return BY_CODE[code & 0xff];
  }
}
