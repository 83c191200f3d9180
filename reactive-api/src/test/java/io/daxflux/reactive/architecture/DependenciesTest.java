package io.daxflux.reactive.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.daxflux.device.Device;
import io.daxflux.reactive.ReactiveChunkStore;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What who embeds the store is given with it: the modules' POMs and descriptors. */
class DependenciesTest {
  @Test
  void corePomBringsAFacadeForLogsAndNothingElse() throws Exception {
    assertThat(compileDependencies("core")).containsExactlyInAnyOrder("slf4j-api", "jspecify");
  }

  @Test
  void reactivePomBringsCoreReactorDisruptorAndAYamlParser() throws Exception {
    assertThat(compileDependencies("reactive-api"))
        .containsExactlyInAnyOrder(
            "daxflux-core",
            "reactor-core",
            "disruptor",
            "slf4j-api",
            "jspecify",
            "jackson-dataformat-yaml");
  }

  @Test
  void whatOnlyServersAndTheCommandNeedIsOptional() throws Exception {
    assertThat(dependencies("reactive-api", true))
        .containsExactly("reactor-netty-core", "picocli", "logback-classic");
    assertThat(
            moduleOf(ReactiveChunkStore.class).requires().stream()
                .filter(requires -> requires.name().matches(".*(netty|picocli).*"))
                .map(Requires::modifiers))
        .isNotEmpty()
        .allMatch(modifiers -> modifiers.equals(Set.of(Requires.Modifier.STATIC)));
  }

  @Test
  void coreModuleRequiresNothingReactive() throws Exception {
    assertThat(moduleOf(Device.class).requires().stream().map(Requires::name))
        .containsExactlyInAnyOrder(
            "java.base", "java.management", "jdk.management", "org.slf4j", "org.jspecify");
  }

  @Test
  void ringSessionsTheGroundOfServersAndTheCommandAreNotExported() throws Exception {
    assertThat(moduleOf(ReactiveChunkStore.class).exports().stream().map(Exports::source))
        .containsExactlyInAnyOrder(
            "io.daxflux.net",
            "io.daxflux.net.lm",
            "io.daxflux.net.resp",
            "io.daxflux.net.wire",
            "io.daxflux.reactive",
            "io.daxflux.reactive.outcome");
  }

  @Test
  void coreExportsItsInsidesToNamedModulesOnly() throws Exception {
    assertThat(
            moduleOf(Device.class).exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(Exports::source))
        .containsExactlyInAnyOrder(
            "io.daxflux.checksum",
            "io.daxflux.chunk",
            "io.daxflux.config",
            "io.daxflux.device",
            "io.daxflux.media");
  }

  private static ModuleDescriptor moduleOf(Class<?> type) throws Exception {
    Path code = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ModuleFinder.of(code).findAll().iterator().next().descriptor();
  }

  private static List<String> compileDependencies(String module) throws Exception {
    return dependencies(module, false);
  }

  private static List<String> dependencies(String module, boolean optional) throws Exception {
    File pom = Path.of("..", module, "pom.xml").toFile();
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom)
            .getElementsByTagName("dependency");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element dependency = (Element) found.item(i);
      if (!text(dependency, "scope").equals("test")
          && text(dependency, "optional").equals("true") == optional) {
        names.add(text(dependency, "artifactId"));
      }
    }
    return names;
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
