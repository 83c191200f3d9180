package io.daxflux.perf.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.perf.ground.Ask;
import io.daxflux.perf.ground.ChunkSize;
import io.daxflux.perf.ground.Document;
import io.daxflux.perf.race.Contender;
import io.daxflux.perf.race.Pace;
import io.daxflux.perf.race.Race;
import io.daxflux.perf.race.Visit;
import io.daxflux.perf.race.Work;
import io.daxflux.perf.report.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoardTest {
  private static final int DOCUMENTS = 5;
  private static final int ROUNDS = 3;
  private static final Pace PACE = new Pace(Duration.ZERO, ROUNDS, ROUNDS, Duration.ZERO);

  @Test
  void everyRequestOfEveryTurnHasAFirstChunk() {
    List<Row> rows = rows("", Work.RESTORE);

    assertThat(rows).extracting(Row::work).containsExactly("restore", "first chunk");
    assertThat(rows.getLast().spread().count()).isEqualTo(ROUNDS * DOCUMENTS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Work.class,
      names = {"RESTORE", "STREAM"},
      mode = EnumSource.Mode.EXCLUDE)
  void nobodyWaitsForTheFirstChunkOfOtherWork(Work work) {
    assertThat(rows("", work)).extracting(Row::work).containsExactly(work.toString());
  }

  @Test
  void raceOfItsOwnNamesItsWork() {
    assertThat(rows(" by one worker", Work.RESTORE))
        .extracting(Row::work)
        .containsExactly("restore by one worker");
  }

  private static List<Row> rows(String suffix, Work work) {
    List<Ask> asks = Ask.forCallers(Document.several(DOCUMENTS, 1, ChunkSize.KIB_64), 1);
    Board board = new Board(suffix, ChunkSize.KIB_64, "contiguous", 1);
    board.run(new Race(List.of(new Ready(work)), asks, 1, PACE));
    return board.rows();
  }

  /** Has everything before it is asked. */
  private record Ready(Work work) implements Contender {
    @Override
    public String system() {
      return "ready";
    }

    @Override
    public int threads() {
      return 1;
    }

    @Override
    public Visit prepare(List<Ask> asks) {
      Arena arena = Arena.ofShared();
      return new Visit() {
        @Override
        public long serve(int ask) {
          return System.nanoTime();
        }

        @Override
        public List<MemorySegment> chunks(int ask) {
          return IntStream.range(0, asks.get(ask).chunks())
              .mapToObj(index -> bytes(asks.get(ask), index))
              .toList();
        }

        private MemorySegment bytes(Ask ask, int index) {
          MemorySegment bytes = arena.allocate(ask.payload(index).bytes());
          ask.payload(index).write(bytes);
          return bytes;
        }

        @Override
        public void close() {
          arena.close();
        }
      };
    }
  }
}
