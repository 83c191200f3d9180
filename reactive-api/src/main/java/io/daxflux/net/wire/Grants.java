package io.daxflux.net.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Which of the chunks that were announced are wanted, in their order, as runs. */
final class Grants {
  private static final int MOST_RUNS = 0xffff;

  private record Run(boolean wanted, int count) {}

  private final List<Run> runs = new ArrayList<>();

  static Grants ofAll(int count) {
    Grants grants = new Grants();
    grants.runs.add(new Run(true, count));
    return grants;
  }

  void add(boolean wanted) {
    if (!runs.isEmpty() && runs.getLast().wanted() == wanted) {
      runs.add(new Run(wanted, runs.removeLast().count() + 1));
    } else {
      runs.add(new Run(wanted, 1));
    }
  }

  /** As a body of at most {@link #MOST_RUNS} runs. */
  void write(ByteBuf to) {
    to.writeShort(runs.size());
    for (Run run : runs) {
      to.writeBoolean(run.wanted()).writeInt(run.count());
    }
  }

  void send(Wire wire, int call) {
    for (int from = 0; from < runs.size(); from += MOST_RUNS) {
      Grants some = new Grants();
      some.runs.addAll(runs.subList(from, Math.min(runs.size(), from + MOST_RUNS)));
      wire.send(FrameType.GRANT, call, some::write);
    }
  }
}
