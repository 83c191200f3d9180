package io.daxflux.net;

import io.daxflux.reactive.ReactiveChunkStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A store whose requests a test sees, and may answer in its place. */
@FunctionalInterface
public interface FollowedStore {
  /** Told before the store is. Answers in its place; null to let it. */
  @Nullable Object asked(Method request, Object[] arguments);

  /** The store, as seen through this. */
  static ReactiveChunkStore of(ReactiveChunkStore store, FollowedStore follower) {
    return (ReactiveChunkStore)
        Proxy.newProxyInstance(
            FollowedStore.class.getClassLoader(),
            new Class<?>[] {ReactiveChunkStore.class},
            (_, request, arguments) -> {
              Object instead = follower.asked(request, arguments);
              try {
                return instead == null ? request.invoke(store, arguments) : instead;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
