/*
 * What the JVM cannot say: write cache lines back to the memory behind them, and copy past the
 * caches.
 *
 * The instructions are chosen once, when the library is loaded, among those the processor has. Needs
 * a compiler and nothing else: no header and no function of a C library that the compiler does not
 * bring itself, so that one binary serves glibc and musl.
 *
 * Whoever calls sees to it that the memory is mapped and does not fault: a fault here ends the
 * process.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

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

/* --- Copying --- */

/* Copies without leaving the destination in a cache. The two do not overlap. */
typedef void copy(char *to, const char *from, size_t bytes);

/* The same, and goes on with a CRC32C (as java.util.zip.CRC32C has it) over what it stores. */
typedef uint32_t summing_copy(char *to, const char *from, size_t bytes, uint32_t crc);

/* A way to copy; sums is NULL where the processor has no instruction for CRC32C. */
struct copier {
  const char *name;
  copy *copy;
  summing_copy *sums;
};

/* Those that this processor can run, the best first; the one behind the last has no name. */
static struct copier copiers[4];

#if defined(__x86_64__)

#define LINE 64
#define PAGE 4096

/* Not a call of memcpy, which a compiler would make of a loop: there is no C library here. */
static inline void copy_bytes(char **to, const char **from, size_t bytes) {
  __asm__ volatile("rep movsb" : "+D"(*to), "+S"(*from), "+c"(bytes)::"memory");
}

/* What is missing to the next line of the destination. */
static inline size_t to_line(const char *to, size_t bytes) {
  size_t missing = -(uintptr_t)to & (LINE - 1);
  return missing < bytes ? missing : bytes;
}

/*
 * Whole lines by non-temporal stores, what is before and behind them by plain ones.
 *
 * As long as there is enough, eight pages side by side, a line of each in turn: a processor follows
 * each page's reads by itself, and stops at its end, so that more pages mean more reads under way.
 * Asking for lines in so many words made it slower: by half with prefetchnta, on Sapphire Rapids.
 */
#define PAGES_COPIED 8

#define DEFINE_COPY(isa, features, vector, load, stream)                                           \
  __attribute__((target(features))) static inline void copy_lines_##isa(                           \
      char *to, const char *from, size_t lines, size_t apart) {                                    \
    enum { PARTS = LINE / sizeof(vector) };                                                        \
    vector loaded[PAGES_COPIED * PARTS];                                                           \
    _Pragma("GCC unroll 32") for (size_t i = 0; i < lines * PARTS; i++) {                          \
      size_t at = i / PARTS * apart + i % PARTS * sizeof(vector);                                  \
      loaded[i] = load((const void *)(from + at));                                                 \
    }                                                                                              \
    _Pragma("GCC unroll 32") for (size_t i = 0; i < lines * PARTS; i++) {                          \
      size_t at = i / PARTS * apart + i % PARTS * sizeof(vector);                                  \
      stream((void *)(to + at), loaded[i]);                                                        \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  __attribute__((target(features))) static void copy_##isa(char *to, const char *from,             \
                                                           size_t bytes) {                         \
    size_t head = to_line(to, bytes);                                                              \
    copy_bytes(&to, &from, head);                                                                  \
    bytes -= head;                                                                                 \
    for (; bytes >= PAGES_COPIED * PAGE; bytes -= PAGES_COPIED * PAGE) {                           \
      for (size_t line = 0; line < PAGE; line += LINE) {                                           \
        copy_lines_##isa(to + line, from + line, PAGES_COPIED, PAGE);                              \
      }                                                                                            \
      to += PAGES_COPIED * PAGE;                                                                   \
      from += PAGES_COPIED * PAGE;                                                                 \
    }                                                                                              \
    for (; bytes >= LINE; bytes -= LINE, to += LINE, from += LINE) {                               \
      copy_lines_##isa(to, from, 1, LINE);                                                         \
    }                                                                                              \
    _mm_sfence();                                                                                  \
    copy_bytes(&to, &from, bytes);                                                                 \
  }

DEFINE_COPY(avx512, "avx512f", __m512i, _mm512_loadu_si512, _mm512_stream_si512)
DEFINE_COPY(avx2, "avx2", __m256i, _mm256_loadu_si256, _mm256_stream_si256)
DEFINE_COPY(sse2, "sse2", __m128i, _mm_loadu_si128, _mm_stream_si128)

/*
 * Each line is loaded once, stored, and summed from a copy on the stack: what was summed is what
 * was stored, whatever others do to the source meanwhile.
 *
 * The instruction for CRC32C takes three cycles, and one can begin in each: pages are summed side by
 * side, which suits the copying, too, and their sums joined. To go past a page of zeros is linear in
 * a sum; past_page has it for each byte of one.
 */
#define PAGES_SUMMED 6

static uint32_t past_page[4][256];

static inline uint64_t skip_page(uint64_t crc) {
  return past_page[0][crc & 0xff] ^ past_page[1][crc >> 8 & 0xff] ^ past_page[2][crc >> 16 & 0xff] ^
         past_page[3][crc >> 24 & 0xff];
}

__attribute__((target("sse4.2"))) static void fill_past_page(void) {
  for (int byte = 0; byte < 4; byte++) {
    for (int bit = 0; bit < 8; bit++) {
      uint64_t crc = 1u << (8 * byte + bit);
      for (int word = 0; word < PAGE / 8; word++) {
        crc = _mm_crc32_u64(crc, 0);
      }
      for (int value = 1 << bit; value < 256; value++) {
        if (value >> bit & 1) {
          past_page[byte][value] ^= (uint32_t)crc;
        }
      }
    }
  }
}

__attribute__((target("sse4.2"))) static inline uint64_t sum_bytes(char **to, const char **from,
                                                                   size_t bytes, uint64_t crc) {
  for (; bytes > 0; bytes--) {
    uint8_t loaded = *(const volatile uint8_t *)(*from)++;
    crc = _mm_crc32_u8((uint32_t)crc, loaded);
    *(volatile uint8_t *)(*to)++ = loaded;
  }
  return crc;
}

#define DEFINE_SUM(isa, features, vector, load, stream, keep)                                      \
  __attribute__((target(features))) static inline void sum_lines_##isa(                            \
      char *to, const char *from, size_t lines, uint64_t *crcs) {                                  \
    enum { PARTS = LINE / sizeof(vector), WORDS = LINE / sizeof(uint64_t) };                       \
    vector loaded[PAGES_SUMMED * PARTS];                                                           \
    uint64_t kept[PAGES_SUMMED * WORDS] __attribute__((aligned(LINE)));                            \
    _Pragma("GCC unroll 32") for (size_t i = 0; i < lines * PARTS; i++) {                          \
      size_t at = i / PARTS * PAGE + i % PARTS * sizeof(vector);                                   \
      loaded[i] = load((const void *)(from + at));                                                 \
    }                                                                                              \
    _Pragma("GCC unroll 32") for (size_t i = 0; i < lines * PARTS; i++) {                          \
      size_t at = i / PARTS * PAGE + i % PARTS * sizeof(vector);                                   \
      stream((void *)(to + at), loaded[i]);                                                        \
      keep((void *)((char *)kept + i * sizeof(vector)), loaded[i]);                                \
    }                                                                                              \
    _Pragma("GCC unroll 8") for (size_t word = 0; word < WORDS; word++) {                          \
      _Pragma("GCC unroll 8") for (size_t line = 0; line < lines; line++) {                        \
        crcs[line] = _mm_crc32_u64(crcs[line], kept[line * WORDS + word]);                         \
      }                                                                                            \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  __attribute__((target(features))) static uint32_t sum_##isa(char *to, const char *from,          \
                                                              size_t bytes, uint32_t crc) {        \
    size_t head = to_line(to, bytes);                                                              \
    uint64_t whole = sum_bytes(&to, &from, head, (uint32_t)~crc);                                  \
    bytes -= head;                                                                                 \
    for (; bytes >= PAGES_SUMMED * PAGE; bytes -= PAGES_SUMMED * PAGE) {                           \
      uint64_t crcs[PAGES_SUMMED] = {whole};                                                       \
      for (size_t line = 0; line < PAGE; line += LINE) {                                           \
        sum_lines_##isa(to + line, from + line, PAGES_SUMMED, crcs);                               \
      }                                                                                            \
      whole = crcs[0];                                                                             \
      for (int page = 1; page < PAGES_SUMMED; page++) {                                            \
        whole = skip_page(whole) ^ crcs[page];                                                     \
      }                                                                                            \
      to += PAGES_SUMMED * PAGE;                                                                   \
      from += PAGES_SUMMED * PAGE;                                                                 \
    }                                                                                              \
    for (; bytes >= LINE; bytes -= LINE, to += LINE, from += LINE) {                               \
      sum_lines_##isa(to, from, 1, &whole);                                                        \
    }                                                                                              \
    _mm_sfence();                                                                                  \
    return ~(uint32_t)sum_bytes(&to, &from, bytes, whole);                                         \
  }

DEFINE_SUM(avx512, "avx512f,sse4.2", __m512i, _mm512_loadu_si512, _mm512_stream_si512,
           _mm512_store_si512)
DEFINE_SUM(avx2, "avx2,sse4.2", __m256i, _mm256_loadu_si256, _mm256_stream_si256,
           _mm256_store_si256)
DEFINE_SUM(sse2, "sse4.2", __m128i, _mm_loadu_si128, _mm_stream_si128, _mm_store_si128)

/* Whether the system saves these registers when it switches threads. */
static int system_saves(uint32_t registers) {
  uint32_t eax, edx;
  __asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return (eax & registers) == registers;
}

#define XMM_YMM 0x6u
#define XMM_YMM_ZMM 0xe6u

__attribute__((constructor)) static void choose_copiers(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
    return;
  }
  int sums = (ecx & bit_SSE4_2) != 0;
  int saves = (ecx & bit_OSXSAVE) != 0;
  unsigned extended = 0;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
    extended = ebx;
  }
  if (sums) {
    fill_past_page();
  }
  struct copier *next = copiers;
  if ((extended & bit_AVX512F) && saves && system_saves(XMM_YMM_ZMM)) {
    *next++ = (struct copier){"avx512", copy_avx512, sums ? sum_avx512 : NULL};
  }
  if ((extended & bit_AVX2) && saves && system_saves(XMM_YMM)) {
    *next++ = (struct copier){"avx2", copy_avx2, sums ? sum_avx2 : NULL};
  }
  *next = (struct copier){"sse2", copy_sse2, sums ? sum_sse2 : NULL};
}

#endif

/* What copies here, the best first, up to one without a name; the first has none where nothing
   does. */
EXPORT const struct copier *daxflux_copiers(void) {
  return copiers;
}
