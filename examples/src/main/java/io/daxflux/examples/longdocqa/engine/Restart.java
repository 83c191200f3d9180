package io.daxflux.examples.longdocqa.engine;

import io.daxflux.examples.LongDocQa;
import io.daxflux.examples.longdocqa.JsonFile;
import io.daxflux.examples.longdocqa.RunFailure;
import io.daxflux.examples.longdocqa.engine.Answered.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process opens what this one stored, and answers the same questions from it. */
final class Restart {
  private Restart() {}

  /**
   * What it found.
   *
   * @param openMs how long the store took to open, all that it holds found again
   * @param hitRate the share of chunks that could be imported and were
   */
  record Restarted(int prompts, double openMs, double hitRate, double ttftMedianMs) {}

  /** What the other process writes down. */
  record Told(List<Answer> answers, Restarted figures) {}

  /**
   * Starts it, and compares what it answers.
   *
   * @param arguments with which it finds the same chunks, in a device that is closed here
   */
  static Restarted run(List<String> arguments, Exactness exactness) throws IOException {
    Path told = Files.createTempFile("daxflux-restart-", ".json");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(LongDocQa.class.getName());
      command.addAll(arguments);
      command.addAll(List.of("--tell", told.toString()));
      Process process = new ProcessBuilder(command).inheritIO().start();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new RunFailure("restart: expected the other process to end with 0, found " + exit);
      }
      Told answers = JsonFile.read(told, Told.class);
      exactness.compare("restart", answers.answers());
      return answers.figures();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    } finally {
      Files.delete(told);
    }
  }

  /** The other process's part. */
  static void tell(Path file, List<Answered> answered, double openMs) throws IOException {
    SystemFigures figures = SystemFigures.of("restarted", List.of(new Lanes.Round(answered, 0)), 0);
    JsonFile.write(
        file,
        new Told(
            answered.stream().map(Answered::answer).toList(),
            new Restarted(answered.size(), openMs, figures.hitRate(), figures.ttftMedianMs())));
  }
}
