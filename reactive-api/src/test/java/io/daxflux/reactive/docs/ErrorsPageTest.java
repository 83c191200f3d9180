package io.daxflux.reactive.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.chunk.ChunkKey;
import io.daxflux.device.DeviceException;
import io.daxflux.media.MediaException;
import io.daxflux.reactive.outcome.BusyException;
import io.daxflux.reactive.outcome.ClosedException;
import io.daxflux.reactive.outcome.OutputBudgetException;
import io.daxflux.reactive.outcome.RecordFaultException;
import io.daxflux.reactive.outcome.RemoteException;
import io.daxflux.reactive.outcome.RequestFailedException;
import io.daxflux.reactive.outcome.RequestTooLargeException;
import io.daxflux.reactive.outcome.StoreException;
import io.daxflux.reactive.outcome.StreamIdleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/errors.md} against the sealed types and enums that it explains. */
class ErrorsPageTest {
  private static final Page PAGE = Page.of("docs/errors.md");

  @ParameterizedTest
  @MethodSource("explainedTypes")
  void everyVariantHasARowAndEveryRowAVariant(Class<?> type) {
    List<String> documented =
        PAGE.table(headingOf(type)).stream().map(row -> row.getFirst().replace("`", "")).toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(variantsOf(type));
  }

  @ParameterizedTest
  @MethodSource("explainedTypes")
  void noCellOfARowIsForgotten(Class<?> type) {
    for (List<String> row : PAGE.table(headingOf(type))) {
      assertThat(row.getFirst()).as("%s", row).startsWith("`").endsWith("`");
      assertThat(row.get(1)).as("%s", row).isNotBlank();
      assertThat(row.getLast()).as("%s", row).endsWith(".");
    }
  }

  @Test
  void everyHeadingOfATypeIsThatOfATypeThereIs() {
    List<String> headingsOfTypes =
        PAGE.lines().stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring("### ".length()))
            .toList();

    assertThat(headingsOfTypes)
        .containsExactlyInAnyOrderElementsOf(
            explainedTypes().map(ErrorsPageTest::headingOf).toList());
  }

  @Test
  void everyErrorHasTheCategoryThatThePageSays() {
    assertThat(
            PAGE.table("StoreException").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            oneOfEachError()
                .collect(
                    Collectors.groupingBy(
                        error -> "`" + error.getClass().getSimpleName() + "`",
                        Collectors.mapping(
                            error -> error.category().name(), Collectors.joining(" or "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
  }

  /** In each category that it can have. */
  private static Stream<StoreException> oneOfEachError() {
    return Stream.of(
        new BusyException(1),
        new ClosedException(""),
        new RequestFailedException(new AssertionError()),
        new OutputBudgetException(1, 0, 0, 1),
        new OutputBudgetException(2, 0, 0, 1),
        new RequestTooLargeException(2, 1),
        RecordFaultException.ofRemoval(ChunkKey.of("k"), new AssertionError()),
        RemoteException.lost("", "", null),
        RemoteException.refused("", ""),
        StreamIdleException.noDemand(Duration.ZERO));
  }

  /**
   * Every sealed type and every enum of the package of outcomes, and why a device or what it holds
   * is refused.
   */
  static Stream<Class<?>> explainedTypes() {
    return Stream.concat(
        outcomeClasses()
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .filter(type -> type.isSealed() || type.isEnum()),
        Stream.of(DeviceException.Reason.class, MediaException.Reason.class));
  }

  private static Stream<Class<?>> outcomeClasses() {
    Class<?> any = StoreException.class;
    try {
      Path classes = Path.of(any.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path folder = classes.resolve(any.getPackageName().replace('.', '/'));
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
            .map(name -> any.getPackageName() + "." + name.replace(".class", ""))
            .<Class<?>>map(ErrorsPageTest::load)
            .toList()
            .stream();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** {@code Outer.Inner}, without the package. */
  private static String headingOf(Class<?> type) {
    return type.getCanonicalName().substring(type.getPackageName().length() + 1);
  }

  private static List<String> variantsOf(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()
        : Arrays.stream(type.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }
}
