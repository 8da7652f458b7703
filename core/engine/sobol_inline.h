/* Steps of the scrambled Sobol' sequence, to be inlined into the engine's loops. Private to
 * core/engine. */
#ifndef ASSIZE_ENGINE_SOBOL_INLINE_H
#define ASSIZE_ENGINE_SOBOL_INLINE_H

#include "base/math_inline.h"
#include "engine/sobol.h"

/* The first digit last, and the other way round. */
ALWAYS_INLINE uint32_t sobol_reverse(uint32_t x)
{
    x = (x >> 16) | (x << 16);
    x = (x >> 8 & 0x00ff00ff) | (x & 0x00ff00ff) << 8;
    x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
    x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
    return (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
}

/* Of digits with the first in bit 0. Sums and products carry upwards alone, so that a digit changes
 * with those before it; a product with an even number leaves a digit's own part out, so each step
 * can be undone. The first word, added, makes every point uniform whatever the others are. */
ALWAYS_INLINE uint32_t sobol_scramble(uint32_t x, const uint32_t *word)
{
    x += word[0];
    x ^= x * (word[1] << 1);
    x += word[2];
    x ^= x * (word[3] << 1);
    x += word[4];
    x ^= x * (word[5] << 1);
    x += word[6];
    return x ^ x * (word[7] << 1);
}

/* (x + 1/2) / 2^32, exactly. */
ALWAYS_INLINE double sobol_unit(uint32_t x)
{
    return math_from_bits(0x3ff0000000000000 | (uint64_t)x << 20) - (1 - 0x1p-33);
}

#endif
