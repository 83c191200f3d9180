package io.daxflux.reactive.session;

import io.daxflux.buffer.BufferPool;
import io.daxflux.config.DaxfluxConfig;
import io.daxflux.config.RestoreMode;
import io.daxflux.device.Device;
import io.daxflux.media.Media;
import io.daxflux.restore.RegionCopier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What a loop is put together from. Whoever made the parts owns them, and takes them apart after
 * the loop has said that it is quiet.
 *
 * @param config the configuration
 * @param device the arena
 * @param media its format, and what was found on it; null where chunks are gone with the process
 * @param outputs the output memory
 * @param restoreCopiers copies out of the arena, in either mode
 * @param putCopier copies into it
 * @param verifier reads it to verify it
 * @param copyEngine the name of what copies
 * @param copyWorkers where regions are copied; may block
 * @param committer where records are written; may block
 * @param delivery where subscribers are called
 * @param timers where time is kept
 * @param lendsCallers whether callers who wait copy and are told on their own threads
 * @param tracksOrigins whether handles remember where they were asked for
 */
public record StoreParts(
    DaxfluxConfig config,
    Device device,
    @Nullable Media media,
    BufferPool outputs,
    Function<RestoreMode, RegionCopier> restoreCopiers,
    RegionCopier putCopier,
    RegionCopier verifier,
    String copyEngine,
    Scheduler copyWorkers,
    Scheduler committer,
    Scheduler delivery,
    Timers timers,
    boolean lendsCallers,
    boolean tracksOrigins) {}
