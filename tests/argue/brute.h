/* Dung's (1995) definitions read out word by word over all subsets of a small framework: slow, and
 * sharing nothing with the program but the numbers of the arguments. Sets are bits of a word. */
#ifndef ASSIZE_TESTS_ARGUE_BRUTE_H
#define ASSIZE_TESTS_ARGUE_BRUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "argue/labelling.h"

enum { BRUTE_MOST = 10, BRUTE_SETS = 1 << BRUTE_MOST };

struct brute {
    uint32_t count;
    uint32_t attackers[BRUTE_MOST];
    bool admissible[BRUTE_SETS]; /* by set */
};

/* splitmix64 (Steele, Lea & Flood 2014) */
static inline uint64_t brute_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static inline uint32_t brute_below(uint64_t *state, uint32_t bound)
{
    return (uint32_t)(brute_next(state) % bound);
}

static inline uint32_t brute_attacked(const struct brute *brute, uint32_t set)
{
    uint32_t attacked = 0;
    for (uint32_t a = 0; a < brute->count; a++)
        attacked |= (brute->attackers[a] & set) != 0 ? 1u << a : 0;
    return attacked;
}

/* What `set` defends: those whose every attacker it attacks. */
static inline uint32_t brute_defended(const struct brute *brute, uint32_t set)
{
    uint32_t attacked = brute_attacked(brute, set), defended = 0;
    for (uint32_t a = 0; a < brute->count; a++)
        defended |= (brute->attackers[a] & ~attacked) == 0 ? 1u << a : 0;
    return defended;
}

/* Free of conflict, and defending all that it holds. */
static inline void brute_find_admissible(struct brute *brute)
{
    for (uint32_t set = 0; set < 1u << brute->count; set++)
        brute->admissible[set] =
            (brute_attacked(brute, set) & set) == 0 && (set & ~brute_defended(brute, set)) == 0;
}

static inline bool brute_complete(const struct brute *brute, uint32_t set)
{
    return brute->admissible[set] && brute_defended(brute, set) == set;
}

static inline bool brute_preferred(const struct brute *brute, uint32_t set)
{
    if (!brute->admissible[set])
        return false;
    for (uint32_t larger = set + 1; larger < 1u << brute->count; larger++)
        if ((larger & set) == set && brute->admissible[larger])
            return false;
    return true;
}

static inline bool brute_stable(const struct brute *brute, uint32_t set)
{
    return brute_attacked(brute, set) == (((1u << brute->count) - 1) & ~set);
}

static inline uint32_t brute_grounded(const struct brute *brute)
{
    uint32_t set = 0, next;
    while ((next = brute_defended(brute, set)) != set)
        set = next;
    return set;
}

/* What is in, as a set. */
static inline uint32_t brute_in(const struct framework *framework, const uint8_t *labels)
{
    uint32_t set = 0;
    for (uint32_t a = 0; a < framework->count; a++)
        set |= labels[a] == LABEL_IN ? 1u << a : 0;
    return set;
}

/* Up to BRUTE_MOST arguments, any density, self-attacks included: the same framework twice. */
static inline const struct framework *brute_random(struct brute *brute, struct arena *arena,
                                                   uint64_t *state)
{
    brute->count = brute_below(state, BRUTE_MOST + 1);
    uint32_t density = 1 + brute_below(state, 60);
    struct framework_draft *draft = framework_draft_new(arena, brute->count, NULL);
    for (uint32_t to = 0; to < brute->count; to++) {
        brute->attackers[to] = 0;
        for (uint32_t from = 0; from < brute->count; from++) {
            if (brute_below(state, 100) >= density)
                continue;
            brute->attackers[to] |= 1u << from;
            framework_draft_attack(draft, from, to);
        }
    }
    brute_find_admissible(brute);
    return framework_draft_finish(draft);
}

#endif
