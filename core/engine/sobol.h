/* Quasi-random numbers: the Sobol' sequence with a random scrambling.
 *
 * A point's coordinate is a sum over field 2 of direction numbers, one for each binary digit of the
 * point's index. The first 2^m points put one point into each interval k / 2^m to (k + 1) / 2^m of
 * every coordinate; so means over them err less than over random draws, for smooth functions nearly
 * as 1 / n. Directions: Joe and Kuo 2008, see sobol_directions.c.
 *
 * Scrambling (Owen 1995): each digit is flipped or not at random, as the digits before it say. The
 * points keep their order among intervals, each is uniform, and scramblings with other keys are
 * independent: so the spread of their means is an error that can be trusted. It is made by a hash
 * (Laine and Karras 2011; Burley 2020, Practical Hash-based Owen Scrambling, JCGT 9(4)), whose
 * numbers are not fixed but random words, so that flips of neighbouring digits are independent.
 */
#ifndef ASSIZE_ENGINE_SOBOL_H
#define ASSIZE_ENGINE_SOBOL_H

#include <stdint.h>

#include "base/arena.h"

enum { SOBOL_DIMENSIONS = 128, SOBOL_DIGITS = 32, SOBOL_KEYS = 8, SOBOL_MOST_DEGREE = 10 };

/* What a dimension's direction numbers follow from; dimension 0 needs none. */
struct sobol_start {
    uint16_t polynomial, first[SOBOL_MOST_DEGREE];
};

extern const struct sobol_start sobol_starts[SOBOL_DIMENSIONS - 1];

/* One coordinate: direction[k] is for digit k of the index. Its own first binary digit stands in
 * bit 0, which is the order that the hash needs. */
struct sobol_dimension {
    uint32_t direction[SOBOL_DIGITS];
};

/* Coordinate `dimension` of SOBOL_DIMENSIONS, from 0. */
const struct sobol_dimension *sobol_dimension_new(struct arena *arena, uint32_t dimension);

/* What one scrambling of a coordinate is made with: a Philox block pair of the premise's stream
 * (stream.h), so it depends on the seed, the premise's path and the replicate alone. */
struct sobol_key {
    uint32_t word[SOBOL_KEYS];
};

struct sobol_key sobol_key(uint64_t seed, uint64_t stream, uint64_t replicate);

/* A coordinate of point `index`, below 2^32: (k + 1/2) / 2^32. `key` NULL: not scrambled. The loops
 * of the engine give the same bits. */
double sobol_number(const struct sobol_dimension *dimension, const struct sobol_key *key,
                    uint64_t index);

#endif
