/**
 * What requests come back with: outcomes of puts and restores, handles that own memory or hold a
 * right, the store's status and events, and the errors that say what to do about them.
 */
@NullMarked
package io.daxflux.reactive.outcome;

import org.jspecify.annotations.NullMarked;
