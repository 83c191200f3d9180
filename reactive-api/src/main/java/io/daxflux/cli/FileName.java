package io.daxflux.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's file: no name at all would be the working directory's. */
final class FileName implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("expected a file, found ''");
    }
    return Path.of(text);
  }
}
