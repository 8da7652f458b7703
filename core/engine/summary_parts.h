/* What a summary is made of. Private to core/engine. */
#ifndef ASSIZE_ENGINE_SUMMARY_PARTS_H
#define ASSIZE_ENGINE_SUMMARY_PARTS_H

#include "engine/summary.h"

enum { PAGE_BINS = 128, PAGE_SHIFT = 52, BIN_SHIFT = 45, SIGN_KEY = 0x800, KEYS = 0x1000 };

struct page {
    uint32_t key; /* sign and exponent */
    uint64_t bins[PAGE_BINS];
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
    double values[SUM_LEAF];            /* they */
    struct page **pages;                /* hashed by key; NULL: free */
    uint32_t page_capacity, page_count; /* the capacity is a power of two */
};

/* The page of `key`, made where there is none. */
struct page *summary_page(struct summary *summary, uint32_t key);

/* The page of `key`, or NULL. */
const struct page *summary_find_page(const struct summary *summary, uint32_t key);

/* Keys and bins from the least value to the greatest: negative numbers run backwards. */
uint32_t summary_key_at(uint32_t place);
uint32_t summary_bin_at(uint32_t key, uint32_t place);

#endif
