package io.daxflux.perf.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.perf.floor.Floor;
import io.daxflux.perf.floor.JvmCopy;
import io.daxflux.perf.ground.Arrangement;
import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.ground.Ground;
import io.daxflux.perf.ground.ScratchFolder;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.HeldVisit;
import io.daxflux.perf.race.Pace;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.perf.report.Figures;
import io.daxflux.perf.report.Machine;
import io.daxflux.perf.report.Row;
import io.daxflux.perf.report.Tables;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody takes part at a small size; a race fails where one byte is wrong. */
class EveryContenderTest {
  private static final Pace SHORT = new Pace(Duration.ZERO, 1, 1, Duration.ZERO);
  private static final Effort SMALL = new Effort("small", 8L << 20, SHORT);

  @ParameterizedTest
  @EnumSource
  void restoresRightBytes(Arrangement arrangement) {
    List<Row> rows =
        new RestoreWork(SMALL, ChunkSize.KIB_64, arrangement, 2, 1, true, new Slabs()).run();

    assertThat(measured(rows, "restore"))
        .contains(
            "floor: JVM copy",
            "floor: glibc memcpy",
            "daxflux restoreAll",
            "daxflux restoreAll, staged",
            "daxflux restoreInto",
            "LMCache serial path",
            "LMCache #2904",
            "RocksDB (BlobDB)",
            "LMDB",
            "Chronicle Map");
    if ("true".equals(System.getenv("CI"))) { // elsewhere its cell says that it is not installed
      assertThat(measured(rows, "restore")).contains("Redis 7 (Lettuce, loopback)");
    }
    assertThat(measured(rows, "stream")).contains("daxflux restorePrefix");
    assertThat(measured(rows, "borrow")).contains("daxflux borrowPrefix");
    assertThat(rows)
        .filteredOn(row -> !row.isMeasured())
        .extracting(Row::note)
        .isSubsetOf("redis-server is not installed (apt install redis-server)");
  }

  @Test
  void eightCallersRestoreRightBytes() {
    List<Row> rows =
        new RestoreWork(SMALL, ChunkSize.MIB_1, Arrangement.CONTIGUOUS, 2, 8, true, new Slabs())
            .run();

    assertThat(measured(rows, "slowest caller")).contains("daxflux restoreAll", "LMDB");
    assertThat(rows).filteredOn(Row::isMeasured).allMatch(row -> row.callers() == 8);
  }

  @Test
  void restoresRightBytesFromMemory() {
    List<Row> rows = new MemoryWork(SMALL, ChunkSize.MIB_1, 2).run();

    assertThat(measured(rows, "restore from memory"))
        .contains("floor: JVM copy", "daxflux restoreAll", "daxflux restoreAll, auto");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restoresRightBytesIntoHugePages(boolean fromFile) {
    List<Row> rows = new PagesWork(SMALL, ChunkSize.MIB_1, 2, fromFile).run();

    String from = fromFile ? "a file" : "memory";
    assertThat(measured(rows, "restore from " + from + ", by pages"))
        .contains("floor: JVM copy", "daxflux, pages of 4 KiB", "daxflux, huge pages");
  }

  @Test
  void putsRightBytes() {
    List<Row> rows = new PutWork(SMALL, ChunkSize.KIB_256, 2, true).run();

    assertThat(measured(rows, "put"))
        .contains(
            "floor: JVM copy",
            "daxflux putAll",
            "daxflux putAll, checksum: false",
            "RocksDB (BlobDB)",
            "LMDB",
            "Chronicle Map");
  }

  @Test
  void servesRightBytes() {
    List<Row> rows = new ServeWork(SMALL, List.of(ChunkSize.KIB_64, ChunkSize.MIB_1)).run();

    assertThat(measured(rows, "served GET")).contains("daxflux RESP");
    assertThat(measured(rows, "served SET, server's CPU")).contains("daxflux RESP");
    if ("true".equals(System.getenv("CI"))) { // elsewhere its cell says that it is not installed
      assertThat(measured(rows, "served GET, p99")).contains("Redis 7");
    }
  }

  @Test
  void verifiesRightBytes() {
    List<Row> rows = new VerifyWork(SMALL, ChunkSize.MIB_1, 2).run();

    assertThat(measured(rows, "unverified restore")).contains("daxflux restoreAll, verify: never");
    assertThat(measured(rows, "verified restore"))
        .startsWith("daxflux restoreAll, verify: first-read", "daxflux restoreAll, verify: always");
  }

  @Test
  void shareIsTheMedianDividedByTheFloors() {
    List<Row> rows =
        new RestoreWork(SMALL, ChunkSize.KIB_256, Arrangement.CONTIGUOUS, 1, 1, false, new Slabs())
            .run();

    Row floor = rows.getFirst();
    Row ours = rows.stream().filter(row -> row.shareOfFloor() != null).findFirst().orElseThrow();
    assertThat(ours.floor()).isEqualTo(floor.system());
    assertThat(floor.rounds()).hasSize(1);
    assertThat(ours.shareOfFloor()).isEqualTo(ours.rounds().getFirst() / floor.rounds().getFirst());
  }

  @Test
  void publishedPageHasPlacesForAllTables() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Arrangement arrangement : Arrangement.values()) {
      rows.addAll(
          new RestoreWork(SMALL, ChunkSize.KIB_64, arrangement, 2, 1, false, new Slabs()).run());
    }
    rows.addAll(
        new RestoreWork(SMALL, ChunkSize.KIB_64, Arrangement.CONTIGUOUS, 1, 1, false, new Slabs())
            .run());
    rows.addAll(
        new RestoreWork(SMALL, ChunkSize.KIB_64, Arrangement.CONTIGUOUS, 2, 2, false, new Slabs())
            .run());
    rows.addAll(new PutWork(SMALL, ChunkSize.KIB_64, 1, false).run());
    rows.addAll(new VerifyWork(SMALL, ChunkSize.KIB_64, 1).run());
    rows.addAll(new ServeWork(SMALL, List.of(ChunkSize.KIB_64)).run());
    rows.addAll(new HitWork(500).run());
    rows.addAll(new GarbageWork(ChunkSize.KIB_64).run());
    rows.addAll(new MemoryWork(SMALL, ChunkSize.KIB_64, 1).run());
    Figures figures = new Figures("small", "2026-11-23", 1, Machine.local(), rows);

    String page = Tables.of(figures).fill(Files.readString(Path.of("../docs/performance.md")));

    assertThat(page).contains("| bare Disruptor hop and copy |", "| daxflux putAll, 1 thread |");
  }

  @Test
  void oneWrongByteFailsTheRace() {
    try (ScratchFolder folder = new ScratchFolder();
        Ground ground =
            new Ground(
                folder, Document.several(1, 3, ChunkSize.KIB_64), Arrangement.CONTIGUOUS, 1);
        Contender honest = new Floor(ground, new JvmCopy(), 1);
        Contender sloppy = new Sloppy(ground)) {
      List<Ask> asks = Ask.forCallers(ground.documents(), 1);

      assertThat(new Race(List.of(honest), asks, 1, SHORT).run()).hasSize(1);
      assertThatThrownBy(() -> new Race(List.of(honest, sloppy), asks, 1, SHORT).run())
          .hasStackTraceContaining(
              "sloppy: document 0, chunk 2: expected the bytes that were put, found another at"
                  + " 65535");
    }
  }

  private static List<String> measured(List<Row> rows, String work) {
    return rows.stream()
        .filter(row -> row.work().equals(work) && row.isMeasured())
        .map(Row::system)
        .toList();
  }

  /** Forgets the last byte. */
  private record Sloppy(Ground ground) implements Contender {
    @Override
    public String system() {
      return "sloppy";
    }

    @Override
    public Work work() {
      return Work.RESTORE;
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public Visit prepare(List<Ask> asks) {
      return new HeldVisit(ground, asks) {
        @Override
        public long serve(int ask) {
          List<MemorySegment> outputs = chunks(ask);
          for (int i = 0; i < outputs.size(); i++) {
            MemorySegment source = ground.sources(ask(ask)).get(i);
            long bytes = source.byteSize() - (i == 2 ? 1 : 0);
            MemorySegment.copy(source, 0, outputs.get(i), 0, bytes);
          }
          return System.nanoTime();
        }
      };
    }
  }
}
