package io.daxflux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daxflux.device.DeviceException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a path can be of no use, and what the user is told. */
class OpenErrorsTest {
  @TempDir Path folder;

  @Test
  void missingFileWithoutASize() {
    Path path = folder.resolve("absent");

    DeviceException error = failure(path, 0);

    assertThat(error.reason()).isEqualTo(Reason.MISSING);
    assertThat(error.device()).isEqualTo(path.toString());
    assertThat(error.asked()).isEqualTo("an existing file or device, as no size is given");
    assertThat(error.found()).isEqualTo("none");
    assertThat(error)
        .hasMessage(
            path + ": asked for an existing file or device, as no size is given, found none");
    assertThat(path).doesNotExist();
  }

  @Test
  void missingFolder() {
    DeviceException error = failure(folder.resolve("absent/arena"), 4096);

    assertThat(error.reason()).isEqualTo(Reason.MISSING);
    assertThat(error)
        .hasMessage(
            folder.resolve("absent/arena")
                + ": asked for a new file, found errno 2 (No such file or directory)");
  }

  @Test
  void missingDeviceDoesNotBecomeAFile() {
    for (String path : new String[] {"/dev/dax98.76", "/dev/../dev/daxxxx"}) {
      DeviceException error = failure(Path.of(path), 4096);

      assertThat(error.reason()).isEqualTo(Reason.MISSING);
      assertThat(error).hasMessage(path + ": asked for a device, found none");
      assertThat(Path.of(path)).doesNotExist();
    }
  }

  @Test
  void folder() {
    DeviceException error = failure(folder, 4096);

    assertThat(error.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(error)
        .hasMessage(
            folder
                + ": asked for a device-dax character device or a regular file,"
                + " found a directory");
  }

  @Test
  void characterDeviceThatIsNoDax() {
    DeviceException error = failure(Path.of("/dev/null"), 4096);

    assertThat(error.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(error.found()).isEqualTo("another character device (1:3)");
  }

  @Test
  void blockDevice() throws Exception {
    Posix posix = new Posix();
    Optional<Path> blockDevice;
    try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
      blockDevice =
          devices
              .filter(
                  path ->
                      posix
                          .status(path.toString())
                          .filter(status -> status.type() == FileStatus.Type.BLOCK_DEVICE)
                          .isPresent())
              .findFirst();
    }
    assumeTrue(blockDevice.isPresent(), "no block device here");

    DeviceException error = failure(blockDevice.get(), 4096);

    assertThat(error.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(error.found()).isEqualTo("a block device");
  }

  @Test
  void pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    DeviceException error = failure(pipe, 4096);

    assertThat(error.reason()).isEqualTo(Reason.WRONG_TYPE);
    assertThat(error.found()).isEqualTo("neither file nor device");
  }

  @Test
  void emptyFileWithoutASize() throws Exception {
    Path path = Files.createFile(folder.resolve("empty"));

    DeviceException error = failure(path, 0);

    assertThat(error.reason()).isEqualTo(Reason.EMPTY);
    assertThat(error)
        .hasMessage(path + ": asked for the whole file, as no size is given, found an empty one");
  }

  @Test
  void fileThatOnlyOthersMayWrite() throws Exception {
    assumeFalse(ProcessView.isRoot(), "root may open everything");
    Path path = Files.write(folder.resolve("others"), new byte[10]);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));

    DeviceException error = failure(path, 0);

    assertThat(error.reason()).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(error)
        .hasMessage(path + ": asked for read and write access, found errno 13 (Permission denied)");
  }

  @Test
  void folderThatOnlyOthersMayWrite() throws Exception {
    assumeFalse(ProcessView.isRoot(), "root may write everywhere");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

    DeviceException error = failure(closed.resolve("arena"), 4096);

    assertThat(error.reason()).isEqualTo(Reason.NOT_PERMITTED);
    assertThat(error.asked()).isEqualTo("a new file");
  }

  @Test
  void moreThanTheDiskHasFreeIsRefusedBeforeAnyIsTaken() throws Exception {
    long freeBytes = Files.getFileStore(folder).getUsableSpace();
    Path path = folder.resolve("huge");
    long askedBytes = freeBytes + (1L << 40);

    DeviceException error = failure(path, askedBytes);

    assertThat(error.reason()).isEqualTo(Reason.NO_SPACE);
    assertThat(error.getMessage())
        .matches(
            path
                + ": asked for a file of "
                + askedBytes
                + " bytes, found \\d+ bytes free beside \\d+ it has already");
    assertThat(path).doesNotExist();
  }

  @Test
  void diskThatFillsUpMeanwhileLeavesAnExistingFileAsItWas() throws Exception {
    Path path = Files.write(folder.resolve("arena"), new byte[] {1, 2, 3});
    DeviceOptions options = DeviceOptions.of(path.toString()).withBytes(1 << 20);
    WatchedPosix full =
        new WatchedPosix() {
          @Override
          void allocate(int descriptor, long offset, long bytes) {
            super.allocate(descriptor, offset, bytes / 2);
            throw new RefusedCall("allocate", RefusedCall.ENOSPC, "No space left on device");
          }
        };

    DeviceException error =
        catchThrowableOfType(
            DeviceException.class, () -> new Opening(options, full, Path.of("/sys")).open());

    assertThat(error.reason()).isEqualTo(Reason.NO_SPACE);
    assertThat(error)
        .hasMessage(
            path
                + ": asked for a file of 1048576 bytes,"
                + " found errno 28 (No space left on device)");
    assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 3);
  }

  @Test
  void longerThanAFileCanBe() {
    Path path = folder.resolve("endless");
    DeviceOptions options =
        DeviceOptions.of(path.toString()).withBytes(Long.MAX_VALUE).withSparse(true);

    DeviceException error =
        catchThrowableOfType(DeviceException.class, () -> Devices.open(options));

    assertThat(error.reason()).isIn(Reason.TOO_LARGE, Reason.NOT_MAPPABLE);
    assertThat(path).doesNotExist();
  }

  @Test
  void refusedCallIsTheCause() {
    DeviceException error = failure(folder.resolve("absent/arena"), 4096);

    assertThat(error)
        .cause()
        .hasMessage(
            "open of " + folder.resolve("absent/arena") + ": errno 2 (No such file or directory)");
  }

  private static DeviceException failure(Path path, long bytes) {
    DeviceOptions options = DeviceOptions.of(path.toString()).withBytes(bytes);
    return catchThrowableOfType(DeviceException.class, () -> Devices.open(options));
  }
}
