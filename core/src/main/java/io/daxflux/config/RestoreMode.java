package io.daxflux.config;

/** How bytes travel from the arena to the outputs. */
public enum RestoreMode {
  /** One copy, straight into the outputs. */
  DIRECT,
  /** Two copies, through the staging slab. */
  STAGED
}
