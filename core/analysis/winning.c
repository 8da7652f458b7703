/* The smallest sets of stakes that are enough: sets in order of size, each tried unless it holds a
 * smaller one that is enough already. */
#include <string.h>

#include "analysis/disputes.h"

struct search_sets {
    struct arena *arena;
    const struct stake *stakes;
    size_t stake_count;
    const uint64_t *target;
    size_t words;
    uint64_t budget;
    struct winning *winning;
    size_t chosen[DISPUTES_SIZE_MOST];
    uint64_t *meets; /* [depth][word]: where all that are chosen so far hold */
};

static uint64_t *row(const struct search_sets *search, size_t depth)
{
    return search->meets + depth * search->words;
}

static bool row_is_empty(const uint64_t *bits, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if (bits[i] != 0)
            return false;
    return true;
}

static bool row_is_within(const uint64_t *bits, const uint64_t *target, size_t words)
{
    for (size_t i = 0; i < words; i++)
        if ((bits[i] & ~target[i]) != 0)
            return false;
    return true;
}

/* Whether a set found before lies inside what is chosen. */
static bool holds_smaller(const struct search_sets *search, size_t size)
{
    const struct winning *winning = search->winning;
    for (size_t s = 0; s < winning->set_count; s++) {
        size_t found = 0;
        for (size_t i = 0; i < winning->sizes[s]; i++)
            for (size_t k = 0; k < size; k++)
                found += winning->sets[s][i] == search->chosen[k];
        if (found == winning->sizes[s])
            return true;
    }
    return false;
}

static void keep(struct search_sets *search, size_t size)
{
    struct winning *winning = search->winning;
    size_t count = winning->set_count++;
    winning->sets = arena_grow(search->arena, winning->sets, count, sizeof *winning->sets);
    winning->sizes = arena_grow(search->arena, winning->sizes, count, sizeof *winning->sizes);
    memcpy(winning->sets[count], search->chosen, sizeof search->chosen);
    winning->sizes[count] = size;
}

/* Chooses stakes `from` on at places `depth` .. `size` - 1. */
static void choose(struct search_sets *search, size_t depth, size_t from, size_t size)
{
    if (search->budget == 0 || holds_smaller(search, depth)) {
        search->winning->complete = search->winning->complete && search->budget > 0;
        return;
    }
    search->budget--;
    const uint64_t *meets = row(search, depth);
    if (row_is_empty(meets, search->words))
        return;
    if (depth == size) {
        if (row_is_within(meets, search->target, search->words))
            keep(search, size);
        return;
    }
    for (size_t i = from; i + (size - depth) <= search->stake_count; i++) {
        search->chosen[depth] = i;
        for (size_t w = 0; w < search->words; w++)
            row(search, depth + 1)[w] = meets[w] & search->stakes[i].holds[w];
        choose(search, depth + 1, i + 1, size);
    }
}

void winning_sets(struct arena *arena, const struct stake *stakes, size_t stake_count,
                  const uint64_t *target, size_t words, size_t outcomes, size_t size,
                  struct winning *winning)
{
    struct search_sets search = {.arena = arena,
                                 .stakes = stakes,
                                 .stake_count = stake_count,
                                 .target = target,
                                 .words = words,
                                 .budget = DISPUTES_BUDGET,
                                 .winning = winning};
    search.meets = arena_array(arena, (size + 1) * words, sizeof *search.meets);
    for (size_t o = 0; o < outcomes; o++)
        search.meets[o / 64] |= (uint64_t)1 << o % 64;
    winning->complete = true;
    if (row_is_empty(target, words))
        return;
    for (size_t k = 0; k <= size && k <= stake_count; k++)
        choose(&search, 0, 0, k);
}
