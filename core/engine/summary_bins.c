/* The histogram of a summary. Its bins are a double's sign, exponent and first 7 bits of mantissa,
 * so that a bin's middle is within 2^-8 of each value in it. A page holds the bins of one exponent.
 */
#include "engine/summary_parts.h"

#include <string.h>

#include "base/math_inline.h"

static uint32_t key_of(double value)
{
    return (uint32_t)(math_bits(value) >> PAGE_SHIFT);
}

static uint32_t bin_of(double value)
{
    return math_bits(value) >> BIN_SHIFT & (PAGE_BINS - 1);
}

/* --- pages ----------------------------------------------------------------------------------- */

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

static struct page *page_of(struct summary *summary, uint32_t key)
{
    struct page *page = *page_slot(summary->pages, summary->page_capacity, key);
    return page != NULL ? page : page_new(summary, key);
}

const struct page *bins_find_page(const struct summary *summary, uint32_t key)
{
    return *page_slot(summary->pages, summary->page_capacity, key);
}

uint64_t page_count(const struct page *page, uint32_t bin)
{
    return page->few[bin] + (page->many == NULL ? 0 : page->many[bin]);
}

static void page_use_many(struct summary *summary, struct page *page)
{
    if (page->many == NULL)
        page->many = arena_array(summary->arena, PAGE_BINS, sizeof *page->many);
}

/* --- adding ---------------------------------------------------------------------------------- */

static void few_to_many(struct summary *summary)
{
    for (uint32_t i = 0; i < summary->page_capacity; i++) {
        struct page *page = summary->pages[i];
        if (page == NULL)
            continue;
        page_use_many(summary, page);
        for (uint32_t bin = 0; bin < PAGE_BINS; bin++)
            page->many[bin] += page->few[bin];
        memset(page->few, 0, sizeof page->few);
    }
    summary->few_counted = 0;
}

/* Before so many values, at most UINT16_MAX, are counted in `few`. */
static void make_room(struct summary *summary, size_t count)
{
    if (count > UINT16_MAX - summary->few_counted)
        few_to_many(summary);
    summary->few_counted += (uint32_t)count;
}

/* The values of a leaf mostly share a few exponents: their bins are at hand. */
void bins_add(struct summary *summary, const double *values, size_t count)
{
    enum { AT_HAND = 16 };
    uint32_t keys[AT_HAND];
    uint16_t *bins[AT_HAND];
    make_room(summary, count);
    for (size_t at = 0; at < AT_HAND; at++)
        keys[at] = KEYS; /* none */
    for (size_t i = 0; i < count; i++) {
        uint32_t key = key_of(values[i]);
        uint32_t at = (key ^ key >> 8) % AT_HAND; /* bit 11 is the sign */
        if (keys[at] != key) {
            if ((key & (SIGN_KEY - 1)) == SIGN_KEY - 1)
                continue; /* not finite */
            keys[at] = key;
            bins[at] = page_of(summary, key)->few;
        }
        bins[at][bin_of(values[i])]++;
    }
}

void bins_add_same(struct summary *summary, double value, size_t count)
{
    make_room(summary, count);
    uint16_t *bin = &page_of(summary, key_of(value))->few[bin_of(value)];
    *bin = (uint16_t)(*bin + count);
}

void bins_add_many(struct summary *summary, uint32_t key, uint32_t bin, uint64_t count)
{
    struct page *page = page_of(summary, key);
    page_use_many(summary, page);
    page->many[bin] += count;
}

void bins_join(struct summary *summary, const struct summary *part)
{
    make_room(summary, part->few_counted);
    for (uint32_t i = 0; i < part->page_capacity; i++) {
        const struct page *from = part->pages[i];
        if (from == NULL)
            continue;
        struct page *page = page_of(summary, from->key);
        for (uint32_t bin = 0; bin < PAGE_BINS; bin++)
            page->few[bin] = (uint16_t)(page->few[bin] + from->few[bin]);
        for (uint32_t bin = 0; from->many != NULL && bin < PAGE_BINS; bin++)
            if (from->many[bin] > 0)
                bins_add_many(summary, from->key, bin, from->many[bin]);
    }
}

/* --- reading --------------------------------------------------------------------------------- */

uint32_t bins_place_of_key(uint32_t key)
{
    return key >= SIGN_KEY ? KEYS - 1 - key : SIGN_KEY + key;
}

static uint32_t key_at(uint32_t place)
{
    return place < SIGN_KEY ? KEYS - 1 - place : place - SIGN_KEY;
}

uint32_t bins_place_of_bin(uint32_t key, uint32_t bin)
{
    return key >= SIGN_KEY ? PAGE_BINS - 1 - bin : bin;
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

/* The middle of the bin that holds the value of this rank, from 0. Between the least and the
 * greatest; but a least of 0 may have come as one with a sign, whose page is the one before. */
static double value_of_rank(const struct summary *summary, double rank)
{
    double before = 0;
    uint32_t first = bins_place_of_key(key_of(summary->least));
    uint32_t last = bins_place_of_key(key_of(summary->greatest));
    for (uint32_t place = first == SIGN_KEY ? first - 1 : first; place <= last; place++) {
        uint32_t key = key_at(place);
        const struct page *page = bins_find_page(summary, key);
        for (uint32_t at = 0; page != NULL && at < PAGE_BINS; at++) {
            uint32_t bin = bins_place_of_bin(key, at);
            before += (double)page_count(page, bin);
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
