package io.daxflux.device;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The real system calls, with books kept of what is held, and one of them refused on demand. Calls
 * that give something back are never refused.
 */
class WatchedPosix extends Posix {
  static final int EIO = 5;

  /** Descriptors that are open, locks that are held, addresses that are mapped. */
  final Set<Object> held = new HashSet<>();

  /** The names of the calls made, in order. */
  final List<String> calls = new ArrayList<>();

  private int refusedCall = Integer.MAX_VALUE;
  private int refusedErrno = EIO;

  /** Refuses the call of this ordinal, from 0, for this reason. */
  WatchedPosix refusing(int ordinal, int errno) {
    refusedCall = ordinal;
    refusedErrno = errno;
    return this;
  }

  void call(String name) {
    calls.add(name);
    if (calls.size() - 1 == refusedCall) {
      throw new RefusedCall(name, refusedErrno, "refused by the test");
    }
  }

  @Override
  Optional<FileStatus> status(String path) {
    call("status of path");
    return super.status(path);
  }

  @Override
  FileStatus status(int descriptor) {
    call("status of descriptor");
    return super.status(descriptor);
  }

  @Override
  Volume volume(int descriptor) {
    call("volume");
    return super.volume(descriptor);
  }

  @Override
  int open(String path) {
    call("open");
    int descriptor = super.open(path);
    held.add("descriptor " + descriptor);
    return descriptor;
  }

  @Override
  int openReadOnly(String path) {
    call("open to read");
    int descriptor = super.openReadOnly(path);
    held.add("descriptor " + descriptor);
    return descriptor;
  }

  @Override
  int create(String path) {
    call("create");
    int descriptor = super.create(path);
    held.add("descriptor " + descriptor);
    return descriptor;
  }

  @Override
  void close(int descriptor) {
    super.close(descriptor);
    held.remove("descriptor " + descriptor);
  }

  @Override
  void syncFolder(String path) {
    call("sync of folder");
    super.syncFolder(path);
  }

  @Override
  void lock(int descriptor) {
    call("lock");
    super.lock(descriptor);
    held.add("lock " + descriptor);
  }

  @Override
  void lockShared(int descriptor) {
    call("shared lock");
    super.lockShared(descriptor);
    held.add("lock " + descriptor);
  }

  @Override
  void unlock(int descriptor) {
    super.unlock(descriptor);
    held.remove("lock " + descriptor);
  }

  @Override
  void truncate(int descriptor, long bytes) {
    call("truncate");
    super.truncate(descriptor, bytes);
  }

  @Override
  void allocate(int descriptor, long offset, long bytes) {
    call("allocate");
    super.allocate(descriptor, offset, bytes);
  }

  @Override
  MemorySegment map(Arena arena, int descriptor, long bytes) {
    call("map");
    MemorySegment memory = super.map(arena, descriptor, bytes);
    held.add(memory.address());
    return memory;
  }

  @Override
  MemorySegment mapReadOnly(Arena arena, int descriptor, long bytes) {
    call("map to read");
    MemorySegment memory = super.mapReadOnly(arena, descriptor, bytes);
    held.add(memory.address());
    return memory;
  }

  @Override
  Optional<MemorySegment> mapSynchronously(Arena arena, int descriptor, long bytes) {
    call("synchronous map");
    Optional<MemorySegment> memory = super.mapSynchronously(arena, descriptor, bytes);
    memory.ifPresent(mapped -> held.add(mapped.address()));
    return memory;
  }

  @Override
  MemorySegment mapMemory(Arena arena, long bytes) {
    call("map");
    MemorySegment memory = super.mapMemory(arena, bytes);
    held.add(memory.address());
    return memory;
  }

  @Override
  void unmap(long address, long bytes) {
    super.unmap(address, bytes);
    held.remove(address);
  }
}
