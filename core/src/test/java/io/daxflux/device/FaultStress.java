package io.daxflux.device;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Accesses a file's mapping until the code is compiled, truncates the file, and counts where the
 * errors arrive. Prints a line for each kind of access: its name, how many were caught by the
 * {@code try} around the access, how many behind it, and how many not at all.
 *
 * <p>Run in a virtual machine of its own, because what the compiler made of the code is the point.
 * Arguments: repetitions, bytes a copy.
 */
final class FaultStress {
  private static final long FILE_BYTES = 16 << 20;
  private static final long END_BYTES = 8 << 20;

  /** Well beyond what the compilers wait for. */
  private static final int WARM_UP = 40_000;

  private static MemorySegment device = MemorySegment.NULL;
  private static MemorySegment memory = MemorySegment.NULL;
  private static long bytes;
  private static long sink;

  private FaultStress() {}

  public static void main(String[] arguments) throws Exception {
    int repetitions = Integer.parseInt(arguments[0]);
    bytes = Long.parseLong(arguments[1]);
    Path path = Files.createTempFile(Path.of("/dev/shm"), "daxflux", "");
    DeviceOptions options = DeviceOptions.of(path.toString()).withBytes(FILE_BYTES);
    try (Device opened = Devices.open(options);
        PrivateMemory output = PrivateMemory.map(bytes);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      device = opened.memory();
      memory = output.memory();
      Map<String, Access> accesses = accesses();
      for (Access access : accesses.values()) {
        for (int turn = 0; turn < 20; turn++) {
          caughtAndEscaped(access, 0, WARM_UP / 20);
        }
      }
      file.setLength(END_BYTES);
      accesses.forEach(
          (name, access) -> {
            long[] counts = caughtAndEscaped(access, END_BYTES, repetitions);
            System.out.println(
                name
                    + " caught="
                    + counts[0]
                    + " escaped="
                    + counts[1]
                    + " lost="
                    + (repetitions - counts[0] - counts[1]));
          });
      System.out.println("what was read adds up to " + sink);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private static Map<String, Access> accesses() {
    Map<String, Access> accesses = new LinkedHashMap<>();
    accesses.put("unsettledCopy", FaultStress::unsettledCopy);
    accesses.put("unsettledGet", FaultStress::unsettledGet);
    accesses.put("copyOut", FaultStress::copyOut);
    accesses.put("copyIn", FaultStress::copyIn);
    accesses.put("copyToHeap", FaultStress::copyToHeap);
    accesses.put("sliced", FaultStress::sliced);
    accesses.put("fill", FaultStress::fill);
    accesses.put("get", FaultStress::get);
    accesses.put("getLong", FaultStress::getLong);
    accesses.put("set", FaultStress::set);
    return accesses;
  }

  private static long[] caughtAndEscaped(Access access, long offset, int repetitions) {
    long caught = 0;
    long escaped = 0;
    for (int i = 0; i < repetitions; i++) {
      try {
        if (access.faultsAt(offset)) {
          caught++;
        }
      } catch (InternalError late) {
        escaped++;
      }
    }
    return new long[] {caught, escaped};
  }

  private interface Access {
    boolean faultsAt(long offset);
  }

  private static boolean unsettledCopy(long offset) {
    try {
      MemorySegment.copy(device, offset, memory, 0, bytes);
      return false;
    } catch (InternalError fault) {
      return true;
    }
  }

  private static boolean unsettledGet(long offset) {
    try {
      sink += device.get(JAVA_BYTE, offset);
      return false;
    } catch (InternalError fault) {
      return true;
    }
  }

  private static boolean copyOut(long offset) {
    try {
      MemorySegment.copy(device, offset, memory, 0, bytes);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean copyIn(long offset) {
    try {
      MemorySegment.copy(memory, 0, device, offset, bytes);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean copyToHeap(long offset) {
    byte[] heap = new byte[256];
    try {
      MemorySegment.copy(device, JAVA_BYTE, offset, heap, 0, heap.length);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean sliced(long offset) {
    long step = Math.max(1, bytes / 4);
    try {
      for (long at = 0; at < bytes; at += step) {
        MemorySegment.copy(device, offset + at, memory, at, Math.min(step, bytes - at));
        Faults.settle();
      }
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean fill(long offset) {
    try {
      device.asSlice(offset, bytes).fill((byte) 1);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean get(long offset) {
    try {
      sink += device.get(JAVA_BYTE, offset);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean getLong(long offset) {
    try {
      sink += device.get(JAVA_LONG_UNALIGNED, offset);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }

  private static boolean set(long offset) {
    try {
      device.set(JAVA_BYTE, offset, (byte) 1);
      Faults.settle();
      return false;
    } catch (InternalError fault) {
      return Faults.isFault(fault);
    }
  }
}
