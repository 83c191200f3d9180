package io.daxflux.restore;

import java.util.List;

/**
 * What one worker copies as one job.
 *
 * @param spans maximal spans, in the order they are copied
 * @param parts the same bytes cut by chunk, in the same order: parts tile the spans. A fault is
 *     charged to the chunks whose parts it meets
 * @param bytes how many in all
 */
public record Region(List<Span> spans, List<Transfer> parts, long bytes) {}
