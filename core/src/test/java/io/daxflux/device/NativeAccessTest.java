package io.daxflux.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.testkit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeAccessTest {
  @Test
  void missingFlagIsNamed() throws Exception {
    String output = ChildJvm.run(List.of("--illegal-native-access=deny"), MapOnePage.class);

    assertThat(output)
        .isEqualTo(
            "UNSUPPORTED device: asked for leave to call native code,"
                + " found it denied: start java with --enable-native-access=ALL-UNNAMED");
  }

  @Test
  void withTheFlagThereIsNothingToSay() throws Exception {
    String output =
        ChildJvm.run(
            List.of("--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED"),
            MapOnePage.class);

    assertThat(output).isEqualTo("mapped");
  }

  /** Maps memory and says what came of it. */
  static final class MapOnePage {
    public static void main(String[] arguments) {
      try (PrivateMemory memory = PrivateMemory.map(1)) {
        System.out.println(memory.bytes() > 0 ? "mapped" : "empty");
      } catch (DeviceException e) {
        System.out.println(e.reason() + " " + e.getMessage());
      }
    }
  }
}
