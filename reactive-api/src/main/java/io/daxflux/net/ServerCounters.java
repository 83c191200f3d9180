package io.daxflux.net;

/**
 * A server in numbers: who is connected, and totals since it was bound.
 *
 * @param connectionsOpen connections now
 * @param connections connections that were accepted
 * @param refused connections that were closed at once, for there were too many
 * @param requests requests that were understood
 * @param malformed connections that ended because of bytes that are no request
 * @param timeouts connections that ended because of a timeout
 * @param wrongSecrets secrets that clients named and that were not right
 * @param droppedPuts chunks that were sent to it and not stored: no space, too large, cut off
 * @param bytesIn bytes received, after decryption
 * @param bytesOut bytes sent, before encryption
 */
public record ServerCounters(
    int connectionsOpen,
    long connections,
    long refused,
    long requests,
    long malformed,
    long timeouts,
    long wrongSecrets,
    long droppedPuts,
    long bytesIn,
    long bytesOut) {}
