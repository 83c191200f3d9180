package io.daxflux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.device.NativeHelper.Loading;
import io.daxflux.device.NativeHelper.Loading.Loaded;
import io.daxflux.device.NativeHelper.Loading.Missing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeHelperTest {
  private static final String PLATFORM = "linux-" + System.getProperty("os.arch");

  @TempDir Path folder;

  @Test
  void theInstructionIsTheBestOfThoseThatTheProcessorSaysItHas() throws IOException {
    NativeHelper helper = NeededHelper.orSkip();
    List<String> features =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .limit(1)
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .toList();

    String best =
        List.of("clwb", "clflushopt", "clflush", "dcpop").stream()
            .filter(features::contains)
            .findFirst()
            .orElse("none");
    assertThat(helper.instruction()).isEqualTo(best.equals("dcpop") ? "dc cvap" : best);
  }

  @Test
  void anyRangeIsTakenAndNoByteOfItChanges() {
    NativeHelper helper = NeededHelper.orSkip();
    try (PrivateMemory memory = PrivateMemory.map(4096)) {
      memory.memory().fill((byte) 5);
      for (int offset = 0; offset <= 130; offset++) {
        for (int bytes = 0; bytes <= 200; bytes++) {
          helper.persist(memory.memory().asSlice(offset, bytes));
        }
      }
      helper.persist(memory.memory().asSlice(memory.bytes() - 1));

      assertThat(memory.memory().mismatch(filled(memory.bytes(), 5))).isEqualTo(-1);
    }
  }

  @Test
  void closedMemoryIsRefused() {
    NativeHelper helper = NeededHelper.orSkip();
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(64);
    arena.close();

    assertThatThrownBy(() -> helper.persist(memory)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theLibraryIsGoneFromTheFolderOnceItIsLoaded() {
    NeededHelper.orSkip();

    Loading loading = NativeHelper.load(NativeHelper.class::getResourceAsStream, folder);

    assertThat(loading).isInstanceOf(Loaded.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nobodyElseCanWriteTheLibraryWhileItIsThere() {
    List<Set<PosixFilePermission>> seen = new ArrayList<>();
    InputStream watched =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
              seen.add(Files.getPosixFilePermissions(files.findFirst().orElseThrow()));
            }
            return -1;
          }
        };

    NativeHelper.load(name -> watched, folder);

    assertThat(seen)
        .isNotEmpty()
        .allSatisfy(
            rights ->
                assertThat(rights)
                    .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  @Test
  void aLibraryThatIsNotInTheJarIsMissing() {
    assertThat(NativeHelper.load(name -> null, folder))
        .isEqualTo(new Missing("none was built for " + PLATFORM));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void bytesThatAreNoLibraryAreNotLoaded() {
    assertThat(NativeHelper.load(name -> new ByteArrayInputStream(new byte[100]), folder))
        .isInstanceOfSatisfying(
            Missing.class,
            missing ->
                assertThat(missing.reason())
                    .startsWith("it cannot be loaded: ")
                    .contains(folder + "/daxflux-"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anotherLibraryIsNotUsed() throws IOException {
    Path other = Path.of(System.getProperty("java.home"), "lib", "libprefs.so");
    byte[] library = Files.readAllBytes(other);

    assertThat(NativeHelper.load(name -> new ByteArrayInputStream(library), folder))
        .isInstanceOfSatisfying(
            Missing.class,
            missing ->
                assertThat(missing.reason())
                    .startsWith("it cannot be loaded: ")
                    .contains("daxflux_write_back"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLibraryThatCannotBeReadIsMissing() {
    InputStream torn =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("torn");
          }
        };

    assertThat(NativeHelper.load(name -> torn, folder))
        .isEqualTo(new Missing("it cannot be unpacked: java.io.IOException: torn"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldOf() {
    Path none = folder.resolve("none");

    assertThat(NativeHelper.load(name -> new ByteArrayInputStream(new byte[1]), none))
        .isInstanceOfSatisfying(
            Missing.class,
            missing ->
                assertThat(missing.reason())
                    .startsWith("it cannot be unpacked: java.nio.file.NoSuchFileException"));
  }

  private static MemorySegment filled(long bytes, int value) {
    return MemorySegment.ofArray(new byte[(int) bytes]).fill((byte) value);
  }
}
