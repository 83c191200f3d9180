package io.daxflux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.DeviceException.Reason;
import io.daxflux.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A real device-dax character device, named by {@code daxflux.test.dax}, in the hands of several
 * processes; and what it takes to be one of them. Its node is this user's.
 */
@Tag("devdax")
@EnabledIfSystemProperty(
    named = "daxflux.test.dax",
    matches = "/.+",
    disabledReason = "no device-dax device to overwrite was named")
class RealDaxProcessesTest {
  /** Takes from root what would let it open any node: what is left is an ordinary user. */
  private static final List<String> ORDINARY_USER =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", "--");

  private final Path node = Path.of(System.getProperty("daxflux.test.dax", ""));
  private final DeviceOptions options = DeviceOptions.of(node.toString());

  @Test
  void ownerInAnotherProcessIsNamedAndItsDeathFreesTheDevice() throws Exception {
    User user = new User();
    try {
      assertThat(user.tries("owner, and stays")).isEqualTo("opened");

      assertThatThrownBy(() -> Devices.open(options))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
          .hasMessage(
              node + ": asked for sole ownership, found it owned by process " + user.process.pid());
      assertThatThrownBy(() -> Devices.openReadOnly(node.toString()))
          .hasMessageContaining("leave to read beside no owner")
          .hasMessageEndingWith("process " + user.process.pid());
    } finally {
      user.kill();
    }
    Devices.open(options).close();
  }

  @Test
  void nodeSaysWhoMayOwnAndWhoMayRead() throws Exception {
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(node);
    User user = new User();
    try {
      let("rw-------");
      assertThat(user.tries("owner")).isEqualTo("opened");
      let("r--------");
      assertThat(user.tries("reader")).isEqualTo("opened");
      assertThat(user.tries("owner"))
          .startsWith(
              "NOT_PERMITTED " + node + ": asked for read and write access, found errno 13");
      let("---------");
      assertThat(user.tries("reader"))
          .startsWith("NOT_PERMITTED " + node + ": asked for leave to read, found errno 13");
    } finally {
      user.kill();
      Files.setPosixFilePermissions(node, before);
    }
  }

  private void let(String rights) throws IOException {
    Files.setPosixFilePermissions(node, PosixFilePermissions.fromString(rights));
  }

  /** Another process, told what to open the device as. */
  private final class User {
    final Process process =
        ChildJvm.startBy(
            ORDINARY_USER,
            List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"),
            Opener.class,
            node.toString());

    private final BufferedReader said = process.inputReader();

    User() throws IOException {}

    String tries(String access) throws IOException {
      process.outputWriter().append(access).append('\n').flush();
      return said.readLine();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  /** Opens a device as it is told, line by line, and says how that went. */
  static final class Opener {
    public static void main(String[] arguments) throws IOException {
      var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      String order;
      while ((order = orders.readLine()) != null) {
        try (Device device =
            order.equals("reader")
                ? Devices.openReadOnly(arguments[0])
                : Devices.open(DeviceOptions.of(arguments[0]))) {
          System.out.println(device.bytes() > 0 ? "opened" : "empty");
          if (order.endsWith("stays")) {
            System.in.read();
          }
        } catch (DeviceException refused) {
          System.out.println(refused.reason() + " " + refused.getMessage());
        }
      }
    }
  }
}
