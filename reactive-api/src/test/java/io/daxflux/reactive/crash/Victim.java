package io.daxflux.reactive.crash;

import io.daxflux.config.FormatPolicy;
import io.daxflux.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process with a {@link ChurningStore} that is to be killed, and what it has said. */
final class Victim {
  private static final int MOST_NOISE = 40;
  private static final String GONE = "gone";

  private final Process process;
  private final Thread listener;
  private final List<String> reports = new ArrayList<>();
  private final Deque<String> noise = new ArrayDeque<>();
  private final BlockingQueue<String> phases = new LinkedBlockingQueue<>();

  private Victim(Process process) {
    this.process = process;
    this.listener = Thread.ofPlatform().name("victim").daemon().start(this::listen);
  }

  /** Starts one; it opens nothing before it is told to. */
  static Victim start(long seed, boolean quickly) throws IOException {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx256m");
    flags.add("-XX:+UseSerialGC");
    flags.add("--enable-native-access=ALL-UNNAMED");
    if (quickly) {
      flags.add("-XX:TieredStopAtLevel=1");
    }
    return new Victim(ChildJvm.start(flags, ChurningStore.class, Long.toString(seed)));
  }

  /** Lets it open a store, and change it. */
  void open(long seed, Path file, long bytes, FormatPolicy format, long firstVersion)
      throws IOException {
    await(Report.READY);
    tell(String.join(" ", "" + seed, "" + file, "" + bytes, format.name(), "" + firstVersion));
  }

  /** Lets it close its store. */
  void close() throws IOException {
    tell("close");
  }

  private void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    process.getOutputStream().flush();
  }

  /** Waits until it says that it is so far. */
  void await(String phase) {
    try {
      String next;
      do {
        next = phases.poll(CrashStores.SOON.toSeconds(), TimeUnit.SECONDS);
        if (next == null || next.equals(GONE)) {
          throw new AssertionError(
              "expected " + phase + " of the other process, found:\n" + heard());
        }
      } while (!next.equals(phase));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Kills it, hears it to the end, and puts into the ledger what it said. */
  void kill(Ledger ledger) throws InterruptedException {
    // By its handle: the process itself would close the pipe, and what is in it would be lost.
    process.toHandle().destroyForcibly();
    int code = process.waitFor();
    listener.join();
    if (code != 128 + 9) {
      throw new AssertionError("the other process ended by itself, " + code + ":\n" + heard());
    }
    for (String line : reports) {
      String[] words = line.split(" ");
      ledger.read(words[0], List.of(words).subList(1, words.length).toArray(new String[0]));
    }
  }

  /** Kills it, whatever it has said. */
  void discard() {
    process.destroyForcibly();
  }

  private String heard() {
    synchronized (noise) {
      return String.join("\n", noise);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
      String line;
      while ((line = lines.readLine()) != null) {
        hear(line);
      }
    } catch (IOException closed) {
      // Killed without a hearing.
    }
    phases.add(GONE);
  }

  private void hear(String line) {
    if (line.startsWith(Report.BEGIN)) {
      if (line.endsWith(Report.END)) {
        String report = line.substring(1, line.length() - 2);
        reports.add(report);
        if (report.startsWith(Report.PHASE)) {
          phases.add(report.substring(Report.PHASE.length() + 1));
        }
      }
      return;
    }
    synchronized (noise) {
      noise.add(line);
      if (noise.size() > MOST_NOISE) {
        noise.removeFirst();
      }
    }
  }
}
