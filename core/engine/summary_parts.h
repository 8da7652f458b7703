/* What a summary is made of. Private to core/engine. */
#ifndef ASSIZE_ENGINE_SUMMARY_PARTS_H
#define ASSIZE_ENGINE_SUMMARY_PARTS_H

#include "engine/summary.h"

enum { PAGE_BINS = 128, PAGE_SHIFT = 52, BIN_SHIFT = 45, SIGN_KEY = 0x800, KEYS = 0x1000 };

/* A bin's count is the sum of both: values are counted in `few`, so that the pages of a run stay in
 * a core's cache, and go over to `many` before they could overflow. */
struct page {
    uint32_t key; /* sign and exponent */
    uint16_t few[PAGE_BINS];
    uint64_t *many; /* [PAGE_BINS]; NULL: none */
};

/* The mean is `base`, the first finite value, plus `mean`: so a spread much smaller than the values
 * keeps its digits. `squares`: sum of squared distances from the mean. */
struct moments {
    double count, base, mean, squares;
};

/* A whole branch of the tree: leaves index * 2^level to (index + 1) * 2^level. */
struct branch {
    uint32_t level;
    uint64_t index;
    struct moments moments;
};

struct summary {
    struct arena *arena;
    const struct kernels *kernels;
    uint64_t taken; /* values so far, finite or not */
    uint64_t count; /* finite values */
    double least, greatest;
    struct branch *branches; /* by their first leaf; no two of them are twins */
    size_t branch_count, branch_capacity;
    uint32_t most_level;                /* of a branch: that of a replicate; else UINT32_MAX */
    uint64_t leaf;                      /* the leaf under way */
    size_t in_leaf;                     /* its values so far */
    double *values;                     /* they; NULL until there are any */
    uint32_t few_counted;               /* values in `few` of all pages: at most UINT16_MAX */
    struct page **pages;                /* hashed by key; NULL: free */
    uint32_t page_capacity, page_count; /* the capacity is a power of two */
};

/* The level of a whole replicate's branch: its branches are not joined further. UINT32_MAX without
 * replicates. */
uint32_t summary_most_level(uint64_t replicate);

/* --- the histogram: summary_bins.c ----------------------------------------------------------- */

/* At most a leaf of values. Those that are not finite are in no bin. */
void bins_add(struct summary *summary, const double *values, size_t count);

/* `count` times the finite `value`; at most a leaf. */
void bins_add_same(struct summary *summary, double value, size_t count);

/* Any number of values in one bin. */
void bins_add_many(struct summary *summary, uint32_t key, uint32_t bin, uint64_t count);

void bins_join(struct summary *summary, const struct summary *part);

/* The page of `key`, or NULL. */
const struct page *bins_find_page(const struct summary *summary, uint32_t key);

uint64_t page_count(const struct page *page, uint32_t bin);

/* Where the bins of a key stand from the least value to the greatest, from 0, and a bin among those
 * of its key: negative numbers run backwards. Each is its own inverse by key. */
uint32_t bins_place_of_key(uint32_t key);
uint32_t bins_place_of_bin(uint32_t key, uint32_t bin);

#endif
