package io.daxflux.reactive;

/** Gives the exported package a type until the API is written. */
interface Placeholder {}
