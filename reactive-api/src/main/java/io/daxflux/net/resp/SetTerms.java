package io.daxflux.net.resp;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.PutMode;

/**
 * What a SET demands behind its value.
 *
 * @param mode whether there must be something, or nothing
 * @param expiresAtMs when the value expires; {@link ChunkHead#NEVER} for never
 * @param keepsExpiry whether it expires as what it replaces
 * @param tellsPrevious whether it is answered with what was there
 */
record SetTerms(PutMode mode, long expiresAtMs, boolean keepsExpiry, boolean tellsPrevious) {
  private static final int FIRST_OPTION = 3;
  private static final String SET = "set";

  /** What the request says, at this time. */
  static SetTerms of(Request request, long nowMs) {
    return new Parser(request, nowMs).parse();
  }

  private static final class Parser {
    private final Request request;
    private final long nowMs;
    private PutMode mode = PutMode.REPLACE;
    private String unit = "";
    private int timeIndex;
    private boolean keeps;
    private boolean tells;

    Parser(Request request, long nowMs) {
      this.request = request;
      this.nowMs = nowMs;
    }

    SetTerms parse() {
      for (int i = FIRST_OPTION; request.has(i); i++) {
        String option = request.option(i);
        switch (option) {
          case "NX" -> mode = either(PutMode.KEEP_EXISTING);
          case "XX" -> mode = either(PutMode.REPLACE_EXISTING);
          case "GET" -> tells = true;
          case "KEEPTTL" -> {
            require(unit.isEmpty());
            keeps = true;
          }
          case "EX", "PX", "EXAT", "PXAT" -> {
            require(!keeps && (unit.isEmpty() || unit.equals(option)) && request.has(i + 1));
            unit = option;
            timeIndex = ++i;
          }
          default -> throw Errors.syntax();
        }
      }
      return new SetTerms(mode, expiresAtMs(), keeps, tells);
    }

    private PutMode either(PutMode wanted) {
      require(mode == PutMode.REPLACE || mode == wanted);
      return wanted;
    }

    private static void require(boolean condition) {
      if (!condition) {
        throw Errors.syntax();
      }
    }

    private long expiresAtMs() {
      if (unit.isEmpty()) {
        return ChunkHead.NEVER;
      }
      long value = request.integer(timeIndex);
      if (value <= 0) {
        throw Errors.expiry(SET);
      }
      long baseMs = unit.endsWith("AT") ? 0 : nowMs;
      return Expiry.storable(Expiry.at(value, unit.startsWith("E"), baseMs, SET));
    }
  }
}
