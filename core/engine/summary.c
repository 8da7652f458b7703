/* Mean and variance: leaves of 256 consecutive values, each with 16 interleaved partial sums of the
 * values' distances from the leaf's first, then a binary tree over the leaf's index (Chan, Golub,
 * LeVeque 1979 for joining two). So the bits depend on the values and their order alone.
 *
 * Quantiles: a histogram whose bins are a double's sign, exponent and first 7 bits of mantissa, so
 * that a bin's middle is within 2^-8 of each value in it. A page holds the bins of one exponent.
 */
#include "engine/summary.h"

#include "base/math_inline.h"
#include "engine/kernels.h"

enum { PAGE_BINS = 128, PAGE_SHIFT = 52, BIN_SHIFT = 45, SIGN_KEY = 0x800, KEYS = 0x1000 };

struct page {
    uint32_t key; /* sign and exponent */
    uint64_t bins[PAGE_BINS];
};

/* Means are kept as distances from the first finite value of all, so that a spread much smaller
 * than the values keeps its digits. */
struct moments {
    double count, mean, squares; /* squares: sum of squared distances from the mean */
};

struct summary {
    struct arena *arena;
    uint64_t taken; /* values so far, finite or not */
    uint64_t count; /* finite values */
    double least, greatest;
    double base;  /* the first finite value */
    double pivot; /* the first finite value of the leaf under way */
    double sums[SUM_PARTIALS], squares[SUM_PARTIALS];
    uint32_t in_leaf;                   /* finite values in the leaf under way */
    struct moments levels[64];          /* [l]: 2^l leaves, where bit l of their number is set */
    struct page **pages;                /* hashed by key; NULL: free */
    uint32_t page_capacity, page_count; /* the capacity is a power of two */
};

struct summary *summary_new(struct arena *arena)
{
    struct summary *summary = arena_alloc(arena, sizeof *summary);
    summary->arena = arena;
    summary->page_capacity = 8;
    summary->pages = arena_array(arena, summary->page_capacity, sizeof *summary->pages);
    return summary;
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

static void histogram_add(struct summary *summary, double value)
{
    uint64_t bits = math_bits(value);
    uint32_t key = (uint32_t)(bits >> PAGE_SHIFT);
    struct page *page = *page_slot(summary->pages, summary->page_capacity, key);
    if (page == NULL)
        page = page_new(summary, key);
    page->bins[bits >> BIN_SHIFT & (PAGE_BINS - 1)]++;
}

/* --- moments --------------------------------------------------------------------------------- */

/* `a` comes before `b`; either may be empty. */
static struct moments moments_join(struct moments a, struct moments b)
{
    if (a.count == 0 || b.count == 0)
        return a.count == 0 ? b : a;
    double count = a.count + b.count, apart = b.mean - a.mean;
    double part = b.count / count;
    return (struct moments){count, a.mean + apart * part,
                            a.squares + b.squares + apart * apart * (a.count * part)};
}

static double partials_sum(const double *partials)
{
    double sum = partials[0];
    for (int p = 1; p < SUM_PARTIALS; p++)
        sum += partials[p];
    return sum;
}

static struct moments leaf_moments(const struct summary *summary)
{
    if (summary->in_leaf == 0)
        return (struct moments){0};
    double count = summary->in_leaf, off = partials_sum(summary->sums) / count;
    double squares = partials_sum(summary->squares) - count * off * off;
    double mean = (summary->pivot - summary->base) + off;
    return (struct moments){count, mean, squares > 0 ? squares : 0};
}

static void leaf_close(struct summary *summary)
{
    struct moments moments = leaf_moments(summary);
    uint64_t leaf = summary->taken / SUM_LEAF - 1;
    int level = 0;
    for (; (leaf >> level & 1) != 0; level++)
        moments = moments_join(summary->levels[level], moments);
    summary->levels[level] = moments;
    summary->in_leaf = 0;
    for (int p = 0; p < SUM_PARTIALS; p++)
        summary->sums[p] = summary->squares[p] = 0;
}

static struct moments all_moments(const struct summary *summary)
{
    struct moments moments = leaf_moments(summary);
    uint64_t leaves = summary->taken / SUM_LEAF;
    for (int level = 0; level < 64; level++)
        if ((leaves >> level & 1) != 0)
            moments = moments_join(summary->levels[level], moments);
    return moments;
}

static void add_finite(struct summary *summary, double value)
{
    if (summary->count == 0)
        summary->base = summary->least = summary->greatest = value;
    if (summary->in_leaf == 0)
        summary->pivot = value;
    double off = value - summary->pivot;
    summary->sums[summary->taken % SUM_PARTIALS] += off;
    summary->squares[summary->taken % SUM_PARTIALS] += off * off;
    summary->least = value < summary->least ? value : summary->least;
    summary->greatest = value > summary->greatest ? value : summary->greatest;
    summary->count++;
    summary->in_leaf++;
    histogram_add(summary, value);
}

void summary_add(struct summary *summary, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i]))
            add_finite(summary, values[i]);
        summary->taken++;
        if (summary->taken % SUM_LEAF == 0)
            leaf_close(summary);
    }
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
    return summary->count == 0 ? (double)NAN : summary->base + all_moments(summary).mean;
}

double summary_variance(const struct summary *summary)
{
    if (summary->count < 2)
        return 0;
    return all_moments(summary).squares / ((double)summary->count - 1);
}

double summary_error(const struct summary *summary)
{
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

/* Keys and bins from the least value to the greatest: negative numbers run backwards. */
static uint32_t key_at(uint32_t place)
{
    return place < SIGN_KEY ? KEYS - 1 - place : place - SIGN_KEY;
}

static uint32_t bin_at(uint32_t key, uint32_t place)
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
        uint32_t key = key_at(place);
        const struct page *page = *page_slot(summary->pages, summary->page_capacity, key);
        for (uint32_t at = 0; page != NULL && at < PAGE_BINS; at++) {
            uint32_t bin = bin_at(key, at);
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
