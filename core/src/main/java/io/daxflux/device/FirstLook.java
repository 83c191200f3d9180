package io.daxflux.device;

/**
 * Looks at a file or device before opening changes anything of it, and so decides whether it is the
 * right one: nothing is created for good, made longer or given storage before that.
 */
@FunctionalInterface
public interface FirstLook {
  /**
   * Looks.
   *
   * @param found all that is there, locked, and read-only until this returns; without a byte where
   *     the file is empty or new
   * @param bytes how many bytes would be mapped; a file that is shorter would be made so long
   * @return how many bytes are of use, from 1 to that many: so many of a file are given storage and
   *     mapped. Of a device no fewer are mapped for it
   * @throws RuntimeException to refuse it; everything is as it was then, and whoever opens gets the
   *     exception
   */
  long admit(Device found, long bytes);
}
