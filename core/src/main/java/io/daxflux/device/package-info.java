/**
 * Opens, sizes, maps, locks and flushes the memory that everything else works on: a device-dax
 * character device, a regular file, or anonymous memory. Every mapping has one owner, and the only
 * calls into native code are made here.
 */
@NullMarked
package io.daxflux.device;

import org.jspecify.annotations.NullMarked;
