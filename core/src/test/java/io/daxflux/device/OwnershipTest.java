package io.daxflux.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.DeviceException.Reason;
import io.daxflux.testkit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnershipTest {
  @TempDir Path folder;
  private Path path;
  private DeviceOptions options;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("arena");
    options = DeviceOptions.of(path.toString()).withBytes(1 << 16);
  }

  @Test
  void secondOwnerInTheSameProcessIsRefused() {
    try (Device owner = Devices.open(options)) {
      assertThatThrownBy(() -> Devices.open(options))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
          .hasMessage(
              path
                  + ": asked for sole ownership, found it owned by this process ("
                  + ProcessHandle.current().pid()
                  + ")");
      assertThat(owner.memory().scope().isAlive()).isTrue();
    }
  }

  @Test
  void secondPathToTheSameFileIsRefused() throws Exception {
    Path link = folder.resolve("link");
    Path hardLink = folder.resolve("hard-link");
    try (Device owner = Devices.open(options)) {
      Files.createSymbolicLink(link, path);
      Files.createLink(hardLink, path);
      for (Path other : List.of(link, hardLink)) {
        assertThatThrownBy(() -> Devices.open(DeviceOptions.of(other.toString())))
            .as(owner.name())
            .isInstanceOf(DeviceException.class)
            .hasMessageContaining("sole ownership");
      }
    }
  }

  @Test
  void refusedOwnerLeavesTheFileAsItIs() throws Exception {
    try (Device owner = Devices.open(options)) {
      assertThatThrownBy(() -> Devices.open(options.withBytes(1 << 20)))
          .isInstanceOf(DeviceException.class);

      assertThat(Files.size(path)).isEqualTo(owner.bytes());
    }
  }

  @Test
  void lockOutlivesOtherReadersOfTheFile() throws Exception {
    try (Device owner = Devices.open(options)) {
      FileChannel.open(path, StandardOpenOption.READ).close();

      assertThatThrownBy(() -> Devices.open(options))
          .as(owner.name())
          .isInstanceOf(DeviceException.class);
    }
  }

  @Test
  void closeLetsTheNextOwnerIn() {
    Devices.open(options).close();
    Devices.open(options).close();

    assertThat(ProcessView.descriptorsOn(path)).isZero();
    assertThat(ProcessView.mappingsOf(path)).isZero();
  }

  @Test
  void closeWhileNativeCodeWorksOnTheMemoryCanBeRepeated() throws Throwable {
    Device device = Devices.open(options);

    Throwable refusal = thrownDuringNativeSort(device.memory(), device::close);

    assertThat(refusal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("acquired by 1 clients");
    assertThat(device.memory().scope().isAlive()).isTrue();
    assertThatThrownBy(() -> Devices.open(options)).isInstanceOf(DeviceException.class);
    device.close();
    Devices.open(options).close();
  }

  @Test
  void ownerInAnotherProcessIsNamedAndItsDeathFreesTheDevice() throws Exception {
    Process owner =
        ChildJvm.start(List.of("--enable-native-access=ALL-UNNAMED"), Owner.class, path.toString());
    try (var output = owner.inputReader()) {
      assertThat(output.readLine()).isEqualTo("owned");
      assertThatThrownBy(() -> Devices.open(options))
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
          .hasMessage(
              path + ": asked for sole ownership, found it owned by process " + owner.pid());
    } finally {
      owner.destroyForcibly().waitFor();
    }
    try (Device device = Devices.open(options)) {
      assertThat(device.bytes()).isEqualTo(1 << 16);
    }
  }

  @Test
  void childProcessesDoNotInheritTheDevice() throws Exception {
    Device device = Devices.open(options);
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      device.close();
      Devices.open(options).close();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void fileThatIsReplacedWhileItIsOpenedIsOpenedAgain() throws Exception {
    Devices.open(options).close();
    WatchedPosix posix =
        new WatchedPosix() {
          private boolean replaced;

          @Override
          void lock(int descriptor) {
            if (!replaced) {
              replaced = true;
              replace();
            }
            super.lock(descriptor);
          }
        };

    try (Device device = new Opening(options, posix, Path.of("/sys")).open()) {
      assertThat(device.memory().get(JAVA_BYTE, 0)).isEqualTo((byte) 'n');
      assertThat(posix.held).hasSize(3); // descriptor, lock, mapping
    }
    assertThat(posix.held).isEmpty();
  }

  @Test
  void fileThatIsReplacedForEverIsGivenUp() throws Exception {
    Devices.open(options).close();
    WatchedPosix posix =
        new WatchedPosix() {
          @Override
          void lock(int descriptor) {
            replace();
            super.lock(descriptor);
          }
        };

    assertThatThrownBy(() -> new Opening(options, posix, Path.of("/sys")).open())
        .isInstanceOf(DeviceException.class)
        .hasMessage(path + ": asked for a file that stays, found one replaced again and again");
    assertThat(posix.held).isEmpty();
    assertThat(path).exists();
  }

  @Test
  void fileThatAnotherCreatesFirstIsTheOthers() throws Exception {
    // The other is quicker to lock the file that we create: it is the owner, and the file stays.
    WatchedPosix posix =
        new WatchedPosix() {
          @Override
          void lock(int descriptor) {
            Device other = Devices.open(options);
            try {
              super.lock(descriptor);
            } finally {
              other.close();
            }
          }
        };

    assertThatThrownBy(() -> new Opening(options, posix, Path.of("/sys")).open())
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    assertThat(posix.held).isEmpty();
    assertThat(Files.size(path)).isEqualTo(1 << 16);
  }

  /** Lets qsort(3) work on the memory, and runs the action when it calls back. */
  @SuppressWarnings("restricted") // a native call that holds the memory, at a time of our choosing
  private static Throwable thrownDuringNativeSort(MemorySegment memory, Runnable action)
      throws Throwable {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Comparator<MemorySegment> comparator =
        (_, _) -> {
          try {
            action.run();
          } catch (RuntimeException e) {
            thrown.set(e);
          }
          return 0;
        };
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle compare =
          MethodHandles.publicLookup()
              .findVirtual(
                  Comparator.class,
                  "compare",
                  MethodType.methodType(int.class, Object.class, Object.class))
              .bindTo(comparator)
              .asType(MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
      MemorySegment callback =
          linker.upcallStub(compare, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), arena);
      linker
          .downcallHandle(
              linker.defaultLookup().findOrThrow("qsort"),
              FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS))
          .invokeExact(memory, 2L, 4L, callback);
    }
    return thrown.get();
  }

  private void replace() {
    try {
      Path successor = Files.writeString(folder.resolve("successor"), "new");
      Files.move(successor, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Owns a device until it is killed. */
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      Device device = Devices.open(DeviceOptions.of(arguments[0]).withBytes(1 << 16));
      System.out.println("owned");
      System.in.read();
      device.close();
    }
  }
}
