/**
 * A server for LMCache's {@code lm://} connector: {@link io.daxflux.net.lm.LmServer}. {@code
 * docs/servers.md} has its bytes.
 */
@NullMarked
package io.daxflux.net.lm;

import org.jspecify.annotations.NullMarked;
