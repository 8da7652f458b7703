/* Disputes, the ways in which they come out, and the verdicts that they move. */
#include <stdlib.h>
#include <string.h>

#include "analysis/dispute_parts.h"

/* --- circles of undecided arguments ---------------------------------------------------------- */

/* Arguments reached from `first` among the undecided, along attacks or against them. */
static bool *reached(const struct analysing *analysing, uint32_t first, bool forwards)
{
    const struct debate *debate = analysing->debate;
    const struct framework *framework = debate->framework;
    const uint32_t *starts = forwards ? framework->attacked.first : framework->attackers.first;
    const uint32_t *others = forwards ? framework->attacked.others : framework->attackers.others;
    bool *seen = arena_array(analysing->arena, debate->count, sizeof *seen);
    uint32_t *queue = arena_array(analysing->arena, debate->count, sizeof *queue);
    size_t length = 1;
    queue[0] = first;
    seen[first] = true;
    for (size_t at = 0; at < length; at++)
        for (uint32_t i = starts[queue[at]]; i < starts[queue[at] + 1]; i++)
            if (!seen[others[i]] && debate->grounded[others[i]] == LABEL_UNDECIDED) {
                seen[others[i]] = true;
                queue[length++] = others[i];
            }
    return seen;
}

static bool is_moral(const struct debate *debate, uint32_t argument)
{
    return debate->arguments->list[argument].kind == ARGUMENT_MORAL;
}

static void dispute_add(struct analysing *analysing, const bool *forwards, const bool *backwards,
                        bool *taken)
{
    struct dispute_analysis *analysis = analysing->analysis;
    uint32_t *members = NULL;
    struct dispute dispute = {0};
    for (uint32_t i = 0; i < analysing->debate->arguments->count; i++) {
        if (!forwards[i] || !backwards[i])
            continue;
        members = arena_grow(analysing->arena, members, dispute.member_count, sizeof *members);
        members[dispute.member_count++] = i;
        taken[i] = true;
        dispute.moral = dispute.moral || is_moral(analysing->debate, i);
    }
    dispute.members = members;
    analysis->disputes =
        arena_grow(analysing->arena, analysis->disputes, analysis->dispute_count, sizeof dispute);
    analysis->disputes[analysis->dispute_count++] = dispute;
}

static void find_circles(struct analysing *analysing)
{
    const struct debate *debate = analysing->debate;
    bool *taken = arena_array(analysing->arena, debate->count, sizeof *taken);
    for (uint32_t i = 0; i < debate->arguments->count; i++) {
        if (taken[i] || debate->grounded[i] != LABEL_UNDECIDED)
            continue;
        const bool *forwards = reached(analysing, i, true);
        const bool *backwards = reached(analysing, i, false);
        bool circle = debate_attacks(debate, i, i);
        for (uint32_t k = 0; k < debate->arguments->count; k++)
            circle = circle || (k != i && forwards[k] && backwards[k]);
        if (circle)
            dispute_add(analysing, forwards, backwards, taken);
    }
}

/* --- ways ------------------------------------------------------------------------------------ */

static bool same_way(const struct dispute *dispute, const struct way *way,
                     const struct outcome *outcome)
{
    for (size_t m = 0; m < dispute->member_count; m++)
        if (way->accepted[m] != outcome->accepted[dispute->members[m]])
            return false;
    return true;
}

static uint32_t way_find(struct arena *arena, struct dispute *dispute,
                         const struct outcome *outcome)
{
    for (size_t w = 0; w < dispute->way_count; w++)
        if (same_way(dispute, &dispute->ways[w], outcome))
            return (uint32_t)w;
    bool *accepted = arena_array(arena, dispute->member_count, sizeof *accepted);
    for (size_t m = 0; m < dispute->member_count; m++)
        accepted[m] = outcome->accepted[dispute->members[m]];
    dispute->ways = arena_grow(arena, dispute->ways, dispute->way_count, sizeof *dispute->ways);
    dispute->ways[dispute->way_count] = (struct way){accepted, 0};
    return (uint32_t)dispute->way_count++;
}

static void find_ways(struct analysing *analysing)
{
    struct dispute_analysis *analysis = analysing->analysis;
    analysing->way_of = arena_array(analysing->arena, analysis->dispute_count, sizeof(uint32_t *));
    for (size_t d = 0; d < analysis->dispute_count; d++) {
        struct dispute *dispute = &analysis->disputes[d];
        uint32_t *of = arena_array(analysing->arena, analysis->outcomes.count, sizeof *of);
        for (size_t o = 0; o < analysis->outcomes.count; o++) {
            of[o] = way_find(analysing->arena, dispute, &analysis->outcomes.list[o]);
            dispute->ways[of[o]].outcomes += analysis->outcomes.list[o].draws;
        }
        analysing->way_of[d] = of;
    }
}

void find_disputes(struct analysing *analysing)
{
    find_circles(analysing);
    find_ways(analysing);
}

/* --- what a dispute moves -------------------------------------------------------------------- */

/* An outcome by how all disputes but one stand in it. */
struct rest {
    uint64_t key;
    size_t outcome;
};

static uint64_t mixed(uint64_t x)
{
    /* splitmix64 (Vigna 2015) */
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

static int by_key(const void *left, const void *right)
{
    const struct rest *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->outcome < b->outcome ? -1 : a->outcome > b->outcome;
}

static struct rest *rests_of(const struct analysing *analysing, size_t dispute)
{
    const struct dispute_analysis *analysis = analysing->analysis;
    size_t count = analysis->outcomes.count;
    struct rest *rests = arena_array(analysing->arena, count, sizeof *rests);
    for (size_t o = 0; o < count; o++) {
        rests[o].outcome = o;
        for (size_t d = 0; d < analysis->dispute_count; d++)
            if (d != dispute)
                rests[o].key += mixed(mixed(d + 1) + analysing->way_of[d][o]);
    }
    qsort(rests, count, sizeof *rests, by_key);
    return rests;
}

static bool moves(const struct analysing *analysing, size_t dispute, const struct rest *rests,
                  size_t theory, size_t regime)
{
    for (size_t i = 1; i < analysing->analysis->outcomes.count; i++) {
        size_t a = rests[i - 1].outcome, b = rests[i].outcome;
        bool alone = rests[i - 1].key == rests[i].key &&
                     analysing->way_of[dispute][a] != analysing->way_of[dispute][b];
        if (alone && opinion_at(analysing, a, theory, regime)->verdict !=
                         opinion_at(analysing, b, theory, regime)->verdict)
            return true;
    }
    return false;
}

static const unsigned *verdicts_by_way(const struct analysing *analysing, size_t number,
                                       size_t theory, size_t regime)
{
    const struct dispute *dispute = &analysing->analysis->disputes[number];
    unsigned *verdicts = arena_array(analysing->arena, dispute->way_count, sizeof *verdicts);
    for (size_t o = 0; o < analysing->analysis->outcomes.count; o++)
        verdicts[analysing->way_of[number][o]] |=
            1u << opinion_at(analysing, o, theory, regime)->verdict;
    return verdicts;
}

void find_moved(struct analysing *analysing)
{
    for (size_t d = 0; d < analysing->analysis->dispute_count; d++) {
        struct dispute *dispute = &analysing->analysis->disputes[d];
        const struct rest *rests = rests_of(analysing, d);
        for (size_t t = 0; t < analysing->theories; t++)
            for (size_t r = 0; r < analysing->regimes; r++) {
                if (!moves(analysing, d, rests, t, r))
                    continue;
                dispute->moved = arena_grow(analysing->arena, dispute->moved, dispute->moved_count,
                                            sizeof *dispute->moved);
                dispute->moved[dispute->moved_count++] =
                    (struct moved){t, r, verdicts_by_way(analysing, d, t, r)};
            }
    }
}
