/**
 * The store as a Redis server: {@link io.daxflux.net.resp.RespServer} binds it.
 *
 * <p>What a client sends becomes a request by the {@code RequestDecoder}, word by word; words that
 * are payload go to the store as they arrive. The {@code RespDialect} looks its command up and has
 * it carried out; commands of one kind share a class, and each is a row of {@code CommandTable}.
 */
@NullMarked
package io.daxflux.net.resp;

import org.jspecify.annotations.NullMarked;
