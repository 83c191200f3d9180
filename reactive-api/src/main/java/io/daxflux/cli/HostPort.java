package io.daxflux.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name or address, and a port: {@code 127.0.0.1:65432}, {@code [::1]:6380}. */
record HostPort(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]@\\s]+)):(\\d{1,5})");

  static HostPort parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      int port = Integer.parseInt(parts.group(3));
      if (port <= 65_535) {
        return new HostPort(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
      }
    }
    throw new IllegalArgumentException(
        "expected HOST:PORT such as 127.0.0.1:65432, found '" + text + "'");
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Reads an option's value. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException bad) {
        throw new TypeConversionException(bad.getMessage());
      }
    }
  }
}
