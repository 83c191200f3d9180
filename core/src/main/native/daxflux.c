/*
 * What the JVM cannot say: write cache lines back to the memory behind them.
 *
 * The instruction is chosen once, when the library is loaded, among those the processor has. Needs
 * a compiler and nothing else: no header and no function of a C library that the compiler does not
 * bring itself, so that one binary serves glibc and musl.
 *
 * Whoever calls sees to it that the memory is mapped and does not fault: a fault here ends the
 * process.
 */

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

/* Writes back the lines that begin at from, and each line's length further, up to the end. */
typedef void write_back_lines(uintptr_t from, uintptr_t end, size_t line_bytes);

/* What was chosen; all zero where there is no such instruction. */
static struct {
  const char *instruction;
  write_back_lines *lines;
  size_t line_bytes;
} write_back;

#if defined(__x86_64__)

#include <cpuid.h>

/* The two that run side by side are waited for by the fence; clflush waits by itself. */
#define DEFINE_WRITE_BACK(instruction)                                                   \
  static void instruction##_lines(uintptr_t line, uintptr_t end, size_t line_bytes) {    \
    for (; line < end; line += line_bytes) {                                             \
      __asm__ volatile(#instruction " %0" : "+m"(*(volatile char *)line));               \
    }                                                                                    \
    __asm__ volatile("sfence" ::: "memory");                                             \
  }

DEFINE_WRITE_BACK(clwb)
DEFINE_WRITE_BACK(clflushopt)
DEFINE_WRITE_BACK(clflush)

__attribute__((constructor)) static void choose(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(edx & (1u << 19))) {
    return; /* no clflush, hence none of them */
  }
  write_back.line_bytes = ((ebx >> 8) & 0xff) * 8;
  unsigned extended = 0;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
    extended = ebx;
  }
  if (extended & (1u << 24)) { /* leaves the lines in the cache */
    write_back.instruction = "clwb";
    write_back.lines = clwb_lines;
  } else if (extended & (1u << 23)) {
    write_back.instruction = "clflushopt";
    write_back.lines = clflushopt_lines;
  } else {
    write_back.instruction = "clflush";
    write_back.lines = clflush_lines;
  }
}

#elif defined(__aarch64__)

extern unsigned long getauxval(unsigned long type); /* of the C library that the JVM runs on */

#define AT_HWCAP 16
#define HWCAP_DCPOP (1ul << 16)

/* dc cvap, spelled so that an assembler for ARMv8.0 takes it, too. */
static void dc_cvap_lines(uintptr_t line, uintptr_t end, size_t line_bytes) {
  for (; line < end; line += line_bytes) {
    __asm__ volatile("sys #3, c7, c12, #1, %0" ::"r"(line) : "memory");
  }
  __asm__ volatile("dsb sy" ::: "memory");
}

/* dc cvac is no substitute: it cleans to where processors agree, which may be before the memory. */
__attribute__((constructor)) static void choose(void) {
  if (!(getauxval(AT_HWCAP) & HWCAP_DCPOP)) {
    return;
  }
  uint64_t cache_type;
  __asm__("mrs %0, ctr_el0" : "=r"(cache_type));
  write_back.line_bytes = (size_t)4 << ((cache_type >> 16) & 0xf);
  write_back.instruction = "dc cvap";
  write_back.lines = dc_cvap_lines;
}

#endif

/* The instruction that persists, or NULL where there is none; daxflux_persist must not be called
   then. */
EXPORT const char *daxflux_write_back(void) {
  return write_back.instruction;
}

/* Returns when all bytes that were stored in this range before, by whatever thread, are behind the
   caches. */
EXPORT void daxflux_persist(const void *address, size_t bytes) {
  uintptr_t from = (uintptr_t)address;
  write_back.lines(from & -(uintptr_t)write_back.line_bytes, from + bytes, write_back.line_bytes);
}
