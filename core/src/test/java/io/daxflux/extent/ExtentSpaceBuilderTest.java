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
          ExtentSpace<Extent> space = ExtentSpace.of(1 + random.nextInt(200));
          List<Extent> owned = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            if (owned.isEmpty() || random.nextInt(3) > 0) {
              Extent extent = new Extent(1 + random.nextInt(10));
              if (space.allocate(extent) != null) {
                owned.add(extent);
              }
            } else {
              space.free(owned.remove(random.nextInt(owned.size())));
            }
          }

          ExtentSpaceBuilder<Extent> builder = ExtentSpaceBuilder.of(space.blocks());
          List<Extent> rebuiltOwned = new ArrayList<>();
          for (Tile<Extent> tile : Tile.of(space)) {
            if (!tile.isFree()) {
              Extent extent = new Extent(tile.blocks());
              builder.add(tile.firstBlock(), extent);
              rebuiltOwned.add(extent);
            }
          }
          ExtentSpace<Extent> rebuilt = builder.build();
          assertThat(words(rebuilt)).isEqualTo(words(space));
          assertThat(rebuilt.freeBlocks()).isEqualTo(space.freeBlocks());
          assertThat(rebuilt.freeRuns()).isEqualTo(space.freeRuns());
          assertThat(rebuilt.largestRun()).isEqualTo(space.largestRun());

          rebuiltOwned.forEach(rebuilt::free);
          assertThat(words(rebuilt)).containsExactly("free 0+" + space.blocks());
          assertThat(rebuilt.allocate(new Extent(space.blocks()))).isNotNull();
        });
  }

  /** What there is, in order. */
  private static List<String> words(ExtentSpace<Extent> space) {
    return Tile.of(space).stream()
        .map(tile -> (tile.isFree() ? "free " : "taken ") + tile.firstBlock() + "+" + tile.blocks())
        .toList();
  }

  @Test
  void aSpaceThatNobodyOwnsIsFree() {
    ExtentSpace<Extent> space = ExtentSpaceBuilder.of(7).build();
    assertThat(words(space)).containsExactly("free 0+7");
  }

  @Test
  void anExtentThatDoesNotFitBehindTheLastIsRefused() {
    ExtentSpaceBuilder<Extent> builder = ExtentSpaceBuilder.of(10);
    builder.add(2, new Extent(3));
    assertRefused(builder, 4, 1, "found 1 from 4 on");
    assertRefused(builder, 0, 1, "found 1 from 0 on");
    assertRefused(builder, -1, 1, "found 1 from -1 on");
    assertRefused(builder, 5, 0, "found 0 from 5 on");
    assertRefused(builder, 5, 6, "found 6 from 5 on");
    assertRefused(builder, 10, 1, "found 1 from 10 on");
    assertRefused(builder, 5, Long.MAX_VALUE, "found 9223372036854775807 from 5 on");
    assertRefused(builder, Long.MAX_VALUE, 1, "found 1 from 9223372036854775807 on");
    builder.add(5, new Extent(5));
    assertThat(words(builder.build())).containsExactly("free 0+2", "taken 2+3", "taken 5+5");
  }

  private static void assertRefused(
      ExtentSpaceBuilder<Extent> builder, long first, long blocks, String found) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(first, new Extent(blocks)))
        .withMessageStartingWith("extent: expected at least 1 block from 5 on, before 10, ")
        .withMessageEndingWith(found);
  }
}
