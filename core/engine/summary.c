/* Mean and variance: leaves of 256 consecutive lanes, each with 16 interleaved
 * partial sums of the values' distances from the leaf's first, then a binary
 * tree over the leaf's index (Chan, Golub, LeVeque 1979 for joining two). So
 * the bits depend on the values and their lanes alone, and parts of the lanes
 * may be summarised apart and joined.
 *
 * Quantiles are read off a histogram: summary_bins.c.
 */
#include "engine/summary_parts.h"

#include <string.h>

#include "base/math_inline.h"

struct summary *summary_new(struct arena *arena, const struct kernels *kernels)
{
    struct summary *summary = arena_alloc(arena, sizeof *summary);
    summary->arena = arena;
    summary->kernels = kernels;
    summary->most_level = UINT32_MAX;
    summary->least = HUGE_VAL;
    summary->greatest = -HUGE_VAL;
    summary->page_capacity = 16;
    summary->pages = arena_array(arena, summary->page_capacity, sizeof *summary->pages);
    return summary;
}

void summary_set_replicate(struct summary *summary, uint64_t lanes)
{
    summary->most_level = summary_most_level(lanes);
}

uint32_t summary_most_level(uint64_t replicate)
{
    uint32_t level = 0;
    while (replicate != 0 && (uint64_t)SUM_LEAF << level < replicate)
        level++;
    return replicate == 0 ? UINT32_MAX : level;
}

/* --- moments --------------------------------------------------------------------------------- */

/* `a` comes before `b`; either may be empty. */
static struct moments moments_join(struct moments a, struct moments b)
{
    if (a.count == 0 || b.count == 0)
        return a.count == 0 ? b : a;
    double count = a.count + b.count, apart = (b.base - a.base) + (b.mean - a.mean);
    double part = b.count / count;
    return (struct moments){count, a.base, a.mean + apart * part,
                            a.squares + b.squares + apart * apart * (a.count * part)};
}

static struct moments moments_of(struct leaf_sums leaf)
{
    if (leaf.count == 0)
        return (struct moments){0};
    double off = leaf.off / leaf.count;
    double squares = leaf.squares - leaf.count * off * off;
    return (struct moments){leaf.count, leaf.pivot, off, squares > 0 ? squares : 0};
}

/* Twins become their parent, as often as there are any. */
static void branch_add(struct summary *summary, struct branch branch)
{
    while (summary->branch_count > 0) {
        const struct branch *last = &summary->branches[summary->branch_count - 1];
        if (last->level != branch.level || last->index % 2 != 0 ||
            last->index + 1 != branch.index || branch.level == summary->most_level)
            break;
        branch = (struct branch){branch.level + 1, branch.index / 2,
                                 moments_join(last->moments, branch.moments)};
        summary->branch_count--;
    }
    if (summary->branch_count == summary->branch_capacity) {
        summary->branches = arena_grow(summary->arena, summary->branches, summary->branch_count,
                                       sizeof *summary->branches);
        summary->branch_capacity = summary->branch_count == 0 ? 1 : 2 * summary->branch_count;
    }
    summary->branches[summary->branch_count++] = branch;
}

/* The leaf under way counts as a branch after all others. */
static struct moments all_moments(const struct summary *summary)
{
    struct moments moments = moments_of(summary->kernels->leaf(summary->values, summary->in_leaf));
    for (size_t b = summary->branch_count; b-- > 0;)
        moments = moments_join(summary->branches[b].moments, moments);
    return moments;
}

/* --- adding ---------------------------------------------------------------------------------- */

static void add_whole_leaf(struct summary *summary, struct moments moments)
{
    branch_add(summary, (struct branch){0, summary->leaf, moments});
    summary->leaf++;
    summary->in_leaf = 0;
}

/* Behind those of the leaf under way that came before. */
static void keep_values(struct summary *summary, const double *values, size_t count)
{
    if (summary->values == NULL)
        summary->values = arena_array(summary->arena, SUM_LEAF, sizeof *summary->values);
    memcpy(summary->values + summary->in_leaf, values, count * sizeof *values);
    summary->in_leaf += count;
}

/* Values of a leaf that comes in parts. */
static void add_to_leaf(struct summary *summary, const double *values, size_t count)
{
    keep_values(summary, values, count);
    if (summary->in_leaf == SUM_LEAF)
        add_whole_leaf(summary, moments_of(summary->kernels->leaf(summary->values, SUM_LEAF)));
}

/* + 0.0 makes one zero of two, whose order would show the cut into calls. */
static void add_ends(struct summary *summary, struct leaf_ends ends)
{
    summary->count += ends.count;
    summary->least = ends.least < summary->least ? ends.least + 0.0 : summary->least;
    summary->greatest = ends.greatest > summary->greatest ? ends.greatest + 0.0 : summary->greatest;
}

/* A whole leaf of nothing but one finite value: there are no distances to add up. */
static void add_leaf_of(struct summary *summary, double value)
{
    add_ends(summary, (struct leaf_ends){SUM_LEAF, value, value});
    bins_add_same(summary, value + 0.0, SUM_LEAF);
    add_whole_leaf(summary, (struct moments){SUM_LEAF, value, 0, 0});
}

/* What the loops over a leaf come to where each value is 0 or 1: all sums are whole numbers, and so
 * exact. */
static struct moments moments_of_truths(double first, size_t ones)
{
    double others = first == 0 ? (double)ones : (double)(SUM_LEAF - ones);
    return moments_of((struct leaf_sums){SUM_LEAF, first, first == 0 ? others : -others, others});
}

/* A whole leaf needs no copy. Truths are counted: they are many of what is summarised. */
static void add_leaf(struct summary *summary, const double *values)
{
    const struct kernels *kernels = summary->kernels;
    struct leaf_ends ends = kernels->ends(values, SUM_LEAF);
    size_t ones;
    if (ends.count == SUM_LEAF && ends.least == ends.greatest) {
        add_leaf_of(summary, values[0]);
        return;
    }
    add_ends(summary, ends);
    if (ends.least == 0 && ends.greatest == 1 && kernels->truths(values, SUM_LEAF, &ones)) {
        bins_add_same(summary, 0, SUM_LEAF - ones);
        bins_add_same(summary, 1, ones);
        add_whole_leaf(summary, moments_of_truths(values[0], ones));
    } else {
        bins_add(summary, values, SUM_LEAF);
        add_whole_leaf(summary, moments_of(kernels->leaf(values, SUM_LEAF)));
    }
}

void summary_add(struct summary *summary, uint64_t first, const double *values, size_t count)
{
    summary->leaf = first / SUM_LEAF;
    summary->taken += count;
    while (count > 0) {
        size_t room = SUM_LEAF - summary->in_leaf, part = count < room ? count : room;
        if (part == SUM_LEAF) {
            add_leaf(summary, values);
        } else {
            add_ends(summary, summary->kernels->ends(values, part));
            bins_add(summary, values, part);
            add_to_leaf(summary, values, part);
        }
        values += part;
        count -= part;
    }
}

void summary_add_same(struct summary *summary, uint64_t first, double value, size_t count)
{
    double values[SUM_LEAF];
    for (size_t i = 0; i < SUM_LEAF; i++)
        values[i] = value;
    while (count > 0) {
        size_t room = SUM_LEAF - summary->in_leaf, part = count < room ? count : room;
        if (part == SUM_LEAF && isfinite(value)) {
            summary->leaf = first / SUM_LEAF;
            summary->taken += SUM_LEAF;
            add_leaf_of(summary, value);
        } else {
            summary_add(summary, first, values, part);
        }
        first += part;
        count -= part;
    }
}

/* --- joining --------------------------------------------------------------------------------- */

static void join_counts(struct summary *summary, const struct summary *part)
{
    summary->taken += part->taken;
    summary->count += part->count;
    summary->least = part->least < summary->least ? part->least : summary->least;
    summary->greatest = part->greatest > summary->greatest ? part->greatest : summary->greatest;
    bins_join(summary, part);
    if (part->in_leaf > 0) {
        summary->leaf = part->leaf;
        keep_values(summary, part->values, part->in_leaf);
    }
}

/* The part whose next branch comes first, or `count`. */
static size_t next_part(struct summary *const *parts, const size_t *at, size_t count)
{
    size_t next = count;
    uint64_t least = UINT64_MAX;
    for (size_t p = 0; p < count; p++) {
        if (at[p] == parts[p]->branch_count)
            continue;
        const struct branch *branch = &parts[p]->branches[at[p]];
        uint64_t first = branch->index << branch->level;
        if (first < least) {
            least = first;
            next = p;
        }
    }
    return next;
}

struct summary *summary_join(struct arena *arena, struct summary *const *parts, size_t count)
{
    struct summary *summary = arena_alloc(arena, sizeof *summary);
    size_t *at = arena_array(arena, count, sizeof *at);
    *summary = *parts[0];
    summary->arena = arena;
    summary->branches = NULL;
    summary->branch_count = summary->branch_capacity = 0;
    for (size_t p = 1; p < count; p++)
        join_counts(summary, parts[p]);
    for (size_t p = next_part(parts, at, count); p < count; p = next_part(parts, at, count))
        branch_add(summary, parts[p]->branches[at[p]++]);
    return summary;
}

/* --- reading --------------------------------------------------------------------------------- */

uint64_t summary_count(const struct summary *summary)
{
    return summary->count;
}

uint64_t summary_not_finite(const struct summary *summary)
{
    return summary->taken - summary->count;
}

double summary_mean(const struct summary *summary)
{
    struct moments moments = all_moments(summary);
    return summary->count == 0 ? (double)NAN : moments.base + moments.mean;
}

double summary_variance(const struct summary *summary)
{
    if (summary->count < 2)
        return 0;
    return all_moments(summary).squares / ((double)summary->count - 1);
}

/* Of n values in R replicates of which r has n_r and the mean m_r, the mean m is the sum of m_r n_r
 * / n, and its squared error R / (R - 1) times the sum of (n_r / n)^2 (m_r - m)^2. Where all n_r
 * are the same, that is the variance of the m_r by R (Owen 1997; L'Ecuyer 2018); else the values
 * are those lanes that have one, and m is a ratio (Cochran 1977, Sampling Techniques, 6.9). */
static double error_of_replicates(const struct summary *summary)
{
    struct moments whole = {0};
    double replicates = 0, sum = 0;
    for (size_t b = 0; b < summary->branch_count; b++) {
        const struct branch *branch = &summary->branches[b];
        if (branch->level != summary->most_level)
            continue;
        whole = moments_join(whole, branch->moments);
        replicates += branch->moments.count > 0 ? 1 : 0;
    }
    if (replicates < 2)
        return (double)NAN;
    for (size_t b = 0; b < summary->branch_count; b++) {
        const struct branch *branch = &summary->branches[b];
        const struct moments *part = &branch->moments;
        if (branch->level != summary->most_level || part->count == 0)
            continue;
        double off = (part->base - whole.base) + (part->mean - whole.mean);
        off *= part->count / whole.count;
        sum += off * off;
    }
    return sqrt(sum * (replicates / (replicates - 1)));
}

double summary_error(const struct summary *summary)
{
    if (summary->most_level != UINT32_MAX && summary->count > 0)
        return error_of_replicates(summary);
    return summary->count == 0 ? 0 : sqrt(summary_variance(summary) / (double)summary->count);
}

double summary_least(const struct summary *summary)
{
    return summary->count == 0 ? (double)NAN : summary->least;
}

double summary_greatest(const struct summary *summary)
{
    return summary->count == 0 ? (double)NAN : summary->greatest;
}
