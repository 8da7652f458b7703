/* What the tests of the random streams need beside distribution.h. Private to core/engine. */
#ifndef ASSIZE_ENGINE_STREAM_H
#define ASSIZE_ENGINE_STREAM_H

#include <Random123/philox.h> /* found among the system's headers, so its warnings stay its own */
#include <stdint.h>

#include "base/math_inline.h"

/* 52 bits of a random word as a number in (0, 1): (k + 1/2) / 2^52, so never 0 or 1, symmetric
 * about 1/2, and exact. */
static inline double uniform_from_word(uint64_t word)
{
    return math_from_bits(0x3ff0000000000000 | word >> 12) - (1 - 0x1p-53);
}

/* The four words of Philox block `counter` of a stream. */
void stream_words(uint64_t seed, uint64_t stream, uint64_t counter, uint32_t words[4]);

#endif
