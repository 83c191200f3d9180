package io.daxflux.perf.served;

import io.daxflux.perf.probe.FreshJvm;
import io.daxflux.perf.probe.RespProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** daxflux, which serves a store in anonymous memory; everything else is as it is by default. */
public final class RespHost implements Host {
  /** What tables call it. */
  public static final String NAME = "daxflux RESP";

  private final Process process;
  private final int port;

  /** Starts a store of so many bytes, and waits until it is served. */
  public RespHost(long storeBytes) {
    process =
        FreshJvm.start(List.of("-Xmx1g"), RespProbe.class, List.of(Long.toString(storeBytes)));
    port = awaitPort();
  }

  private int awaitPort() {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(RespProbe.LISTENING)) {
          return Integer.parseInt(line.substring(RespProbe.LISTENING.length()));
        }
        all.append(line).append('\n');
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    process.destroyForcibly();
    throw new IllegalStateException("expected a server that listens, found:\n" + all);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The server ends when nobody can speak to it any more. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
