#include "argue/framework.h"

#include <string.h>

/* Of one relation, so that the arrows of all three together fit 32 bits. */
enum { ARROWS_MOST = 1 << 30 };

struct arrow {
    uint32_t from, to;
    double strength;
};

struct arrows {
    struct arrow *items;
    size_t count;
};

struct framework_draft {
    struct arena *arena;
    uint32_t count;
    const char *const *names;
    struct arrows attacks, partial_attacks, supports;
};

/* --- drafting ----------------------------------------------------------------------------- */

struct framework_draft *framework_draft_new(struct arena *arena, uint32_t count,
                                            const char *const *names)
{
    if (count > FRAMEWORK_ARGUMENTS_MOST)
        return NULL;
    struct framework_draft *draft = arena_alloc(arena, sizeof *draft);
    *draft = (struct framework_draft){.arena = arena, .count = count, .names = names};
    return draft;
}

static bool draft_add(struct framework_draft *draft, struct arrows *arrows, struct arrow arrow)
{
    bool known = arrow.from < draft->count && arrow.to < draft->count;
    bool sound = arrow.strength >= 0 && arrow.strength <= 1; /* NaN is not */
    if (!known || !sound || arrows->count >= ARROWS_MOST)
        return false;
    arrows->items = arena_grow(draft->arena, arrows->items, arrows->count, sizeof *arrows->items);
    arrows->items[arrows->count++] = arrow;
    return true;
}

bool framework_draft_attack(struct framework_draft *draft, uint32_t from, uint32_t to)
{
    return draft_add(draft, &draft->attacks, (struct arrow){from, to, 1});
}

bool framework_draft_partial_attack(struct framework_draft *draft, uint32_t from, uint32_t to,
                                    double strength)
{
    return draft_add(draft, &draft->partial_attacks, (struct arrow){from, to, strength});
}

bool framework_draft_support(struct framework_draft *draft, uint32_t from, uint32_t to)
{
    return draft_add(draft, &draft->supports, (struct arrow){from, to, 1});
}

/* --- building relations ------------------------------------------------------------------- */

/* A relation under construction: struct neighbours, writable. */
struct rows {
    uint32_t count;
    uint32_t *first;
    uint32_t *others;
    double *strengths; /* or NULL */
};

static struct rows rows_new(struct arena *arena, uint32_t count, size_t arrows, bool strengths)
{
    struct rows rows = {.count = count};
    rows.first = arena_array(arena, (size_t)count + 1, sizeof *rows.first);
    rows.others = arena_array(arena, arrows, sizeof *rows.others);
    rows.strengths = strengths ? arena_array(arena, arrows, sizeof *rows.strengths) : NULL;
    return rows;
}

static struct neighbours rows_relation(const struct rows *rows)
{
    return (struct neighbours){rows->first, rows->others, rows->strengths};
}

/* From counts per row in first[1..] to starts in first[0..]. */
static void rows_accumulate(struct rows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++)
        rows->first[i + 1] += rows->first[i];
}

/* While rows are filled, first[i] runs from its start to its end, which is the start of i + 1. */
static void rows_put(struct rows *rows, uint32_t row, uint32_t other, double strength)
{
    uint32_t at = rows->first[row]++;
    rows->others[at] = other;
    if (rows->strengths != NULL)
        rows->strengths[at] = strength;
}

static void rows_rewind(struct rows *rows)
{
    memmove(rows->first + 1, rows->first, rows->count * sizeof *rows->first);
    rows->first[0] = 0;
}

/* Rows by `from`, others in the order of the list. */
static struct rows rows_from_arrows(struct arena *arena, uint32_t count,
                                    const struct arrows *arrows, bool strengths)
{
    struct rows rows = rows_new(arena, count, arrows->count, strengths);
    for (size_t i = 0; i < arrows->count; i++)
        rows.first[arrows->items[i].from + 1]++;
    rows_accumulate(&rows);
    for (size_t i = 0; i < arrows->count; i++)
        rows_put(&rows, arrows->items[i].from, arrows->items[i].to, arrows->items[i].strength);
    rows_rewind(&rows);
    return rows;
}

/* Arrows the other way round; each row of the result is in rising order. */
static struct rows rows_transpose(struct arena *arena, const struct neighbours *from,
                                  uint32_t count)
{
    uint32_t arrows = from->first[count];
    struct rows rows = rows_new(arena, count, arrows, from->strengths != NULL);
    for (uint32_t i = 0; i < arrows; i++)
        rows.first[from->others[i] + 1]++;
    rows_accumulate(&rows);
    for (uint32_t row = 0; row < count; row++)
        for (uint32_t i = from->first[row]; i < from->first[row + 1]; i++)
            rows_put(&rows, from->others[i], row, from->strengths ? from->strengths[i] : 1);
    rows_rewind(&rows);
    return rows;
}

/* One of each run of equal arrows, the strongest. */
static void rows_unite(struct rows *rows)
{
    uint32_t kept = 0;
    for (uint32_t row = 0; row < rows->count; row++) {
        uint32_t start = kept, i = rows->first[row];
        rows->first[row] = start;
        for (; i < rows->first[row + 1]; i++) {
            bool again = kept > start && rows->others[kept - 1] == rows->others[i];
            double strength = rows->strengths ? rows->strengths[i] : 1;
            if (again && rows->strengths && rows->strengths[kept - 1] >= strength)
                continue;
            kept = again ? kept - 1 : kept;
            rows->others[kept] = rows->others[i];
            if (rows->strengths != NULL)
                rows->strengths[kept] = strength;
            kept++;
        }
    }
    rows->first[rows->count] = kept;
}

static bool relation_holds(const struct neighbours *relation, uint32_t row, uint32_t other)
{
    uint32_t low = relation->first[row], high = relation->first[row + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (relation->others[middle] < other)
            low = middle + 1;
        else
            high = middle;
    }
    return low < relation->first[row + 1] && relation->others[low] == other;
}

/* Copies of a relation with some of its arrows, and with its ends renumbered. */
struct filter {
    const struct framework *framework;
    const uint32_t *origins; /* row of the copy -> row of the original; NULL: the same */
    const uint32_t *numbers; /* original -> copy, UINT32_MAX for what is dropped; NULL: the same */
    bool (*keep)(const void *context, uint32_t row, uint32_t other); /* NULL: all */
    const void *context;
};

static struct rows relation_filter(struct arena *arena, const struct neighbours *relation,
                                   uint32_t count, const struct filter *filter)
{
    uint32_t arrows = relation->first[filter->framework->count];
    struct rows rows = rows_new(arena, count, arrows, relation->strengths != NULL);
    uint32_t kept = 0;
    for (uint32_t row = 0; row < count; row++) {
        uint32_t from = filter->origins ? filter->origins[row] : row;
        rows.first[row] = kept;
        for (uint32_t i = relation->first[from]; i < relation->first[from + 1]; i++) {
            uint32_t other = relation->others[i];
            uint32_t number = filter->numbers ? filter->numbers[other] : other;
            if (number == UINT32_MAX)
                continue;
            if (filter->keep != NULL && !filter->keep(filter->context, from, other))
                continue;
            rows.others[kept] = number;
            if (rows.strengths != NULL)
                rows.strengths[kept] = relation->strengths[i];
            kept++;
        }
    }
    rows.first[count] = kept;
    return rows;
}

/* The other ends of `arrows`, of each argument that they point at. */
static struct neighbours relation_of(struct arena *arena, uint32_t count,
                                     const struct arrows *arrows, bool strengths)
{
    struct rows by_source = rows_from_arrows(arena, count, arrows, strengths);
    struct neighbours sources = rows_relation(&by_source);
    struct rows by_target = rows_transpose(arena, &sources, count);
    rows_unite(&by_target);
    return rows_relation(&by_target);
}

static bool not_attacked_in_full(const void *context, uint32_t row, uint32_t other)
{
    const struct framework *framework = context;
    return !relation_holds(&framework->attackers, row, other);
}

static struct neighbours only_partial(struct arena *arena, const struct framework *framework,
                                      const struct arrows *arrows)
{
    struct neighbours all = relation_of(arena, framework->count, arrows, true);
    struct filter filter = {framework, NULL, NULL, not_attacked_in_full, framework};
    struct rows only = relation_filter(arena, &all, framework->count, &filter);
    return rows_relation(&only);
}

const struct framework *framework_draft_finish(const struct framework_draft *draft)
{
    struct arena *arena = draft->arena;
    struct framework *framework = arena_alloc(arena, sizeof *framework);
    uint32_t count = draft->count;
    struct rows none = rows_new(arena, count, 0, false);
    framework->count = count;
    framework->names = draft->names;
    framework->attackers = relation_of(arena, count, &draft->attacks, false);
    struct rows attacked = rows_transpose(arena, &framework->attackers, count);
    framework->attacked = rows_relation(&attacked);
    framework->partial_attackers = rows_relation(&none);
    framework->supporters = rows_relation(&none);
    if (draft->partial_attacks.count > 0)
        framework->partial_attackers = only_partial(arena, framework, &draft->partial_attacks);
    if (draft->supports.count > 0)
        framework->supporters = relation_of(arena, count, &draft->supports, false);
    return framework;
}

/* --- frameworks from frameworks ----------------------------------------------------------- */

static struct framework *framework_filter(struct arena *arena, uint32_t count,
                                          const struct filter *attacks,
                                          const struct filter *supports)
{
    const struct framework *from = attacks->framework;
    struct framework *framework = arena_alloc(arena, sizeof *framework);
    struct rows attackers = relation_filter(arena, &from->attackers, count, attacks);
    framework->attackers = rows_relation(&attackers);
    struct rows attacked = rows_transpose(arena, &framework->attackers, count);
    struct rows partial = relation_filter(arena, &from->partial_attackers, count, attacks);
    struct rows supporters = relation_filter(arena, &from->supporters, count, supports);
    framework->count = count;
    framework->attacked = rows_relation(&attacked);
    framework->partial_attackers = rows_relation(&partial);
    framework->supporters = rows_relation(&supporters);
    return framework;
}

static const char *const *names_restrict(struct arena *arena, const char *const *names,
                                         const uint32_t *origins, uint32_t count)
{
    if (names == NULL)
        return NULL;
    const char **kept = arena_array(arena, count, sizeof *kept);
    for (uint32_t i = 0; i < count; i++)
        kept[i] = names[origins[i]];
    return kept;
}

const struct framework *framework_restrict(const struct framework *framework, const bool *keep,
                                           struct arena *arena)
{
    uint32_t *numbers = arena_array(arena, framework->count, sizeof *numbers);
    uint32_t *origins = arena_array(arena, framework->count, sizeof *origins);
    uint32_t count = 0;
    for (uint32_t i = 0; i < framework->count; i++) {
        numbers[i] = keep[i] ? count : UINT32_MAX;
        if (keep[i])
            origins[count++] = i;
    }
    struct filter filter = {framework, origins, numbers, NULL, NULL};
    struct framework *restricted = framework_filter(arena, count, &filter, &filter);
    restricted->names = names_restrict(arena, framework->names, origins, count);
    restricted->origins = origins;
    return restricted;
}

/* preferred[first[a]] ..: the arguments to which `a` is directly preferred. */
struct preferences {
    const struct rows *weaker;
    uint32_t *stack; /* [count] */
    uint32_t *seen;  /* [count]: the round in which an argument was met */
    uint32_t *round;
};

/* Whether a chain of preferences, at least one long, leads from `strong` down to `weak`. */
static bool is_preferred(const struct preferences *preferences, uint32_t strong, uint32_t weak)
{
    const struct rows *weaker = preferences->weaker;
    uint32_t depth = 0, round = ++*preferences->round;
    preferences->stack[depth++] = strong;
    while (depth > 0) {
        uint32_t at = preferences->stack[--depth];
        for (uint32_t i = weaker->first[at]; i < weaker->first[at + 1]; i++) {
            uint32_t next = weaker->others[i];
            if (next == weak)
                return true;
            if (preferences->seen[next] == round)
                continue;
            preferences->seen[next] = round;
            preferences->stack[depth++] = next;
        }
    }
    return false;
}

static bool attack_succeeds(const void *context, uint32_t attacked, uint32_t attacker)
{
    return !is_preferred(context, attacked, attacker);
}

static bool preferences_are_sound(const struct preferences *preferences)
{
    const struct rows *weaker = preferences->weaker;
    for (uint32_t i = 0; i < weaker->count; i++)
        if (weaker->first[i] < weaker->first[i + 1] && is_preferred(preferences, i, i))
            return false;
    return true;
}

const struct framework *framework_prefer(const struct framework *framework,
                                         const struct preference *pairs, size_t count,
                                         struct arena *arena)
{
    struct framework_draft *draft = framework_draft_new(arena, framework->count, NULL);
    for (size_t i = 0; i < count; i++)
        if (!framework_draft_support(draft, pairs[i].stronger, pairs[i].weaker))
            return NULL;
    struct rows weaker = rows_from_arrows(arena, framework->count, &draft->supports, false);
    struct preferences preferences = {
        &weaker, arena_array(arena, (size_t)framework->count + 1, sizeof(uint32_t)),
        arena_array(arena, framework->count, sizeof(uint32_t)),
        arena_alloc(arena, sizeof(uint32_t))};
    if (!preferences_are_sound(&preferences))
        return NULL;
    struct filter attacks = {framework, NULL, NULL, attack_succeeds, &preferences};
    struct filter supports = {framework, NULL, NULL, NULL, NULL};
    struct framework *preferred = framework_filter(arena, framework->count, &attacks, &supports);
    preferred->names = framework->names;
    preferred->origins = framework->origins;
    return preferred;
}
