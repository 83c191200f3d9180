package io.daxflux.cli;

import io.daxflux.config.ConfigException;
import java.util.Map;
import java.util.function.Supplier;

/** Has a fault named by the option that it came from, whatever the library calls that. */
final class OptionNames {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "mostConnections", "--max-connections",
          "mostBodyBytes", "--max-value",
          "idleTimeout", "--idle-timeout",
          "requestTimeout", "--request-timeout",
          "writeTimeout", "--write-timeout",
          "TLS certificates", "--tls-cert",
          "TLS key", "--tls-key",
          "TLS authorities", "--tls-ca",
          "TLS client authorities", "--tls-client-ca");

  private OptionNames() {}

  /** What is asked for; its faults are told by their options. */
  static <T> T of(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (ConfigException fault) {
      String option = OPTIONS.get(fault.key());
      throw option == null ? fault : new ConfigException(option, fault.expected(), fault.found());
    }
  }
}
