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
  requires jdk.management; // the machine's memory, as a container sees it

  opens io.daxflux.examples.longdocqa to
      com.fasterxml.jackson.databind,
      info.picocli;
  opens io.daxflux.examples.longdocqa.engine to
      com.fasterxml.jackson.databind,
      info.picocli;
}
