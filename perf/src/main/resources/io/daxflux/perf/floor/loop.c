/*
 * The plainest copy past the caches: line after line, with the widest registers that the compiler
 * is told of. It shares nothing with the product's native helper, so that a slow helper cannot set
 * itself an easy floor.
 */

#include <immintrin.h>
#include <stddef.h>
#include <string.h>

#define LINE 64

/* Both sides begin anywhere; what is not a whole line of the destination is copied by memcpy. */
void loop_copy(char *restrict to, const char *restrict from, size_t bytes, size_t ahead) {
  size_t head = -(size_t)to & (LINE - 1);
  if (head > bytes) {
    head = bytes;
  }
  memcpy(to, from, head);
  size_t at = head;
  for (; at + LINE <= bytes; at += LINE) {
    if (ahead > 0) {
      _mm_prefetch(from + at + ahead, _MM_HINT_NTA); /* past the end it does nothing */
    }
#if defined(__AVX512F__)
    _mm512_stream_si512((void *)(to + at), _mm512_loadu_si512(from + at));
#elif defined(__AVX__)
    for (size_t i = 0; i < LINE; i += 32) {
      _mm256_stream_si256((void *)(to + at + i), _mm256_loadu_si256((const void *)(from + at + i)));
    }
#else
    for (size_t i = 0; i < LINE; i += 16) {
      _mm_stream_si128((void *)(to + at + i), _mm_loadu_si128((const void *)(from + at + i)));
    }
#endif
  }
  _mm_sfence();
  memcpy(to + at, from + at, bytes - at);
}
