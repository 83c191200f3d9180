package io.daxflux.examples.longdocqa.engine;

import io.daxflux.config.DaxfluxConfig;
import io.daxflux.examples.engine.KvRoute;
import io.daxflux.examples.engine.PrefixRoute;
import io.daxflux.examples.longdocqa.Document;
import io.daxflux.examples.longdocqa.OpenStore;
import io.daxflux.examples.longdocqa.engine.Lanes.Lane;
import java.util.List;

/** All the ways to the chunks of one open store. */
final class Routes implements AutoCloseable {
  private final OpenStore open;
  private final Rivals rivals;
  private final Served served;

  Routes(OpenStore open, List<Document> documents, DaxfluxConfig config) {
    this.open = open;
    this.rivals = new Rivals(open, documents, config.restoreWorkers());
    this.served = new Served(open.store(), config);
  }

  KvRoute of(SystemKind kind, Lane lane) {
    return switch (kind) {
      case COLD -> KvRoute.NONE;
      case SERIAL -> rivals.serial(lane.outputs());
      case STAGED -> rivals.staged(lane.outputs());
      case DAXFLUX -> new PrefixRoute(open.store());
      case SERVED -> new PrefixRoute(served.remote());
    };
  }

  @Override
  public void close() {
    served.close();
    rivals.close();
  }
}
