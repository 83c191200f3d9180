package io.daxflux.media;

/** A unit in which a record seems to begin that cannot be read as one. */
record BadUnit(long unit, DropReason reason) {}
