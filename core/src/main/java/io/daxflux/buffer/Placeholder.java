package io.daxflux.buffer;
class Placeholder {}
