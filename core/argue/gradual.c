#include "argue/gradual.h"

#include <math.h>
#include <string.h>

static bool bases_are_sound(const double *base, uint32_t count)
{
    for (uint32_t a = 0; base != NULL && a < count; a++)
        if (!(base[a] >= 0 && base[a] <= 1))
            return false;
    return true;
}

static double largest_gap(const double *a, const double *b, uint32_t count)
{
    double gap = 0;
    for (uint32_t i = 0; i < count; i++)
        if (fabs(a[i] - b[i]) > gap)
            gap = fabs(a[i] - b[i]);
    return gap;
}

static void keep_values(double *strengths, const double *values, uint32_t count)
{
    for (uint32_t a = 0; a < count; a++)
        strengths[a] = values[a];
}

/* --- weighted h-categoriser --------------------------------------------------------------- */

static double attack_sum(const struct neighbours *relation, uint32_t a, const double *values)
{
    double sum = 0;
    for (uint32_t i = relation->first[a]; i < relation->first[a + 1]; i++)
        sum += values[relation->others[i]] * (relation->strengths ? relation->strengths[i] : 1);
    return sum;
}

static void categoriser_step(const struct framework *framework, const double *base,
                             const double *from, double *to)
{
    for (uint32_t a = 0; a < framework->count; a++) {
        double attack = attack_sum(&framework->attackers, a, from) +
                        attack_sum(&framework->partial_attackers, a, from);
        to[a] = (base ? base[a] : 1) / (1 + attack);
    }
}

/* The step turns larger values into smaller ones. So from the bases, which are too large, every
 * second step is too small and the others too large, and the solution lies between two that follow
 * each other: their gap bounds the error. */
bool gradual_categoriser(const struct framework *framework, const double *base, double *strengths,
                         struct arena *arena)
{
    uint32_t count = framework->count;
    if (!bases_are_sound(base, count))
        return false;
    double *values = arena_array(arena, count, sizeof *values);
    double *next = arena_array(arena, count, sizeof *next);
    for (uint32_t a = 0; a < count; a++)
        values[a] = base ? base[a] : 1;
    for (int round = 0; round < GRADUAL_ROUNDS; round++) {
        categoriser_step(framework, base, values, next);
        bool settled = largest_gap(values, next, count) <= GRADUAL_ERROR;
        double *swap = values;
        values = next;
        next = swap;
        if (settled) {
            keep_values(strengths, values, count);
            return true;
        }
    }
    return false;
}

/* --- DF-QuAD ------------------------------------------------------------------------------ */

/* The product of 1 - v, which is 1 - F. */
static double spared(const struct neighbours *relation, uint32_t a, const double *values)
{
    double product = 1;
    for (uint32_t i = relation->first[a]; i < relation->first[a + 1]; i++)
        product *=
            1 - values[relation->others[i]] * (relation->strengths ? relation->strengths[i] : 1);
    return product;
}

static double df_quad_value(const struct framework *framework, double base, uint32_t a,
                            const double *values)
{
    double attack = 1 - spared(&framework->attackers, a, values) *
                            spared(&framework->partial_attackers, a, values);
    double support = 1 - spared(&framework->supporters, a, values);
    return attack >= support ? base - base * (attack - support)
                             : base + (1 - base) * (support - attack);
}

static uint32_t incoming(const struct framework *framework, uint32_t a)
{
    const struct neighbours *relations[] = {&framework->attackers, &framework->partial_attackers,
                                            &framework->supporters};
    uint32_t count = 0;
    for (int i = 0; i < 3; i++)
        count += relations[i]->first[a + 1] - relations[i]->first[a];
    return count;
}

/* Targets of every arrow of any relation: first[a] .. first[a + 1] - 1 are those of a. */
struct targets {
    uint32_t *first, *others;
};

static void each_arrow(const struct framework *framework, uint32_t *cursor, uint32_t *others)
{
    const struct neighbours *relations[] = {&framework->attackers, &framework->partial_attackers,
                                            &framework->supporters};
    for (int r = 0; r < 3; r++)
        for (uint32_t to = 0; to < framework->count; to++)
            for (uint32_t i = relations[r]->first[to]; i < relations[r]->first[to + 1]; i++) {
                uint32_t at = cursor[relations[r]->others[i]]++;
                if (others != NULL)
                    others[at] = to;
            }
}

static struct targets targets_of(const struct framework *framework, struct arena *arena)
{
    uint32_t count = framework->count;
    struct targets targets;
    targets.first = arena_array(arena, (size_t)count + 1, sizeof *targets.first);
    each_arrow(framework, targets.first + 1, NULL);
    for (uint32_t a = 0; a < count; a++)
        targets.first[a + 1] += targets.first[a];
    targets.others = arena_array(arena, targets.first[count], sizeof *targets.others);
    uint32_t *cursor = arena_array(arena, count, sizeof *cursor);
    memcpy(cursor, targets.first, count * sizeof *cursor);
    each_arrow(framework, cursor, targets.others);
    return targets;
}

/* Puts first, each after all that point at it, the arguments that no circle leads to; then the
 * others by number. Returns how many are of the first sort. */
static uint32_t put_in_order(const struct framework *framework, uint32_t *order,
                             struct arena *arena)
{
    struct targets targets = targets_of(framework, arena);
    uint32_t *pending = arena_array(arena, framework->count, sizeof *pending);
    uint32_t ordered = 0;
    for (uint32_t a = 0; a < framework->count; a++) {
        pending[a] = incoming(framework, a);
        if (pending[a] == 0)
            order[ordered++] = a;
    }
    for (uint32_t next = 0; next < ordered; next++)
        for (uint32_t i = targets.first[order[next]]; i < targets.first[order[next] + 1]; i++)
            if (--pending[targets.others[i]] == 0)
                order[ordered++] = targets.others[i];
    uint32_t end = ordered;
    for (uint32_t a = 0; a < framework->count; a++)
        if (pending[a] != 0)
            order[end++] = a;
    return ordered;
}

bool gradual_df_quad(const struct framework *framework, const double *base, double *strengths,
                     struct arena *arena)
{
    uint32_t count = framework->count;
    if (!bases_are_sound(base, count))
        return false;
    uint32_t *order = arena_array(arena, count, sizeof *order);
    double *values = arena_array(arena, count, sizeof *values);
    double *next = arena_array(arena, count, sizeof *next);
    uint32_t ordered = put_in_order(framework, order, arena);
    for (uint32_t a = 0; a < count; a++)
        values[a] = base ? base[a] : 0.5;
    for (uint32_t i = 0; i < ordered; i++)
        values[order[i]] = df_quad_value(framework, base ? base[order[i]] : 0.5, order[i], values);
    bool settled = ordered == count;
    for (int round = 0; !settled && round < GRADUAL_ROUNDS; round++) {
        memcpy(next, values, count * sizeof *next);
        for (uint32_t i = ordered; i < count; i++)
            next[order[i]] =
                df_quad_value(framework, base ? base[order[i]] : 0.5, order[i], values);
        settled = largest_gap(values, next, count) <= GRADUAL_ERROR;
        memcpy(values, next, count * sizeof *next);
    }
    if (settled)
        keep_values(strengths, values, count);
    return settled;
}
