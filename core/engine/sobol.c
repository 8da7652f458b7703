#include "engine/sobol.h"

#include "engine/sobol_inline.h"
#include "engine/stream.h"

static uint32_t degree_of(uint32_t polynomial)
{
    uint32_t degree = 0;
    while (polynomial >> (degree + 1) != 0)
        degree++;
    return degree;
}

/* m[0..SOBOL_DIGITS), where m[k] / 2^(k + 1) is direction k; the recurrence stands in
 * sobol_directions.c. */
static void direction_numbers(const struct sobol_start *start, uint32_t *m)
{
    uint32_t degree = degree_of(start->polynomial);
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++) {
        if (k < degree) {
            m[k] = start->first[k];
            continue;
        }
        m[k] = m[k - degree];
        for (uint32_t i = 1; i <= degree; i++)
            if (start->polynomial >> (degree - i) & 1)
                m[k] ^= m[k - i] << i;
    }
}

const struct sobol_dimension *sobol_dimension_new(struct arena *arena, uint32_t dimension)
{
    struct sobol_dimension *made = arena_alloc(arena, sizeof *made);
    uint32_t m[SOBOL_DIGITS];
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
        m[k] = 1;
    if (dimension > 0)
        direction_numbers(&sobol_starts[dimension - 1], m);
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
        made->direction[k] = sobol_reverse(m[k] << (SOBOL_DIGITS - 1 - k));
    return made;
}

struct sobol_key sobol_key(uint64_t seed, uint64_t stream, uint64_t replicate)
{
    struct sobol_key key;
    for (uint32_t block = 0; block < SOBOL_KEYS / 4; block++)
        stream_words(seed, stream, SOBOL_KEYS / 4 * replicate + block, key.word + 4 * block);
    return key;
}

double sobol_number(const struct sobol_dimension *dimension, const struct sobol_key *key,
                    uint64_t index)
{
    uint32_t digits = 0;
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
        digits ^= (index >> k & 1) != 0 ? dimension->direction[k] : 0;
    return sobol_unit(sobol_reverse(key != NULL ? sobol_scramble(digits, key->word) : digits));
}
