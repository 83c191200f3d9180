/** One runnable idea a file; not meant to be depended on. */
module io.daxflux.examples {
  requires HdrHistogram;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires io.daxflux.reactive;
  requires jtokkit;
  requires me.tongfei.progressbar;
  requires org.slf4j;
  requires static org.jspecify;

  opens io.daxflux.examples to
      info.picocli;
}
