package io.daxflux.examples.longdocqa;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.device.Device;
import io.daxflux.device.DeviceOptions;
import io.daxflux.device.Devices;
import io.daxflux.examples.Printed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a real device-dax, {@code daxflux.test.dax}, which is overwritten. */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
class RealDaxLongDocQaTest {
  @TempDir Path folder;

  private final String node = System.getProperty("daxflux.test.dax", "");

  @Test
  void everyByteIsVerifiedAndTheChunksAreFoundAgain() {
    try (Device device = Devices.open(DeviceOptions.of(node))) {
      device.memory().asSlice(0, 4 << 20).fill((byte) 0); // no store, and nothing else
    }
    Printed out = new Printed();
    Printed err = new Printed();

    int exitCode =
        new LongDocQaCommand(out.stream(), err.stream(), new Verifier())
            .execute(
                "--device",
                node,
                "--scale",
                "40",
                "--progress",
                "never",
                "--json-output",
                folder.resolve("figures.json").toString());

    assertThat(exitCode).as(err.text()).isZero();
    assertThat(out.text())
        .contains(node)
        .contains("Verified ")
        .contains("Closed and opened again: found 80 chunks")
        .contains("restored all 4 documents from them");
  }
}
