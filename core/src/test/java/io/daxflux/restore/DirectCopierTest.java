package io.daxflux.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DirectCopierTest {
  @Nested
  class Restoring extends RegionCopierContract {
    @Override
    RegionCopier copier() {
      return DirectCopier.forRestores();
    }

    @Override
    boolean restores() {
      return true;
    }
  }

  @Nested
  class Putting extends RegionCopierContract {
    @Override
    RegionCopier copier() {
      return DirectCopier.forPuts();
    }

    @Override
    boolean restores() {
      return false;
    }

    @Test
    void lookingForTheFaultLeavesOtherChunksAlone() {
      try (Arena scratch = Arena.ofConfined();
          FaultyMemory source = new FaultyMemory(2 * FaultyMemory.PAGE_BYTES)) {
        MemorySegment arena = scratch.allocate(1000).fill((byte) 7);
        source.breakPageOf(0);
        Region region = Region.of(List.of(new Transfer(0, 300, 0, 0, 400)));

        CopyResult result =
            DirectCopier.forPuts().copy(region, arena, List.of(source.memory()), NEVER);

        assertThat(result).isEqualTo(new CopyResult(true, Set.of(0), Set.of()));
        byte[] bytes = arena.toArray(ValueLayout.JAVA_BYTE);
        assertThat(List.of(bytes[299], bytes[700])).containsOnly((byte) 7);
      }
    }
  }
}
