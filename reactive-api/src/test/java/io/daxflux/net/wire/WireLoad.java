package io.daxflux.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkHead;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.chunk.ChunkLayout;
import io.daxflux.chunk.PutMode;
import io.daxflux.net.RawClient;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.load.Blob;
import io.daxflux.net.load.LoadClient;
import io.daxflux.net.load.LoadedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.PutOutcome;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** A load of the store's own protocol, in which requests are cancelled and others go on. */
public final class WireLoad implements LoadedProtocol {
  /** Where the first head stands in its frame: behind a bool and a count. */
  private static final int FIRST_HEAD = 5;

  private static final byte HIT = 1;

  private static final WireLimits LIMITS = new WireLimits(64, 0.25, Duration.ofHours(1));

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions options) {
    return WireServer.bind(store, options, LIMITS);
  }

  @Override
  public LoadClient connect(InetSocketAddress address) {
    WireClient wire = new WireClient(address);
    wire.greet();
    return new Client(wire);
  }

  private static final class Client implements LoadClient {
    private final WireClient wire;
    private int call;

    Client(WireClient wire) {
      this.wire = wire;
    }

    @Override
    public void put(Blob blob) {
      begin(blob, blob.length());
      wire.ask(FrameType.COMMIT, call, _ -> {});
      WireClient.Received next = answer();
      if (next.type() == FrameType.OPENED) {
        next = answer();
      }
      if (next.type() == FrameType.FAILED) {
        checkBusy(next);
      } else {
        assertThat(next.type()).isEqualTo(FrameType.DONE);
        assertThat(Outcomes.readPut(next.buffer(), ChunkKey.of(blob.key())))
            .isInstanceOfAny(PutOutcome.Stored.class, PutOutcome.NoSpace.class);
      }
      drain();
    }

    private void begin(Blob blob, int sentBytes) {
      ChunkHead head = ChunkHead.of(ChunkKey.of(blob.key()), ChunkLayout.blob(blob.length()));
      call++;
      wire.ask(FrameType.START_PUT, call, to -> Fields.writePut(to, head, PutMode.REPLACE));
      wire.ask(FrameType.DATA, call, to -> to.writeBytes(blob.bytes(sentBytes)));
    }

    private static void checkBusy(WireClient.Received failed) {
      RuntimeException failure = Failures.read(failed.buffer(), "there");
      if (!(failure instanceof BusyException)) {
        throw new AssertionError("expected a place or none", failure);
      }
    }

    @Override
    public void get(List<Blob> blobs) {
      for (Blob blob : blobs) {
        if (isHit(ask(blob))) {
          wire.grant(call, 1);
          assertThat(payload()).as("%s", blob).isEqualTo(blob.bytes());
        }
        drain();
      }
    }

    private byte[] payload() {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      WireClient.Received next = answer();
      while (next.type() == FrameType.DATA) {
        payload.writeBytes(next.body());
        next = answer();
      }
      assertThat(next.type()).isEqualTo(FrameType.DONE);
      return payload.toByteArray();
    }

    /** The next frame of the current request, except for those that say what was copied. */
    private WireClient.Received answer() {
      WireClient.Received next = wire.nextAnswer();
      while (next.call() != call) {
        next = wire.nextAnswer();
      }
      return next;
    }

    private WireClient.Received ask(Blob blob) {
      call++;
      wire.askFor(FrameType.LEND_ALL, call, blob.key());
      return answer();
    }

    private static boolean isHit(WireClient.Received heads) {
      if (heads.type() == FrameType.FAILED) {
        checkBusy(heads);
        return false;
      }
      assertThat(heads.type()).isEqualTo(FrameType.HEADS);
      return heads.body()[FIRST_HEAD] == HIT;
    }

    @Override
    public boolean abandonPut(Blob blob) {
      begin(blob, blob.length() / 2);
      wire.ask(FrameType.CANCEL, call, _ -> {});
      drain();
      return true;
    }

    @Override
    public boolean abandonGet(List<Blob> blobs) {
      for (Blob blob : blobs) {
        if (isHit(ask(blob)) && blob.number() % 2 == 0) {
          wire.grant(call, 1);
        }
        wire.ask(FrameType.CANCEL, call, _ -> {});
        drain();
      }
      return true;
    }

    /** Takes what was on its way. */
    private void drain() {
      wire.ask(FrameType.PING, 0, _ -> {});
      while (wire.next().type() != FrameType.PONG) {
        // Of a request that is over.
      }
    }

    @Override
    public RawClient connection() {
      return wire;
    }
  }
}
