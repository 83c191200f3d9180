package io.daxflux.net.wire;

import io.daxflux.chunk.DType;
import io.daxflux.chunk.KvFormat;
import io.daxflux.chunk.PutMode;
import io.daxflux.device.Device;
import io.daxflux.net.serve.MalformedException;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.PrefixEnd;
import io.daxflux.reactive.outcome.PutOutcome;
import io.daxflux.reactive.outcome.StoreException.Category;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The numbers that stand for the constants of an enum. They are part of the protocol and never
 * change, however the enums do: new constants get new numbers at the end. None is 0.
 */
final class Codes<E extends Enum<E>> {
  static final Codes<DType> DTYPES =
      of(
          DType.class,
          DType.HALF,
          DType.BFLOAT16,
          DType.FLOAT,
          DType.DOUBLE,
          DType.UINT8,
          DType.INT8,
          DType.INT16,
          DType.INT32,
          DType.INT64,
          DType.BOOL,
          DType.FP8_E4M3FN,
          DType.FP8_E4M3FNUZ,
          DType.FP8_E5M2,
          DType.FP8_E5M2FNUZ);

  static final Codes<KvFormat> FORMATS =
      of(
          KvFormat.class,
          KvFormat.UNDEFINED,
          KvFormat.KV_2LTD,
          KvFormat.KV_T2D,
          KvFormat.KV_2TD,
          KvFormat.BINARY,
          KvFormat.BINARY_BUFFER,
          KvFormat.KV_MLA);

  static final Codes<PutMode> PUT_MODES =
      of(PutMode.class, PutMode.KEEP_EXISTING, PutMode.REPLACE, PutMode.REPLACE_EXISTING);

  static final Codes<MissReason> MISS_REASONS =
      of(
          MissReason.class,
          MissReason.ABSENT,
          MissReason.EXPIRED,
          MissReason.MEMORY_FAULT,
          MissReason.CORRUPT,
          MissReason.OUTPUT_FAULT,
          MissReason.OUTPUT_TOO_SMALL,
          MissReason.RETRIEVAL_OFF);

  static final Codes<PrefixEnd.Reason> PREFIX_ENDS =
      of(
          PrefixEnd.Reason.class,
          PrefixEnd.Reason.WHOLE,
          PrefixEnd.Reason.MISS,
          PrefixEnd.Reason.TOO_SHORT,
          PrefixEnd.Reason.OUTPUT_BUDGET);

  static final Codes<PutOutcome.Refused.Reason> REFUSALS =
      of(
          PutOutcome.Refused.Reason.class,
          PutOutcome.Refused.Reason.BUSY,
          PutOutcome.Refused.Reason.CLOSING);

  static final Codes<PutOutcome.Failed.Cause> PUT_FAILURES =
      of(
          PutOutcome.Failed.Cause.class,
          PutOutcome.Failed.Cause.ARENA_FAULT,
          PutOutcome.Failed.Cause.RECORD_FAULT,
          PutOutcome.Failed.Cause.PAYLOAD_FAULT,
          PutOutcome.Failed.Cause.INTERNAL);

  static final Codes<Category> CATEGORIES =
      of(
          Category.class,
          Category.RETRY,
          Category.ASK_LESS,
          Category.CHECK_DEVICE,
          Category.REOPEN,
          Category.REPORT);

  static final Codes<Device.Kind> DEVICE_KINDS =
      of(Device.Kind.class, Device.Kind.DEVDAX, Device.Kind.FILE, Device.Kind.MEMORY);

  static final Codes<Device.Durability> DURABILITIES =
      of(
          Device.Durability.class,
          Device.Durability.NONE,
          Device.Durability.PROCESS,
          Device.Durability.POWER);

  private final Class<E> type;
  private final Map<E, Integer> codes;
  private final Map<Integer, E> constants = new HashMap<>();

  private Codes(Class<E> type) {
    this.type = type;
    this.codes = new EnumMap<>(type);
  }

  /** Numbers these from 1. */
  @SafeVarargs
  private static <E extends Enum<E>> Codes<E> of(Class<E> type, E... constants) {
    Codes<E> table = new Codes<>(type);
    for (E constant : constants) {
      int code = table.codes.size() + 1;
      table.codes.put(constant, code);
      table.constants.put(code, constant);
    }
    return table;
  }

  void write(ByteBuf to, E constant) {
    to.writeByte(codes.get(constant));
  }

  E read(ByteBuf from) {
    int code = from.readUnsignedByte();
    E constant = constants.get(code);
    if (constant == null) {
      throw new MalformedException(
          type.getSimpleName() + ": expected a code that there is, found " + code);
    }
    return constant;
  }

  /** The constants, in the order of their numbers. */
  List<E> constants() {
    return IntStream.rangeClosed(1, codes.size()).mapToObj(constants::get).toList();
  }

  /** Whether every constant has a number. */
  boolean isWhole() {
    return codes.size() == type.getEnumConstants().length;
  }
}
