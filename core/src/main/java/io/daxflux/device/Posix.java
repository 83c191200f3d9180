package io.daxflux.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every call of the system that the product makes: the C library's wrappers of Linux's system
 * calls. A refused call throws {@link RefusedCall} with its arguments and the system's reason.
 *
 * <p>Addresses go in as numbers, so that a call does not hold the mapping open: who calls sees to
 * it that the mapping is there. Stateless apart from the handles; from any thread. Tests derive
 * from it to refuse calls.
 */
@SuppressWarnings("restricted") // makes segments of what it maps
class Posix {
  // The values below are those of asm-generic, which x86-64 and AArch64 share.

  /** Read, write, and not to be inherited by a child process: O_RDWR | O_CLOEXEC. */
  private static final int OPEN_OWNED = 0x2 | 0x80000;

  /** Create, or fail where it exists: O_CREAT | O_EXCL. */
  private static final int OPEN_NEW = 0x40 | 0x80;

  /** What cached prompts say concerns nobody but the user who stores them. */
  private static final int OWNER_ONLY = 0600;

  /** O_RDONLY | O_CLOEXEC. */
  private static final int OPEN_READING = 0x80000;

  /** LOCK_EX | LOCK_NB. */
  private static final int LOCK_OR_REFUSE = 2 | 4;

  /** LOCK_SH | LOCK_NB. */
  private static final int LOCK_SHARED_OR_REFUSE = 1 | 4;

  private static final int LOCK_UN = 8;

  /** PROT_READ. */
  private static final int READ = 1;

  /** PROT_READ | PROT_WRITE. */
  private static final int READ_WRITE = 1 | 2;

  private static final int MAP_SHARED = 1;

  /** MAP_SHARED_VALIDATE | MAP_SYNC. */
  private static final int MAP_SYNCHRONOUS = 0x3 | 0x80000;

  /** MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE: nothing is set aside before it is touched. */
  private static final int MAP_MEMORY = 0x2 | 0x20 | 0x4000;

  private static final int MS_SYNC = 4;

  /** From what is touched next on, in huge pages where they fit. */
  static final int MADV_HUGEPAGE = 14;

  /** Since Linux 5.14: fault pages in, for reading, as if each had been read. */
  static final int MADV_POPULATE_READ = 22;

  /**
   * Since Linux 5.14: fault pages in, for writing, as if each had been written; changes no byte.
   */
  static final int MADV_POPULATE_WRITE = 23;

  /** What a huge page takes on x86-64, and on AArch64 where a page is 4 KiB. */
  static final long HUGE_PAGE_BYTES = 2L << 20;

  private static final int AT_FDCWD = -100;
  private static final int MLOCK_ONFAULT = 1;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7ff;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout POINTER = ValueLayout.ADDRESS;

  private static volatile @Nullable Posix system;

  private final SystemCalls calls = new SystemCalls();
  private final MethodHandle getpagesize;
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle statx;
  private final MethodHandle fstatfs;
  private final MethodHandle unlink;
  private final MethodHandle fsync;
  private final MethodHandle flock;
  private final MethodHandle ftruncate;
  private final MethodHandle posixFallocate;
  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle msync;
  private final MethodHandle madvise;
  private final MethodHandle mlock2;

  /**
   * Looks every call up.
   *
   * @throws IllegalCallerException where this module may not call native code
   */
  Posix() {
    getpagesize = calls.plain("getpagesize", FunctionDescriptor.of(INT));
    posixFallocate = calls.plain("posix_fallocate", FunctionDescriptor.of(INT, INT, LONG, LONG));
    open =
        calls.withErrno(
            "open",
            FunctionDescriptor.of(INT, POINTER, INT, INT),
            Linker.Option.firstVariadicArg(2));
    close = calls.withErrno("close", FunctionDescriptor.of(INT, INT));
    statx = calls.withErrno("statx", FunctionDescriptor.of(INT, INT, POINTER, INT, INT, POINTER));
    fstatfs = calls.withErrno("fstatfs", FunctionDescriptor.of(INT, INT, POINTER));
    unlink = calls.withErrno("unlink", FunctionDescriptor.of(INT, POINTER));
    fsync = calls.withErrno("fsync", FunctionDescriptor.of(INT, INT));
    flock = calls.withErrno("flock", FunctionDescriptor.of(INT, INT, INT));
    ftruncate = calls.withErrno("ftruncate", FunctionDescriptor.of(INT, INT, LONG));
    mmap = calls.withErrno("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
    munmap = calls.withErrno("munmap", FunctionDescriptor.of(INT, LONG, LONG));
    msync = calls.withErrno("msync", FunctionDescriptor.of(INT, LONG, LONG, INT));
    madvise = calls.withErrno("madvise", FunctionDescriptor.of(INT, LONG, LONG, INT));
    mlock2 = calls.withErrno("mlock2", FunctionDescriptor.of(INT, LONG, LONG, INT));
  }

  /**
   * The calls of this system.
   *
   * @throws DeviceException {@code UNSUPPORTED} where they cannot be made
   */
  static Posix system() {
    Posix known = system;
    if (known == null) {
      known = linkSystem();
      system = known; // linking twice in a race does no harm
    }
    return known;
  }

  private static Posix linkSystem() {
    String os = System.getProperty("os.name");
    if (!"Linux".equals(os)) {
      throw new DeviceException(
          DeviceException.Reason.UNSUPPORTED, "device", "Linux's system calls", os);
    }
    try {
      return new Posix();
    } catch (IllegalCallerException denied) {
      String module =
          Posix.class.getModule().isNamed() ? Posix.class.getModule().getName() : "ALL-UNNAMED";
      DeviceException unsupported =
          new DeviceException(
              DeviceException.Reason.UNSUPPORTED,
              "device",
              "leave to call native code",
              "it denied: start java with --enable-native-access=" + module);
      unsupported.initCause(denied);
      throw unsupported;
    }
  }

  /** The bytes of a page. */
  int pageBytes() {
    return (int) SystemCalls.uncaptured(() -> (int) getpagesize.invokeExact());
  }

  /** What the path is, links followed; empty where there is nothing. */
  Optional<FileStatus> status(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return Optional.of(status(AT_FDCWD, arena.allocateFrom(path), 0, path));
    } catch (RefusedCall refused) {
      if (refused.errno() == RefusedCall.ENOENT) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** What the descriptor has open. */
  FileStatus status(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      return status(descriptor, arena.allocateFrom(""), AT_EMPTY_PATH, "descriptor " + descriptor);
    }
  }

  private FileStatus status(int descriptor, MemorySegment path, int flags, String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(FileStatus.STATX_BYTES, Long.BYTES);
      calls.checked(
          "statx of " + what,
          state ->
              (int) statx.invokeExact(state, descriptor, path, flags, STATX_BASIC_STATS, found));
      return FileStatus.ofStatx(found);
    }
  }

  /** The file system that holds what the descriptor has open. */
  Volume volume(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(Volume.STATFS_BYTES, Long.BYTES);
      calls.checked(
          "fstatfs of descriptor " + descriptor,
          state -> (int) fstatfs.invokeExact(state, descriptor, found));
      return Volume.ofStatfs(found);
    }
  }

  /** Opens what is there, to read and write it. */
  int open(String path) {
    return open(path, OPEN_OWNED);
  }

  /** Opens what is there, to read it. */
  int openReadOnly(String path) {
    return open(path, OPEN_READING);
  }

  /** Creates an empty file for this user alone, and opens it; refused where anything is there. */
  int create(String path) {
    return open(path, OPEN_OWNED | OPEN_NEW);
  }

  private int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      return (int)
          calls.checked(
              "open of " + path, state -> (int) open.invokeExact(state, name, flags, OWNER_ONLY));
    }
  }

  void close(int descriptor) {
    calls.checked(
        "close of descriptor " + descriptor, state -> (int) close.invokeExact(state, descriptor));
  }

  /** Removes the file's name. */
  void unlink(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path);
      calls.checked("unlink of " + path, state -> (int) unlink.invokeExact(state, name));
    }
  }

  /** Returns when the names in the folder, as they are, survive a loss of power. */
  void syncFolder(String path) {
    int descriptor = openReadOnly(path);
    try {
      calls.checked("fsync of " + path, state -> (int) fsync.invokeExact(state, descriptor));
    } finally {
      close(descriptor);
    }
  }

  /**
   * Takes the file's lock; refused at once, with {@code EAGAIN}, where another descriptor has it.
   *
   * <p>This is flock(2) and not fcntl(2): it guards within a process too, and closing some other
   * descriptor of the same file does not drop it.
   */
  void lock(int descriptor) {
    flock(descriptor, LOCK_OR_REFUSE);
  }

  /** Takes the file's lock beside others that do so; refused like {@link #lock}. */
  void lockShared(int descriptor) {
    flock(descriptor, LOCK_SHARED_OR_REFUSE);
  }

  /** Gives the lock back, even where a child process still has the descriptor. */
  void unlock(int descriptor) {
    flock(descriptor, LOCK_UN);
  }

  private void flock(int descriptor, int operation) {
    calls.checked(
        "flock of descriptor " + descriptor,
        state -> (int) flock.invokeExact(state, descriptor, operation));
  }

  /** Sets the file's length; what is new takes no storage and reads as zero. */
  void truncate(int descriptor, long bytes) {
    calls.checked(
        "ftruncate of descriptor " + descriptor + " to " + bytes + " bytes",
        state -> (int) ftruncate.invokeExact(state, descriptor, bytes));
  }

  /** Gives these bytes of the file storage; bytes that have some keep their contents. */
  void allocate(int descriptor, long offset, long bytes) {
    // This one returns its reason and leaves errno alone.
    int reason =
        (int)
            SystemCalls.uncaptured(
                () -> (int) posixFallocate.invokeExact(descriptor, offset, bytes));
    if (reason != 0) {
      throw new RefusedCall(
          "posix_fallocate of descriptor " + descriptor + " at " + offset + ", " + bytes + " bytes",
          reason,
          calls.text(reason));
    }
  }

  /** Maps the descriptor's first bytes; closing the arena unmaps them. */
  MemorySegment map(Arena arena, int descriptor, long bytes) {
    return map(arena, descriptor, bytes, READ_WRITE, MAP_SHARED);
  }

  /** Maps the descriptor's first bytes to be read; closing the arena unmaps them. */
  MemorySegment mapReadOnly(Arena arena, int descriptor, long bytes) {
    return map(arena, descriptor, bytes, READ, MAP_SHARED).asReadOnly();
  }

  /**
   * Maps the descriptor's first bytes such that whatever is stored there needs nothing more of the
   * system to be durable than to leave the processor's caches; closing the arena unmaps them.
   *
   * @return empty where the file system does not offer that
   */
  Optional<MemorySegment> mapSynchronously(Arena arena, int descriptor, long bytes) {
    try {
      return Optional.of(map(arena, descriptor, bytes, READ_WRITE, MAP_SYNCHRONOUS));
    } catch (RefusedCall refused) {
      if (refused.errno() == RefusedCall.EOPNOTSUPP || refused.errno() == RefusedCall.EINVAL) {
        return Optional.empty(); // EINVAL: a system that does not know of it
      }
      throw refused;
    }
  }

  /**
   * Maps fresh memory, which begins where a huge page can, if it could hold one; closing the arena
   * unmaps it.
   */
  MemorySegment mapMemory(Arena arena, long bytes) {
    if (bytes < HUGE_PAGE_BYTES) {
      return map(arena, -1, bytes, READ_WRITE, MAP_MEMORY);
    }
    long found = map(-1, bytes + HUGE_PAGE_BYTES, READ_WRITE, MAP_MEMORY);
    long start = Math.ceilDiv(found, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES;
    if (start > found) {
      unmap(found, start - found);
    }
    unmap(start + bytes, found + HUGE_PAGE_BYTES - start);
    return owned(arena, start, bytes);
  }

  private MemorySegment map(Arena arena, int descriptor, long bytes, int access, int flags) {
    return owned(arena, map(descriptor, bytes, access, flags), bytes);
  }

  private long map(int descriptor, long bytes, int access, int flags) {
    return calls.checked(
        "mmap of " + bytes + " bytes of descriptor " + descriptor,
        state -> (long) mmap.invokeExact(state, 0L, bytes, access, flags, descriptor, 0L));
  }

  private MemorySegment owned(Arena arena, long address, long bytes) {
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, arena, mapping -> unmap(mapping.address(), bytes));
  }

  /**
   * Takes a mapping away, or an end of one; of what an arena owns, only ever called by the arena.
   */
  void unmap(long address, long bytes) {
    calls.checked(
        "munmap of " + range(address, bytes),
        state -> (int) munmap.invokeExact(state, address, bytes));
  }

  /** Writes mapped pages back to their file, and waits for it. The address is a page's. */
  void sync(long address, long bytes) {
    calls.checked(
        "msync of " + range(address, bytes),
        state -> (int) msync.invokeExact(state, address, bytes, MS_SYNC));
  }

  /** Gives the system advice, one of this class's, about pages. The address is a page's. */
  void advise(long address, long bytes, int advice) {
    calls.checked(
        "madvise " + advice + " of " + range(address, bytes),
        state -> (int) madvise.invokeExact(state, address, bytes, advice));
  }

  /**
   * Keeps pages in memory from their first touch until they are unmapped. The address is a page's.
   */
  void lockPages(long address, long bytes) {
    calls.checked(
        "mlock2 of " + range(address, bytes),
        state -> (int) mlock2.invokeExact(state, address, bytes, MLOCK_ONFAULT));
  }

  private static String range(long address, long bytes) {
    return bytes + " bytes at 0x" + Long.toHexString(address);
  }
}
