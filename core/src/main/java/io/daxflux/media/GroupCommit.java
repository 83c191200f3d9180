package io.daxflux.media;

import io.daxflux.device.Device;
import io.daxflux.device.DeviceException;
import io.daxflux.device.Faults;
import io.daxflux.media.MediaOperation.Expire;
import io.daxflux.media.MediaOperation.Invalidate;
import io.daxflux.media.MediaOperation.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out changes of records in their order, several under one wait for the device.
 *
 * <p>Whatever is done when this returns is so after a crash, too. In between, and where a loss of
 * power is to be survived, the order is kept by waiting for the device: payloads are there before
 * their records, and what stands in an operation's way was done before. Writes have no order among
 * themselves and are waited for together, and so have changes of a word; except that two records of
 * one key are never changed together, for the older might then outlive the newer.
 *
 * <p>Used by one thread at a time, which may block.
 */
public final class GroupCommit {
  private final Device device;
  private final MediaGeometry geometry;
  private final RecordWriter writer;
  private final boolean power;

  /**
   * @param power whether a loss of power is to be survived, or only that of the process
   */
  public GroupCommit(Device device, MediaGeometry geometry, RecordWriter writer, boolean power) {
    this.device = device;
    this.geometry = geometry;
    this.writer = writer;
    this.power = power;
  }

  /**
   * Carries the operations out.
   *
   * @return for each operation, why it failed, or null where it is done. Of a record that could not
   *     be written nothing is known: it is to be invalidated
   */
  public @Nullable Throwable[] run(List<MediaOperation> operations) {
    Throwable[] failures = new Throwable[operations.size()];
    int first = 0;
    while (first < operations.size()) {
      int end = runEnd(operations, first);
      if (power) {
        persistPayloads(operations, first, end, failures);
      }
      for (int i = first; i < end; i++) {
        int at = i;
        attempt(failures, i, () -> carryOut(operations.get(at)));
      }
      if (power) {
        for (int i = first; i < end; i++) {
          int at = i;
          attempt(failures, i, () -> persistRecord(operations.get(at)));
        }
      }
      first = end;
    }
    return failures;
  }

  /** Where the operations end that may be waited for together with the first. */
  private int runEnd(List<MediaOperation> operations, int first) {
    boolean writes = operations.get(first) instanceof Write;
    Set<Object> keys = new HashSet<>();
    int end = first;
    while (end < operations.size()
        && operations.get(end) instanceof Write == writes
        && keys.add(operations.get(end).key())) {
      end++;
    }
    return end;
  }

  private void persistPayloads(
      List<MediaOperation> operations, int first, int end, @Nullable Throwable[] failures) {
    for (int i = first; i < end; i++) {
      if (operations.get(i) instanceof Write write) {
        long bytes = write.record().layout().bytes();
        attempt(failures, i, () -> device.persist(write.payloadOffset(), bytes));
      }
    }
  }

  private void carryOut(MediaOperation operation) {
    switch (operation) {
      case Write(long unit, ChunkRecord record, long _) -> writer.write(unit, record);
      case Expire(_, long unit, long expiresAtMs) -> writer.noteExpiry(unit, expiresAtMs);
      case Invalidate(_, long unit) -> writer.invalidate(unit);
    }
  }

  private void persistRecord(MediaOperation operation) {
    long offset = geometry.unitOffset(operation.unit());
    switch (operation) {
      case Write(long _, ChunkRecord record, long _) -> device.persist(offset, bytesOf(record));
      case Expire _ -> device.persist(offset + RecordFormat.EXPIRY, Long.BYTES);
      case Invalidate _ -> device.persist(offset, Long.BYTES);
    }
  }

  private static long bytesOf(ChunkRecord record) {
    return (long) record.shape().units() * MediaGeometry.UNIT_BYTES;
  }

  /** Does a step of an operation that has not failed; a failure stays its own. */
  private static void attempt(@Nullable Throwable[] failures, int index, Runnable step) {
    if (failures[index] != null) {
      return;
    }
    try {
      step.run();
    } catch (DeviceException refused) {
      failures[index] = refused;
    } catch (InternalError error) {
      if (!Faults.isFault(error)) {
        throw error;
      }
      failures[index] = error;
    }
  }
}
