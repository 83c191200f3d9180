package io.daxflux.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.daxflux.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentSpaceBuilderTest {
  @Test
  void aRebuiltSpaceIsTheOneThatItWas() {
    Seeds.forEach(
        200,
        random -> {
          ExtentSpace<Integer> space = new ExtentSpace<>(1 + random.nextInt(200));
          List<Extent<Integer>> owned = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            if (owned.isEmpty() || random.nextInt(3) > 0) {
              Extent<Integer> extent = space.allocate(1 + random.nextInt(10), i);
              if (extent != null) {
                owned.add(extent);
              }
            } else {
              space.free(owned.remove(random.nextInt(owned.size())));
            }
          }

          ExtentSpaceBuilder<Integer> builder = new ExtentSpaceBuilder<>(space.blocks());
          List<Extent<Integer>> rebuiltOwned = new ArrayList<>();
          space.forEach(
              extent -> {
                if (!extent.isFree()) {
                  rebuiltOwned.add(
                      builder.add(extent.firstBlock(), extent.blocks(), extent.owner()));
                }
              });
          ExtentSpace<Integer> rebuilt = builder.build();
          assertThat(words(rebuilt)).isEqualTo(words(space));
          assertThat(rebuilt.freeBlocks()).isEqualTo(space.freeBlocks());
          assertThat(rebuilt.freeRuns()).isEqualTo(space.freeRuns());
          assertThat(rebuilt.largestRun()).isEqualTo(space.largestRun());

          rebuiltOwned.forEach(rebuilt::free);
          assertThat(words(rebuilt)).containsExactly("Extent[0+" + space.blocks() + ", free]");
          assertThat(rebuilt.allocate(space.blocks(), 1)).isNotNull();
        });
  }

  /** All extents in order, seen from both ends. */
  private static List<String> words(ExtentSpace<Integer> space) {
    List<String> words = new ArrayList<>();
    Extent<Integer> previous = null;
    for (Extent<Integer> e = space.first(); e != null; e = e.next()) {
      assertThat(e.previous()).isSameAs(previous);
      words.add(e.toString());
      previous = e;
    }
    return words;
  }

  @Test
  void aSpaceThatNobodyOwnsIsFree() {
    ExtentSpace<Integer> space = new ExtentSpaceBuilder<Integer>(7).build();
    assertThat(words(space)).containsExactly("Extent[0+7, free]");
  }

  @Test
  void anExtentThatDoesNotFitBehindTheLastIsRefused() {
    ExtentSpaceBuilder<Integer> builder = new ExtentSpaceBuilder<>(10);
    builder.add(2, 3, 1);
    assertRefused(builder, 4, 1, "found 1 from 4 on");
    assertRefused(builder, 0, 1, "found 1 from 0 on");
    assertRefused(builder, -1, 1, "found 1 from -1 on");
    assertRefused(builder, 5, 0, "found 0 from 5 on");
    assertRefused(builder, 5, 6, "found 6 from 5 on");
    assertRefused(builder, 10, 1, "found 1 from 10 on");
    assertRefused(builder, 5, Long.MAX_VALUE, "found 9223372036854775807 from 5 on");
    assertRefused(builder, Long.MAX_VALUE, 1, "found 1 from 9223372036854775807 on");
    builder.add(5, 5, 2);
    assertThat(words(builder.build()))
        .containsExactly("Extent[0+2, free]", "Extent[2+3, 1]", "Extent[5+5, 2]");
  }

  private static void assertRefused(
      ExtentSpaceBuilder<Integer> builder, long first, long blocks, String found) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(first, blocks, 9))
        .withMessageStartingWith("extent: expected at least 1 block from 5 on, before 10, ")
        .withMessageEndingWith(found);
  }
}
