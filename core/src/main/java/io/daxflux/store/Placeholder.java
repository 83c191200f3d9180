package io.daxflux.store;
class Placeholder {}
