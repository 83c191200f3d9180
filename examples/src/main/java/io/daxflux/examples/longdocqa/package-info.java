/**
 * How {@link io.daxflux.examples.LongDocQa} works, in the order of reading: {@code Run} is the run
 * from top to bottom; {@code Documents} makes text into chunks with names, and {@code KvBytes}
 * their bytes; {@code StoreRound} puts them; {@code QueryRound} restores them along each {@code
 * RestorePath} and has the {@code Verifier} look at every byte; {@code Report} and {@code Table}
 * say what it took.
 */
@NullMarked
package io.daxflux.examples.longdocqa;

import org.jspecify.annotations.NullMarked;
