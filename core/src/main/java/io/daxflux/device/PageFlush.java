package io.daxflux.device;

import io.daxflux.device.Persistence.Flush;
import java.lang.foreign.MemorySegment;

/** Has the system write back pages: whole ones, addressed by their start. */
record PageFlush(Posix posix) implements Flush {
  @Override
  public void flush(MemorySegment stored) {
    long address = stored.address();
    long pageStart = address & -posix.pageBytes();
    posix.sync(pageStart, address + stored.byteSize() - pageStart);
  }
}
