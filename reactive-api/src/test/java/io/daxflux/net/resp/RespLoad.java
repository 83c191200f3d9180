package io.daxflux.net.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

/** A load of Redis's protocol, which has no word to cancel by. */
public final class RespLoad implements LoadedProtocol {
  private static final String MISS = "$-1\r\n";

  @Override
  public Mono<Server> bind(ReactiveChunkStore store, ServerOptions options) {
    return RespServer.bind(store, options, RespOptions.DEFAULTS);
  }

  @Override
  public LoadClient connect(InetSocketAddress address) {
    return new Client(new RespClient(address));
  }

  private record Client(RespClient resp) implements LoadClient {
    @Override
    public void put(Blob blob) {
      String reply = resp.askWith(blob.bytes(), "SET", blob.key());
      if (!reply.startsWith("-OOM ")) {
        assertThat(reply).isEqualTo("+OK\r\n");
      }
    }

    /** Three at a time by one command, others by as many. */
    @Override
    public void get(List<Blob> blobs) {
      if (blobs.size() == 3) {
        resp.send(mget(blobs));
        String header = "*3\r\n";
        String reply = resp.reply();
        assertThat(reply).startsWith(header);
        String rest = reply.substring(header.length());
        for (Blob blob : blobs) {
          rest = rest.substring(checked(rest, blob));
        }
        assertThat(rest).isEmpty();
      } else {
        blobs.forEach(blob -> resp.send(RespClient.request("GET", blob.key())));
        for (Blob blob : blobs) {
          String reply = resp.reply();
          assertThat(reply).hasSize(checked(reply, blob));
        }
      }
    }

    private static byte[] mget(List<Blob> blobs) {
      String[] words = new String[blobs.size() + 1];
      Arrays.setAll(words, i -> i == 0 ? "MGET" : blobs.get(i - 1).key());
      return RespClient.request(words);
    }

    /** How long the reply is that stands at the start, and is right. */
    private static int checked(String replies, Blob blob) {
      if (replies.startsWith(MISS)) {
        return MISS.length();
      }
      String hit = RespClient.bulk(new String(blob.bytes(), ISO_8859_1));
      assertThat(replies.startsWith(hit)).as("%s", blob).isTrue();
      return hit.length();
    }

    @Override
    public boolean abandonPut(Blob blob) {
      String whole =
          new String(
              RespClient.request("SET", blob.key(), new String(blob.bytes(), ISO_8859_1)),
              ISO_8859_1);
      resp.send(whole.substring(0, whole.length() / 2).getBytes(ISO_8859_1));
      return false;
    }

    @Override
    public boolean abandonGet(List<Blob> blobs) {
      blobs.forEach(blob -> resp.send(RespClient.request("GET", blob.key())));
      return false;
    }

    @Override
    public RawClient connection() {
      return resp;
    }
  }
}
