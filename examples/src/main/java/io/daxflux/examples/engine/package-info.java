/**
 * An inference engine on top of the store: {@code KvEngine} and {@code EngineSession} are what an
 * engine has to offer, and {@code PromptServer} composes them with a store.
 */
@NullMarked
package io.daxflux.examples.engine;

import org.jspecify.annotations.NullMarked;
