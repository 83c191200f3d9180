/**
 * Opens, sizes, maps, locks and flushes the memory that everything else works on: a device-dax
 * character device, a regular file, or anonymous memory.
 *
 * <p>{@link io.daxflux.device.Devices} opens what {@link io.daxflux.device.DeviceOptions} describe
 * as a {@link io.daxflux.device.Device}, which owns its mapping, its lock and the touching of its
 * memory in the background, or fails with a {@link io.daxflux.device.DeviceException} and leaves
 * nothing behind. {@link io.daxflux.device.PrivateMemory} is anonymous memory for those who need
 * only that. {@link io.daxflux.device.Faults} is for whoever reads or writes a device's memory and
 * has to survive its faults. The only calls into native code are made here: those of the system by
 * one class, those of the product's own optional library by another.
 */
@NullMarked
package io.daxflux.device;

import org.jspecify.annotations.NullMarked;
