/**
 * The store without its reactive shell: chunks, devices, extents, buffers, region copies and the
 * single-writer state machine that ties them together. It starts no threads, except that a device
 * may be touched in the background, and takes no locks.
 */
@SuppressWarnings("module") // exports to modules that are compiled later
module io.daxflux.core {
  requires java.management;
  requires jdk.management; // the machine's memory, as a container sees it
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.daxflux.checksum;
  exports io.daxflux.chunk;
  exports io.daxflux.config;
  exports io.daxflux.device;
  exports io.daxflux.media;
  exports io.daxflux.extent to
      io.daxflux.reactive;
  exports io.daxflux.store to
      io.daxflux.reactive;
  exports io.daxflux.buffer to
      io.daxflux.reactive;
  exports io.daxflux.restore to
      io.daxflux.reactive;
}
