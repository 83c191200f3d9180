package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.Device.Durability;
import io.daxflux.device.NativeHelper.Loading;
import io.daxflux.device.NativeHelper.Loading.Loaded;
import io.daxflux.device.NativeHelper.Loading.Missing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of device promises of persisted bytes, and what it says is missing. */
class DurabilityTest {
  private static final long MIB = 1 << 20;
  private static final Loading NO_HELPER = new Missing("none was built for this test");

  @TempDir Path folder;

  @Test
  void persistentMemoryWithTheHelperSurvivesALossOfPower() throws Exception {
    SimulatedDax dax = SimulatedDax.in(folder, "" + MIB, "4096", MIB);

    try (Device device = dax.open(options(dax.node), new Loaded(NeededHelper.orSkip()))) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
      assertThat(device.durabilityNote()).isEmpty();
      device.persist(0, MIB);
      device.persist(MIB - 1, 1);
      device.persist(MIB, 0);
    }
  }

  @Test
  void persistentMemoryWithoutTheHelperSaysWhatItMayCost() throws Exception {
    SimulatedDax dax = SimulatedDax.in(folder, "" + MIB, "4096", MIB);

    try (Device device = dax.open(options(dax.node), NO_HELPER)) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
      assertThat(device.durabilityNote())
          .contains(
              "a killed process is survived; a power failure may cost the newest chunks, and only"
                  + " checksums tell what it left of them: no native helper (none was built for"
                  + " this test)");
      device.memory().set(JAVA_BYTE, 7, (byte) 9);
      device.persist(7, 1);
    }
    assertThat(Files.readAllBytes(dax.node)[7]).isEqualTo((byte) 9);
  }

  @Test
  void deviceThatIsNotKnownToBePersistentPromisesLess() throws Exception {
    assertForgets(SimulatedDax.volatileIn(folder, MIB));
  }

  @Test
  void memoryThatForgetsDoesSoOnTheBusOfPersistentMemoryToo() throws Exception {
    assertForgets(SimulatedDax.in(folder, "" + MIB, "4096", MIB).ofType("nd_volatile"));
  }

  @Test
  void memoryThatIsACacheOfTheHostsIsNotPersistent() throws Exception {
    assertForgets(SimulatedDax.in(folder, "" + MIB, "4096", MIB).ofProvider("virtio-pmem"));
  }

  private static void assertForgets(SimulatedDax dax) {
    try (Device device = dax.open(options(dax.node), NO_HELPER)) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
      assertThat(device.durabilityNote())
          .contains(
              "a killed process is survived, a power failure is not:"
                  + " the device is not known to be persistent memory");
      device.persist(0, MIB);
    }
  }

  @Test
  void anonymousMemorySurvivesNothing() {
    try (Device device = Devices.open(DeviceOptions.of(DeviceOptions.MEMORY).withBytes(4096))) {
      assertThat(device.durability()).isEqualTo(Durability.NONE);
      assertThat(device.durabilityNote())
          .contains("nothing survives the process: this is anonymous memory");
      device.persist(0, 4096);
    }
  }

  @Test
  void fileInMemorySurvivesTheProcess() {
    var posix =
        new WatchedPosix() {
          @Override
          Volume volume(int descriptor) {
            Volume real = super.volume(descriptor);
            return new Volume(0x01021994, real.bytes(), real.freeBytes());
          }
        };

    try (Device device = open(posix, newFile(), NO_HELPER)) {
      assertThat(device.durability()).isEqualTo(Durability.PROCESS);
      assertThat(device.durabilityNote())
          .contains(
              "a killed process is survived, a restart of the machine is not:"
                  + " the file lies in memory");
    }
    assertThat(posix.calls).doesNotContain("sync of folder", "synchronous map");
  }

  @Test
  void nameOfANewFileIsSyncedBeforeTheFileIsMapped() {
    WatchedPosix posix = new WatchedPosix();

    open(posix, newFile(), NO_HELPER).close();

    assertThat(posix.calls).containsSubsequence("allocate", "sync of folder", "map");
  }

  @Test
  void folderOfTheFileIsTheOneThatIsSynced() {
    List<String> synced = new ArrayList<>();
    var posix =
        new WatchedPosix() {
          @Override
          void syncFolder(String path) {
            super.syncFolder(path);
            synced.add(path);
          }
        };

    open(posix, newFile(), NO_HELPER).close();

    assertThat(synced).containsExactly(folder.toString());
  }

  @Test
  void folderOfAFileThatWasThereIsNotSynced() {
    open(new WatchedPosix(), newFile(), NO_HELPER).close();
    WatchedPosix posix = new WatchedPosix();

    open(posix, newFile(), NO_HELPER).close();

    assertThat(posix.calls).doesNotContain("sync of folder");
  }

  @Test
  void refusedSyncOfTheFolderIsTyped() {
    WatchedPosix posix =
        new WatchedPosix() {
          @Override
          void syncFolder(String path) {
            throw new RefusedCall("fsync", EIO, "Input/output error");
          }
        };

    assertThatThrownBy(() -> open(posix, newFile(), NO_HELPER))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "%s/arena: asked for its name to last in %s, found errno 5 (Input/output error)"
                .formatted(folder, folder));
    assertThat(folder).isEmptyDirectory();
    assertThat(posix.held).isEmpty();
  }

  @Test
  void ordinaryFileSystemFallsBackToItsPages() {
    int[] syncs = {0};
    var posix =
        new WatchedPosix() {
          @Override
          void sync(long address, long bytes) {
            syncs[0]++;
            super.sync(address, bytes);
          }
        };

    try (Device device = open(posix, newFile(), new Loaded(NeededHelper.orSkip()))) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
      assertThat(device.durabilityNote()).isEmpty();
      device.persist(0, 1);
    }
    assertThat(posix.calls).containsSubsequence("synchronous map", "map");
    assertThat(syncs[0]).isEqualTo(1);
    assertThat(posix.held).isEmpty();
  }

  @Test
  void fileThatIsMappedDirectlyNeedsNoSync() {
    NativeHelper helper = NeededHelper.orSkip();
    var posix =
        new WatchedPosix() {
          @Override
          Optional<MemorySegment> mapSynchronously(Arena arena, int descriptor, long bytes) {
            return Optional.of(map(arena, descriptor, bytes)); // as if it were offered
          }

          @Override
          void sync(long address, long bytes) {
            throw new AssertionError("synced");
          }
        };

    try (Device device = open(posix, newFile(), new Loaded(helper))) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
      device.persist(1, 2 * MIB - 2);
    }
    assertThat(posix.held).isEmpty();
  }

  @Test
  void withoutTheHelperAFileIsNotMappedDirectly() {
    WatchedPosix posix = new WatchedPosix();

    try (Device device = open(posix, newFile(), NO_HELPER)) {
      assertThat(device.durability()).isEqualTo(Durability.POWER);
    }
    assertThat(posix.calls).doesNotContain("synchronous map");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, MIB + 1})
  void bytesThatAreNotOnTheDeviceAreRefused(long bytes) throws Exception {
    try (Device device = dax()) {
      assertThatThrownBy(() -> device.persist(0, bytes))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> device.persist(bytes, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> device.persist(1, MIB))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void closedDeviceIsRefused() throws Exception {
    Device device = dax();
    device.close();

    assertThatThrownBy(() -> device.persist(0, MIB))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found it closed");
  }

  private Device dax() throws Exception {
    SimulatedDax dax = SimulatedDax.in(folder, "" + MIB, "4096", MIB);
    return dax.open(options(dax.node));
  }

  private DeviceOptions newFile() {
    return options(folder.resolve("arena")).withBytes(2 * MIB);
  }

  private static DeviceOptions options(Path path) {
    return DeviceOptions.of(path.toString());
  }

  private static Device open(Posix posix, DeviceOptions options, Loading helper) {
    return new Opening(options, posix, Path.of("/sys"), helper).open();
  }
}
