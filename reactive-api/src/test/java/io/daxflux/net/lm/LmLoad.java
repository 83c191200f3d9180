package io.daxflux.net.lm;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.RawClient;
import io.daxflux.net.Server;
import io.daxflux.net.ServerOptions;
import io.daxflux.net.load.Blob;
import io.daxflux.net.load.LoadClient;
import io.daxflux.net.load.LoadedProtocol;
import io.daxflux.reactive.ReactiveChunkStore;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Mono;

/** A load of lm://, which has no word to cancel by. */
public final class LmLoad implements LoadedProtocol {
  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions options) {
    return LmServer.bind(store, options);
  }

  @Override
  public LoadClient connect(InetSocketAddress address) {
    return new Client(new LmClient(address));
  }

  private record Client(LmClient lm) implements LoadClient {
    @Override
    public void put(Blob blob) {
      lm.put(blob.key(), blob.bytes());
    }

    @Override
    public void get(List<Blob> blobs) {
      blobs.forEach(blob -> lm.askFor(blob.key()));
      blobs.forEach(this::take);
    }

    private void take(Blob blob) {
      byte[] header = lm.receive(LmBytes.FAIL.length);
      if (!Arrays.equals(header, LmBytes.FAIL)) {
        int length = blob.length();
        assertThat(header).isEqualTo(LmBytes.reply(200, length, 4, 6, length, 0, 0, 0));
        assertThat(lm.receive(length)).as("%s", blob).isEqualTo(blob.bytes());
      }
    }

    @Override
    public boolean abandonPut(Blob blob) {
      lm.send(LmBytes.put(blob.length(), blob.key()), blob.bytes(blob.length() / 2));
      return false;
    }

    @Override
    public boolean abandonGet(List<Blob> blobs) {
      blobs.forEach(blob -> lm.askFor(blob.key()));
      return false;
    }

    @Override
    public RawClient connection() {
      return lm;
    }
  }
}
