/* Mean and variance: leaves of 256 consecutive lanes, each with 16 interleaved
 * partial sums of the values' distances from the leaf's first, then a binary
 * tree over the leaf's index (Chan, Golub, LeVeque 1979 for joining two). So
 * the bits depend on the values and their lanes alone, and parts of the lanes
 * may be summarised apart and joined.
 *
 * Quantiles: a histogram whose bins are a double's sign, exponent and first 7
 * bits of mantissa, so that a bin's middle is within 2^-8 of each value in it.
 * A page holds the bins of one exponent.
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
    summary->page_capacity = 8;
    summary->pages = arena_array(arena, summary->page_capacity, sizeof *summary->pages);
    return summary;
}

void summary_set_replicate(struct summary *summary, uint64_t lanes)
{
    summary->most_level = 0;
    while ((uint64_t)SUM_LEAF << summary->most_level < lanes)
        summary->most_level++;
}

/* --- the histogram --------------------------------------------------------------------------- */

/* Where the page of `key` stands, or would. Keys near each other do not collide. */
static struct page **page_slot(struct page **pages, uint32_t capacity, uint32_t key)
{
    uint32_t at = key & (capacity - 1);
    while (pages[at] != NULL && pages[at]->key != key)
        at = (at + 1) & (capacity - 1);
    return &pages[at];
}

static void pages_grow(struct summary *summary)
{
    uint32_t capacity = 2 * summary->page_capacity;
    struct page **pages = arena_array(summary->arena, capacity, sizeof *pages);
    for (uint32_t i = 0; i < summary->page_capacity; i++)
        if (summary->pages[i] != NULL)
            *page_slot(pages, capacity, summary->pages[i]->key) = summary->pages[i];
    summary->pages = pages;
    summary->page_capacity = capacity;
}

static struct page *page_new(struct summary *summary, uint32_t key)
{
    if (2 * ++summary->page_count > summary->page_capacity)
        pages_grow(summary);
    struct page *page = arena_alloc(summary->arena, sizeof *page);
    page->key = key;
    *page_slot(summary->pages, summary->page_capacity, key) = page;
    return page;
}

struct page *summary_page(struct summary *summary, uint32_t key)
{
    struct page *page = *page_slot(summary->pages, summary->page_capacity, key);
    return page != NULL ? page : page_new(summary, key);
}

const struct page *summary_find_page(const struct summary *summary, uint32_t key)
{
    return *page_slot(summary->pages, summary->page_capacity, key);
}

/* The values of a summary mostly share a few exponents: their pages are at hand. */
static void histogram_add(struct summary *summary, const double *values, size_t count)
{
    enum { AT_HAND = 4 };
    struct page *pages[AT_HAND] = {NULL};
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = math_bits(values[i]);
        uint32_t key = (uint32_t)(bits >> PAGE_SHIFT);
        struct page **page = &pages[key % AT_HAND];
        if (*page == NULL || (*page)->key != key) {
            if ((key & (SIGN_KEY - 1)) == SIGN_KEY - 1)
                continue; /* not finite */
            *page = summary_page(summary, key);
        }
        (*page)->bins[bits >> BIN_SHIFT & (PAGE_BINS - 1)]++;
    }
}

/* The same for values that are all alike. */
static void histogram_add_same(struct summary *summary, double value, size_t count)
{
    uint64_t bits = math_bits(value);
    struct page *page = summary_page(summary, (uint32_t)(bits >> PAGE_SHIFT));
    page->bins[bits >> BIN_SHIFT & (PAGE_BINS - 1)] += count;
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

/* Values of one leaf. A whole one needs no copy, and if all are the `same` no sums: truths often
 * are. */
static void add_to_leaf(struct summary *summary, const double *values, size_t count, bool same)
{
    if (count == SUM_LEAF) {
        add_whole_leaf(summary, same ? (struct moments){SUM_LEAF, values[0], 0, 0}
                                     : moments_of(summary->kernels->leaf(values, SUM_LEAF)));
        return;
    }
    memcpy(summary->values + summary->in_leaf, values, count * sizeof *values);
    summary->in_leaf += count;
    if (summary->in_leaf == SUM_LEAF)
        add_whole_leaf(summary, moments_of(summary->kernels->leaf(summary->values, SUM_LEAF)));
}

/* Returns whether all values are finite and the same. + 0.0 makes one zero of two, whose order
 * would show the cut into calls. */
static bool add_ends(struct summary *summary, const double *values, size_t count)
{
    struct leaf_ends ends = summary->kernels->ends(values, count);
    bool same = ends.count == (double)count && ends.least == ends.greatest;
    summary->count += (uint64_t)ends.count;
    summary->least = ends.least < summary->least ? ends.least + 0.0 : summary->least;
    summary->greatest = ends.greatest > summary->greatest ? ends.greatest + 0.0 : summary->greatest;
    if (same)
        histogram_add_same(summary, ends.least + 0.0, count);
    else
        histogram_add(summary, values, count);
    return same;
}

void summary_add(struct summary *summary, uint64_t first, const double *values, size_t count)
{
    summary->leaf = first / SUM_LEAF;
    while (count > 0) {
        size_t room = SUM_LEAF - summary->in_leaf, part = count < room ? count : room;
        bool same = add_ends(summary, values, part);
        add_to_leaf(summary, values, part, same);
        summary->taken += part;
        values += part;
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
    for (uint32_t i = 0; i < part->page_capacity; i++) {
        if (part->pages[i] == NULL)
            continue;
        struct page *page = summary_page(summary, part->pages[i]->key);
        for (uint32_t bin = 0; bin < PAGE_BINS; bin++)
            page->bins[bin] += part->pages[i]->bins[bin];
    }
    if (part->in_leaf > 0) {
        memcpy(summary->values, part->values, part->in_leaf * sizeof *part->values);
        summary->in_leaf = part->in_leaf;
        summary->leaf = part->leaf;
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
    struct summary *summary = summary_new(arena, parts[0]->kernels);
    summary->most_level = parts[0]->most_level;
    size_t *at = arena_array(arena, count, sizeof *at);
    for (size_t p = 0; p < count; p++)
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

uint32_t summary_key_at(uint32_t place)
{
    return place < SIGN_KEY ? KEYS - 1 - place : place - SIGN_KEY;
}

uint32_t summary_bin_at(uint32_t key, uint32_t place)
{
    return key >= SIGN_KEY ? PAGE_BINS - 1 - place : place;
}

/* Zero, and what is too small for a logarithmic bin, counts as zero. */
static double bin_middle(uint32_t key, uint32_t bin)
{
    if (key % SIGN_KEY == 0)
        return 0;
    return math_from_bits((uint64_t)key << PAGE_SHIFT | (uint64_t)bin << BIN_SHIFT |
                          (uint64_t)1 << (BIN_SHIFT - 1));
}

static double clamp(double value, double low, double high)
{
    value = value < low ? low : value;
    return value > high ? high : value;
}

/* The middle of the bin that holds the value of this rank, from 0. */
static double value_of_rank(const struct summary *summary, double rank)
{
    double before = 0;
    for (uint32_t place = 0; place < KEYS; place++) {
        uint32_t key = summary_key_at(place);
        const struct page *page = summary_find_page(summary, key);
        for (uint32_t at = 0; page != NULL && at < PAGE_BINS; at++) {
            uint32_t bin = summary_bin_at(key, at);
            before += (double)page->bins[bin];
            if (before > rank)
                return clamp(bin_middle(key, bin), summary->least, summary->greatest);
        }
    }
    return summary->greatest;
}

double summary_quantile(const struct summary *summary, double p)
{
    if (summary->count == 0)
        return (double)NAN;
    if (p <= 0 || p >= 1)
        return p <= 0 ? summary->least : summary->greatest;
    return value_of_rank(summary, floor(p * (double)summary->count));
}
