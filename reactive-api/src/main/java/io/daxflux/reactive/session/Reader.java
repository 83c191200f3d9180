package io.daxflux.reactive.session;

import io.daxflux.buffer.Output;
import io.daxflux.chunk.ChunkKey;
import io.daxflux.config.VerifyPolicy;
import io.daxflux.reactive.outcome.MissReason;
import io.daxflux.reactive.outcome.RestoredChunk;
import io.daxflux.store.ChunkStore;
import io.daxflux.store.Lease;

/**
 * The beginning and the end of every chunk that is read: what is verified, and where its lease and
 * its output go afterwards.
 */
final class Reader {
  private final StoreLoop loop;
  private final ChunkStore store;
  private final VerifyPolicy verify;

  Reader(StoreLoop loop) {
    this.loop = loop;
    this.store = loop.store();
    this.verify = loop.config().verify();
  }

  /** The reading of a leased chunk, which is verified if it has to be. Takes the lease over. */
  ChunkRead begin(int index, Lease lease) {
    boolean verified =
        lease.sums().areKnown()
            && switch (verify) {
              case ALWAYS -> true;
              case FIRST_READ -> !lease.isVerified();
              case NEVER -> false;
            };
    return new ChunkRead(index, lease, verified);
  }

  /** Why there is no lease for a key. */
  MissReason missReason(ChunkKey key) {
    return store.catalogue().hasExpired(key) ? MissReason.EXPIRED : MissReason.ABSENT;
  }

  /**
   * Ends a chunk's copying: gives its lease back, and puts its extent out of use if it is bad.
   *
   * @return whether its bytes are there
   */
  boolean end(ChunkRead read) {
    return end(read, true);
  }

  /**
   * Ends a chunk's copying.
   *
   * @param used whether that was on behalf of somebody who asked for it
   */
  boolean end(ChunkRead read, boolean used) {
    read.leaseReturned = true;
    if (read.arenaFaulted) {
      store.condemn(read.lease);
    } else if (read.corrupt) {
      store.corrupted(read.lease);
    } else {
      if (read.isWhole() && read.isChecked()) {
        store.verified(read.lease);
      }
      store.release(read.lease, used && read.isWhole());
    }
    return read.isWhole();
  }

  /** Gives back what a read that is not delivered still has. */
  void abandon(ChunkRead read, OutputOwner owner) {
    if (!read.leaseReturned) {
      end(read);
    }
    Output output = read.output;
    read.output = null;
    if (output != null) {
      loop.outputs().free(output, owner);
    }
  }

  /** Passes a finished read to whoever receives it. */
  RestoredChunk handOut(ChunkRead read, OutputOwner owner) {
    loop.counters().hit(read.lease.bytes());
    ChunkHandle handle = loop.handles().handedOut(new ChunkHandle(loop, read, owner));
    read.output = null;
    return new OutputView(handle);
  }
}
