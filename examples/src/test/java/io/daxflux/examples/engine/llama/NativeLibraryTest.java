package io.daxflux.examples.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daxflux.examples.engine.EngineUnavailableException;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  @Test
  void theJarHasTheLibrariesOfBothProcessors() {
    for (String processor : new String[] {"amd64", "aarch64"}) {
      String resource = NativeLibrary.resource("Linux", processor);
      assertThat(ClassLoader.getSystemResource(resource)).as(resource).isNotNull();
    }
  }

  @Test
  void anotherPlatformIsOneLine() {
    assertThatThrownBy(() -> NativeLibrary.resource("Mac OS X", "aarch64"))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage("engine llama: expected Linux on x86_64 or aarch64, found Mac OS X on aarch64");
  }

  @Test
  void aMissingLibraryIsOneLineThatNamesItsPackage() {
    assertThatThrownBy(() -> NativeLibrary.expect("libnothere.so.1"))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessage(
            "engine llama: expected libnothere.so.1 installed (Debian: libgomp1), found none");
  }
}
