package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.testkit.ChildJvm;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "-Xint, 4096",
    "-XX:TieredStopAtLevel=1, 4096",
    "-XX:+TieredCompilation, 16",
    "-XX:+TieredCompilation, 4096",
    "-XX:-TieredCompilation, 4096"
  })
  void settledErrorsAreAllCaughtWhereTheyAreMet(String compiler, int copyBytes) throws Exception {
    requireAllCaught(3_000, List.of(compiler), copyBytes);
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:+SafepointALot",
        "-XX:+HandshakeALot"
      })
  void settledErrorsAreAllCaughtUnderEveryCollectorAndPoll(String flag) throws Exception {
    for (String compiler : List.of("-XX:+TieredCompilation", "-XX:-TieredCompilation")) {
      for (int copyBytes : new int[] {16, 4096, 65536}) {
        List<String> flags =
            List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:GuaranteedSafepointInterval=1",
                flag,
                compiler);
        requireAllCaught(50_000, flags, copyBytes);
      }
    }
  }

  /** Shows that the test above can fail, and what settling is for. */
  @Test
  void unsettledErrorsEscapeFromCompiledCode() throws Exception {
    assertThat(stress(3_000, List.of("-XX:-TieredCompilation"), 4096))
        .filteredOn(line -> line.startsWith("unsettled"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("escaped=0 "));
  }

  @Test
  void deviceGoesOnWhereItsFileIsStillThere() throws Exception {
    Path path = folder.resolve("arena");
    try (Device device = Devices.open(DeviceOptions.of(path.toString()).withBytes(1 << 20));
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      device.memory().fill((byte) 4);
      file.setLength(1 << 19);
      MemorySegment output = MemorySegment.ofArray(new byte[1 << 20]);

      assertThatThrownBy(
              () -> {
                MemorySegment.copy(device.memory(), 0, output, 0, 1 << 20);
                Faults.settle();
              })
          .isInstanceOfSatisfying(
              InternalError.class, error -> assertThat(Faults.isFault(error)).isTrue());
      assertThatCode(Faults::settle).doesNotThrowAnyException();
      assertThat(device.memory().get(JAVA_BYTE, (1 << 19) - 1)).isEqualTo((byte) 4);
      device.persist(0, 1 << 19);
    }
    assertThat(Files.size(path)).isEqualTo(1 << 19);
  }

  @Test
  void otherInternalErrorsAreNoFaults() {
    assertThat(Faults.isFault(new InternalError())).isFalse();
    assertThat(Faults.isFault(new InternalError("a method handle went astray"))).isFalse();
  }

  private static void requireAllCaught(int repetitions, List<String> flags, int copyBytes)
      throws Exception {
    assertThat(stress(repetitions, flags, copyBytes))
        .filteredOn(line -> !line.startsWith("unsettled"))
        .hasSize(8)
        .allSatisfy(
            line -> assertThat(line).endsWith(" caught=" + repetitions + " escaped=0 lost=0"));
  }

  private static List<String> stress(int repetitions, List<String> flags, int copyBytes)
      throws Exception {
    List<String> batched = new ArrayList<>(flags);
    batched.add("--enable-native-access=ALL-UNNAMED");
    batched.add("-Xbatch"); // hot code is compiled before it goes on
    String output = ChildJvm.run(batched, FaultStress.class, "" + repetitions, "" + copyBytes);
    List<String> lines = output.lines().filter(line -> line.contains("caught=")).toList();
    assertThat(lines).as(output).hasSize(10);
    return lines;
  }
}
