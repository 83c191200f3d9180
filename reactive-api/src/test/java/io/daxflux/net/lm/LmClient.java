package io.daxflux.net.lm;

import static io.daxflux.net.lm.LmBytes.reply;
import static io.daxflux.net.lm.LmBytes.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.net.RawClient;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/** What an LMCache connector does, and what it expects. */
public final class LmClient extends RawClient {
  public LmClient(InetSocketAddress address) {
    super(address);
  }

  public LmClient(InetSocketAddress address, Socket socket) {
    super(address, socket);
  }

  /** Puts opaque bytes. */
  public LmClient put(String key, byte[] bytes) {
    send(LmBytes.put(bytes.length, key), bytes);
    return this;
  }

  public boolean exists(String key) {
    send(request(LmBytes.EXIST, key));
    byte[] header = receive(LmBytes.OK.length);
    assertThat(header).isIn(LmBytes.OK, LmBytes.FAIL);
    return Arrays.equals(header, LmBytes.OK);
  }

  public LmClient askFor(String key) {
    send(request(LmBytes.GET, key));
    return this;
  }

  /** Reads the reply to a get that must be a hit, of opaque bytes. */
  public LmClient expect(byte[] bytes) {
    return expect(reply(200, bytes.length, 4, 6, bytes.length, 0, 0, 0), bytes);
  }

  /** Reads the reply to a get that must be a hit. Does not print megabytes. */
  public LmClient expect(byte[] header, byte[] bytes) {
    assertThat(receive(header.length)).isEqualTo(header);
    assertThat(Arrays.mismatch(receive(bytes.length), bytes)).as("first wrong byte").isEqualTo(-1);
    return this;
  }

  public LmClient expectMiss() {
    assertThat(receive(LmBytes.FAIL.length)).isEqualTo(LmBytes.FAIL);
    return this;
  }

  /** Waits until all that was sent before has been carried out. */
  public LmClient settle() {
    send(request(LmBytes.HEALTH, LmBytes.key("0")));
    assertThat(receive(LmBytes.OK.length)).isEqualTo(LmBytes.OK);
    return this;
  }

  /** Expects that the server closes, without another byte. */
  public void expectEnd() {
    assertThat(receiveRest()).isEmpty();
  }
}
