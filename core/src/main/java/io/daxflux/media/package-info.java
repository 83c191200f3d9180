/**
 * What lies on a device, byte by byte, and how it is read back: superblocks, chunk records and the
 * recovery scan. {@code docs/media-format.md} specifies it.
 *
 * <p>{@link io.daxflux.media.Media} opens a device: it formats it where that is asked for, or reads
 * back what is there as a {@link io.daxflux.media.Recovery}, and lends a {@link
 * io.daxflux.media.RecordWriter} to whoever commits chunks. {@link io.daxflux.media.MediaGeometry}
 * and {@link io.daxflux.media.RecordShape} say where things lie. {@link
 * io.daxflux.media.MediaInspection} and {@link io.daxflux.media.MediaCheck} look without writing.
 *
 * <p>All of it blocks, and belongs to threads that may.
 */
@NullMarked
package io.daxflux.media;

import org.jspecify.annotations.NullMarked;
