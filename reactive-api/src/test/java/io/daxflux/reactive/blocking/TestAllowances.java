package io.daxflux.reactive.blocking;

import io.daxflux.device.Device;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What BlockHound cannot know: which of our calls block although they neither park nor read a
 * stream, and where a non-blocking thread may wait all the same.
 */
public final class TestAllowances implements BlockHoundIntegration {
  /** What copies payload, whole regions at a time. */
  private static final List<String> COPYING =
      List.of(
          "io.daxflux.restore.DirectCopier",
          "io.daxflux.restore.StagedCopier",
          "io.daxflux.restore.Verifier");

  /** What calls the system: opens, maps, touches, locks, persists and unmaps memory. */
  private static final String SYSTEM = "io.daxflux.device.Posix";

  /** Calls of {@link #SYSTEM} that only look something up. */
  private static final List<String> HARMLESS = List.of("system", "linkSystem", "pageBytes", "text");

  @Override
  public void applyTo(BlockHound.Builder builder) {
    builder.blockingMethodCallback(BlockingCalls::caught);
    COPYING.forEach(copier -> mark(builder, copier, method -> method.getName().equals("copy")));
    mark(builder, SYSTEM, method -> !HARMLESS.contains(method.getName()));

    // The store's own thread sleeps here, and nowhere else: when there is nothing for it to do.
    builder.allowBlockingCallsInside("io.daxflux.reactive.ring.Combiner", "rest");
    // A delivery thread that has nothing to do, while others wake or end it.
    builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "getTask");
    // Netty's own allowances leave out where its allocator grows, once in a while and in no time.
    builder.allowBlockingCallsInside(
        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines");
    // The system's random bytes, which it has always more of: Lettuce begins TLS on its event loop.
    builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    // Tests that need a full ring let the store's thread stand still here.
    builder.allowBlockingCallsInside("io.daxflux.reactive.StalledThread", "stall");
  }

  private static void mark(BlockHound.Builder builder, String owner, Predicate<Method> which) {
    List<Method> methods = Arrays.stream(load(owner).getDeclaredMethods()).filter(which).toList();
    if (methods.isEmpty()) {
      throw new IllegalStateException(owner + ": expected methods to mark as blocking, found none");
    }
    for (Method method : methods) {
      if (!method.isSynthetic()) {
        String type =
            MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        builder.markAsBlocking(owner, method.getName(), type);
      }
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Device.class.getClassLoader());
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(name + " is gone: name what took its place", gone);
    }
  }
}
