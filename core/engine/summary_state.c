#include "engine/summary_state.h"

#include <string.h>

#include "base/math_inline.h"
#include "engine/summary_parts.h"

bool state_branch_place(struct state_lanes lanes, size_t at, uint32_t *level, uint64_t *index)
{
    uint64_t leaf = lanes.first / SUM_LEAF, end = leaf + lanes.count / SUM_LEAF;
    uint32_t most_level = summary_most_level(lanes.replicate);
    for (size_t branch = 0; leaf < end; branch++) {
        *level = 0;
        while (*level < most_level && (leaf >> *level) % 2 == 0 &&
               (uint64_t)2 << *level <= end - leaf)
            ++*level;
        *index = leaf >> *level;
        if (branch == at)
            return true;
        leaf += (uint64_t)1 << *level;
    }
    return false;
}

/* --- taking apart ---------------------------------------------------------------------------- */

static void take_branches(struct arena *arena, const struct summary *summary,
                          struct summary_state *state)
{
    state->branches = arena_array(arena, summary->branch_count, sizeof *state->branches);
    state->branch_count = summary->branch_count;
    for (size_t b = 0; b < summary->branch_count; b++) {
        const struct branch *branch = &summary->branches[b];
        state->branches[b] = (struct state_branch){.level = branch->level, .index = branch->index};
        if (branch->moments.count == 0)
            continue;
        state->branches[b].count = (uint64_t)branch->moments.count;
        state->branches[b].base = branch->moments.base;
        state->branches[b].mean = branch->moments.mean;
        state->branches[b].squares = branch->moments.squares;
    }
}

static void take_rest(struct arena *arena, const struct summary *summary,
                      struct summary_state *state)
{
    state->rest = arena_array(arena, summary->in_leaf, sizeof *state->rest);
    state->rest_count = summary->in_leaf;
    for (size_t i = 0; i < summary->in_leaf; i++)
        state->rest[i] = isfinite(summary->values[i]) ? summary->values[i] : (double)NAN;
}

/* What is next to zero from below counts as zero, and whether a zero has a sign may depend on the
 * cut into blocks: so it is put to the zeros without one. */
static uint64_t bin_values(const struct summary *summary, uint32_t key, uint32_t bin)
{
    const struct page *page = bins_find_page(summary, key);
    const struct page *below = bins_find_page(summary, SIGN_KEY);
    uint64_t count = page != NULL ? page_count(page, bin) : 0;
    for (uint32_t i = 0; key == 0 && bin == 0 && below != NULL && i < PAGE_BINS; i++)
        count += page_count(below, i);
    return count;
}

static void take_bins(struct arena *arena, const struct summary *summary,
                      struct summary_state *state)
{
    for (int pass = 0; pass < 2; pass++) { /* how many there are, then they */
        size_t at = 0;
        for (uint32_t key = 0; key < KEYS; key++)
            for (uint32_t bin = 0; key != SIGN_KEY && bin < PAGE_BINS; bin++) {
                if (key != 0 && bins_find_page(summary, key) == NULL)
                    break;
                uint64_t count = bin_values(summary, key, bin);
                if (count > 0 && pass > 0)
                    state->bins[at] = (struct state_bin){key, bin, count};
                at += count > 0;
            }
        if (pass == 0)
            state->bins = arena_array(arena, at, sizeof *state->bins);
        state->bin_count = at;
    }
}

void summary_take_apart(struct arena *arena, const struct summary *summary,
                        struct summary_state *state)
{
    *state = (struct summary_state){.taken = summary->taken, .count = summary->count};
    if (summary->count > 0) {
        state->least = summary->least;
        state->greatest = summary->greatest;
    }
    take_branches(arena, summary, state);
    take_rest(arena, summary, state);
    take_bins(arena, summary, state);
}

/* --- whether it agrees with itself ----------------------------------------------------------- */

static const char *check_branch(const struct summary_state *state,
                                const struct state_branch *branch)
{
    double span = state->greatest - state->least;
    double slack = 1e-9 * (fabs(state->greatest) + fabs(state->least));
    if (branch->count > (uint64_t)SUM_LEAF << branch->level)
        return "a branch has more values than lanes";
    if (branch->count == 0)
        return NULL;
    if (!(branch->base >= state->least && branch->base <= state->greatest))
        return "a value of a branch lies outside the least and the greatest";
    double mean = branch->base + branch->mean; /* too large sums are not finite, and stay so */
    if (isfinite(mean) && (mean < state->least - slack || mean > state->greatest + slack))
        return "the mean of a branch lies outside the least and the greatest";
    if (branch->squares < 0 ||
        (isfinite(branch->squares) &&
         branch->squares > (double)branch->count * (span + slack) * (span + slack)))
        return "the squares of a branch do not fit its values";
    return NULL;
}

static const char *check_branches(const struct summary_state *state, struct state_lanes lanes)
{
    uint64_t index, finite = 0;
    uint32_t level;
    for (size_t b = 0; b < state->branch_count; b++) {
        const struct state_branch *branch = &state->branches[b];
        if (!state_branch_place(lanes, b, &level, &index) || branch->level != level ||
            branch->index != index)
            return "its branches are not those of its draws";
        const char *fault = check_branch(state, branch);
        if (fault != NULL)
            return fault;
        finite += branch->count;
    }
    if (state_branch_place(lanes, state->branch_count, &level, &index))
        return "a branch is missing";
    for (size_t i = 0; i < state->rest_count; i++) {
        if (isnan(state->rest[i]))
            continue;
        if (!(state->rest[i] >= state->least && state->rest[i] <= state->greatest))
            return "a value lies outside the least and the greatest";
        finite++;
    }
    return finite != state->count ? "its branches have another number of values than it has" : NULL;
}

/* Where a bin stands from the least to the greatest; see bin_values() for zeros. */
static uint64_t bin_place(uint32_t key, uint32_t bin)
{
    return (uint64_t)bins_place_of_key(key) * PAGE_BINS + bins_place_of_bin(key, bin);
}

static uint64_t place_of_value(double value)
{
    uint64_t bits = math_bits(value);
    uint32_t key = (uint32_t)(bits >> PAGE_SHIFT);
    return key == SIGN_KEY ? bin_place(0, 0) : bin_place(key, bits >> BIN_SHIFT & (PAGE_BINS - 1));
}

static bool is_bin(const struct state_bin *bin, const struct state_bin *before)
{
    if (bin->key >= KEYS || bin->bin >= PAGE_BINS || bin->key == SIGN_KEY ||
        (bin->key & (SIGN_KEY - 1)) == SIGN_KEY - 1 || bin->count == 0)
        return false;
    return before == NULL || bin->key > before->key ||
           (bin->key == before->key && bin->bin > before->bin);
}

static const char *check_bins(const struct summary_state *state)
{
    uint64_t counted = 0, least = UINT64_MAX, greatest = 0;
    for (size_t b = 0; b < state->bin_count; b++) {
        const struct state_bin *bin = &state->bins[b];
        if (!is_bin(bin, b > 0 ? bin - 1 : NULL))
            return "its bins are not in order";
        if (bin->count > state->count - counted)
            return "its bins have more values than it has";
        uint64_t place = bin_place(bin->key, bin->bin);
        counted += bin->count;
        least = place < least ? place : least;
        greatest = place > greatest ? place : greatest;
    }
    if (counted != state->count)
        return "its bins have fewer values than it has";
    if (state->count > 0 &&
        (least != place_of_value(state->least) || greatest != place_of_value(state->greatest)))
        return "its bins do not begin and end with the least and the greatest";
    return NULL;
}

static const char *check_state(const struct summary_state *state, struct state_lanes lanes)
{
    if (state->taken != lanes.count || state->count > lanes.count ||
        state->rest_count != lanes.count % SUM_LEAF)
        return "it is of another number of draws";
    if (state->count > 0 &&
        !(isfinite(state->least) && isfinite(state->greatest) && state->least <= state->greatest))
        return "its least and greatest are no such values";
    const char *fault = check_branches(state, lanes);
    return fault != NULL ? fault : check_bins(state);
}

/* --- putting together ------------------------------------------------------------------------ */

static void put_branches(struct arena *arena, const struct summary_state *state,
                         struct summary *summary)
{
    summary->branches = arena_array(arena, state->branch_count, sizeof *summary->branches);
    summary->branch_count = summary->branch_capacity = state->branch_count;
    for (size_t b = 0; b < state->branch_count; b++) {
        const struct state_branch *from = &state->branches[b];
        summary->branches[b] = (struct branch){
            from->level, from->index, {(double)from->count, from->base, from->mean, from->squares}};
    }
}

const char *summary_put_together(struct arena *arena, const struct summary_state *state,
                                 struct state_lanes lanes, struct summary **summary)
{
    const char *fault = check_state(state, lanes);
    if (fault != NULL)
        return fault;
    struct summary *put = summary_new(arena, kernels_for(ISA_BEST));
    if (lanes.replicate != 0)
        summary_set_replicate(put, lanes.replicate);
    put->taken = state->taken;
    put->count = state->count;
    if (state->count > 0) {
        put->least = state->least + 0.0; /* one zero of two, as summary_add() has it */
        put->greatest = state->greatest + 0.0;
    }
    put_branches(arena, state, put);
    for (size_t b = 0; b < state->bin_count; b++)
        bins_add_many(put, state->bins[b].key, state->bins[b].bin, state->bins[b].count);
    put->leaf = (lanes.first + lanes.count) / SUM_LEAF;
    put->in_leaf = state->rest_count;
    if (state->rest_count > 0)
        memcpy(put->values = arena_array(arena, SUM_LEAF, sizeof *put->values), state->rest,
               state->rest_count * sizeof *state->rest);
    *summary = put;
    return NULL;
}

static struct summary *join_at(struct arena *arena, const struct summaries *parts, size_t count,
                               struct summary **each, bool pair, size_t at)
{
    for (size_t p = 0; p < count; p++)
        each[p] = pair ? parts[p].pair[at] : parts[p].cell[at];
    return summary_join(arena, each, count);
}

void summaries_join(struct arena *arena, const struct summaries *parts, size_t part_count,
                    size_t cells, size_t pairs, struct summaries *summaries)
{
    struct summary **each = arena_array(arena, part_count, sizeof(struct summary *));
    struct summaries joined = {.cell = arena_array(arena, cells, sizeof(struct summary *)),
                               .pair = arena_array(arena, pairs, sizeof(struct summary *))};
    for (size_t p = 0; p < part_count; p++)
        joined.lanes += parts[p].lanes;
    for (size_t c = 0; c < cells; c++)
        joined.cell[c] = join_at(arena, parts, part_count, each, false, c);
    for (size_t p = 0; p < pairs; p++)
        joined.pair[p] = join_at(arena, parts, part_count, each, true, p);
    *summaries = joined;
}
