package io.daxflux.perf.floor;

import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.Payloads;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Crew;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Payloads copied into a mapped file, which is touched, side by side; and nothing else done. */
public final class PutFloor implements Contender {
  private final Payloads payloads;
  private final SpanCopy copy;
  private final Crew crew;
  private final Device device;

  /**
   * A floor by this copy and so many threads, of which the caller's is one.
   *
   * @param bytes of all payloads
   */
  public PutFloor(ScratchFolder folder, Payloads payloads, long bytes, SpanCopy copy, int threads) {
    this.payloads = payloads;
    this.copy = copy;
    this.crew = new Crew(threads);
    String file = folder.resolve("floor-" + threads + copy.name().replace(' ', '-')).toString();
    this.device = Devices.open(DeviceOptions.of(file).withBytes(bytes));
    device.prefaulted().toCompletableFuture().join();
  }

  @Override
  public String system() {
    return "floor: " + copy.name();
  }

  @Override
  public Work work() {
    return Work.PUT;
  }

  @Override
  public int threads() {
    return crew.size();
  }

  @Override
  public Visit prepare(List<Ask> asks) {
    return new Turn(asks);
  }

  @Override
  public void close() {
    crew.close();
    device.close();
  }

  private final class Turn implements Visit {
    private final List<List<MemorySegment>> places = new ArrayList<>();
    private final List<List<List<Span>>> shares = new ArrayList<>();

    Turn(List<Ask> asks) {
      device.memory().fill((byte) 0);
      long at = 0;
      for (int ask = 0; ask < asks.size(); ask++) {
        List<MemorySegment> chunks = new ArrayList<>();
        for (MemorySegment payload : payloads.chunks(ask)) {
          chunks.add(device.memory().asSlice(at, payload.byteSize()));
          at += payload.byteSize();
        }
        places.add(chunks);
        shares.add(Span.shares(Span.joined(payloads.chunks(ask), chunks), crew.size()));
      }
      crew.alert(true);
    }

    @Override
    public long serve(int ask) {
      List<List<Span>> parts = shares.get(ask);
      crew.run(member -> parts.get(member).forEach(copy::copy));
      return System.nanoTime();
    }

    @Override
    public List<MemorySegment> chunks(int ask) {
      return places.get(ask);
    }

    @Override
    public void close() {
      crew.alert(false);
    }
  }
}
