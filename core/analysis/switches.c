#include "analysis/switches.h"

#include <math.h>

#include "analysis/lanes.h"
#include "analysis/probe.h"

/* A gap is divided into PARTS, ROUNDS times: 16^5 parts of a twentieth are below a millionth.
 * Beyond MOST_GAPS the verdict flickers rather than switches, and is left as it was found. */
enum { PARTS = 16, ROUNDS = 5, MOST_GAPS = 40 };

/* The verdict at one value. */
struct spot {
    double value;
    enum verdict verdict;
    bool one_case_failed;
};

/* The spots that are known along one premise, in the order of their values. */
struct search {
    struct arena *arena;
    const struct result *result;
    const struct model *model;
    size_t theory, regime;
    uint32_t premise;
    struct spot *spots;
    size_t count;
    struct diags *diags;
};

/* --- verdicts at values ---------------------------------------------------------------------- */

/* Fills the verdicts of `count` spots, in one batch. */
static enum status spots_judge(struct search *search, struct spot *spots, size_t count)
{
    struct arena *arena = search->arena;
    const struct model *model = search->model;
    bool *only = arena_array(arena, model->scenario->theory_count, sizeof *only);
    double *values = arena_array(arena, count, sizeof *values);
    only[search->theory] = true;
    for (size_t p = 0; p < count; p++)
        values[p] = spots[p].value;
    struct probe probe = probe_make(arena, model, only, PROBE_REQUIRES);
    struct lane_walk walk = {search->premise, values, count};
    struct lane_plan plan = lanes_along(arena, model, &walk, 1);
    double *out = arena_array(arena, probe.cells * count, sizeof *out);
    if (lanes_evaluate(arena, model, &plan, probe.wanted, probe.count, out, search->diags) !=
        STATUS_OK)
        return diags_status(search->diags);
    for (size_t p = 0; p < count; p++) {
        struct probed probed = {&probe, out, count, p};
        spots[p].verdict = probed_verdict(&probed, search->theory, search->regime);
        spots[p].one_case_failed =
            probed_one_case_failed(arena, &probed, search->theory, search->regime);
    }
    return STATUS_OK;
}

/* --- dividing gaps --------------------------------------------------------------------------- */

static bool spot_same(const struct spot *a, const struct spot *b)
{
    return a->verdict == b->verdict && a->one_case_failed == b->one_case_failed;
}

static size_t count_gaps(const struct search *search)
{
    size_t gaps = 0;
    for (size_t p = 1; p < search->count; p++)
        gaps += !spot_same(&search->spots[p - 1], &search->spots[p]);
    return gaps;
}

/* The spots that divide every gap, in order. */
static struct spot *spots_between(const struct search *search, size_t gaps)
{
    struct spot *between = arena_array(search->arena, gaps * (PARTS - 1), sizeof *between);
    size_t made = 0;
    for (size_t p = 1; p < search->count; p++) {
        double from = search->spots[p - 1].value, to = search->spots[p].value;
        if (spot_same(&search->spots[p - 1], &search->spots[p]))
            continue;
        for (size_t i = 1; i < PARTS; i++)
            between[made++].value = from + (to - from) * ((double)i / PARTS);
    }
    return between;
}

/* Both lists in order, as one. */
static void spots_merge(struct search *search, const struct spot *between, size_t count)
{
    struct spot *merged = arena_array(search->arena, search->count + count, sizeof *search->spots);
    size_t old = 0, fresh = 0, made = 0;
    while (old < search->count || fresh < count) {
        bool take_old = fresh == count ||
                        (old < search->count && search->spots[old].value <= between[fresh].value);
        merged[made++] = take_old ? search->spots[old++] : between[fresh++];
    }
    search->spots = merged;
    search->count = made;
}

static enum status spots_refine(struct search *search)
{
    for (int round = 0; round < ROUNDS; round++) {
        size_t gaps = count_gaps(search);
        if (gaps == 0 || gaps > MOST_GAPS)
            return STATUS_OK;
        struct spot *between = spots_between(search, gaps);
        if (spots_judge(search, between, gaps * (PARTS - 1)) != STATUS_OK)
            return diags_status(search->diags);
        spots_merge(search, between, gaps * (PARTS - 1));
    }
    return STATUS_OK;
}

/* Places with one verdict, as one stretch; it ends in the middle of the gap that is left. */
static struct switches make_switches(const struct search *search)
{
    struct stretch *stretches =
        arena_array(search->arena, count_gaps(search) + 1, sizeof *stretches);
    size_t count = 0;
    for (size_t p = 0; p < search->count; p++) {
        const struct spot *spot = &search->spots[p];
        if (p > 0 && spot_same(spot - 1, spot))
            continue;
        double from = p == 0 ? spot->value : (spot[-1].value + spot->value) / 2;
        if (count > 0)
            stretches[count - 1].to = from;
        stretches[count++] = (struct stretch){from, from, spot->verdict, spot->one_case_failed};
    }
    stretches[count - 1].to = search->spots[search->count - 1].value;
    return (struct switches){search->model->premises[search->premise], stretches, count};
}

/* --- along one premise ----------------------------------------------------------------------- */

static enum status search_along(struct search *search, double low, double high,
                                struct switches *found)
{
    search->count = STRIP_POINTS;
    search->spots = arena_array(search->arena, STRIP_POINTS, sizeof *search->spots);
    for (size_t p = 0; p < STRIP_POINTS; p++)
        search->spots[p].value = low + (high - low) * ((double)p / (STRIP_POINTS - 1));
    search->spots[STRIP_POINTS - 1].value = high;
    if (spots_judge(search, search->spots, search->count) != STATUS_OK ||
        spots_refine(search) != STATUS_OK)
        return diags_status(search->diags);
    *found = make_switches(search);
    return STATUS_OK;
}

static uint32_t premise_index(const struct model *model, const struct premise *premise)
{
    uint32_t index = 0;
    while (model->premises[index] != premise)
        index++;
    return index;
}

/* Whether every value between the ends is one that the premise may have. */
static bool is_continuous(const struct premise *premise)
{
    const struct distribution *distribution = premise->distribution;
    return premise->kind == VALUE_NUMBER && !premise->whole &&
           (distribution == NULL || premise->drawn != NULL ||
            (distribution->kind != DISTRIBUTION_CHOICE &&
             distribution->kind != DISTRIBUTION_SAMPLES));
}

/* --- all premises ---------------------------------------------------------------------------- */

/* How far the premise must move from its centre to the nearest switch, as a share of the way. */
static double nearest(const struct switches *one)
{
    double low = one->stretches[0].from, high = one->stretches[one->count - 1].to;
    double least = (double)INFINITY;
    for (size_t i = 1; i < one->count; i++)
        least = fmin(least, fabs(one->stretches[i].from - one->premise->value) / (high - low));
    return least;
}

/* Behind those that must move less, and as little. */
static void insert_fact(struct switches *items, size_t first, size_t count, struct switches one)
{
    size_t at = count;
    while (at > first && nearest(&items[at - 1]) > nearest(&one)) {
        items[at] = items[at - 1];
        at--;
    }
    items[at] = one;
}

static enum status find_moral(struct search *search, struct switches *items, size_t *count)
{
    const struct result *result = search->result;
    for (size_t s = 0; s < result->strip_count; s++) {
        const struct strip *strip = &result->strips[s];
        if (!strip->theory_reads[search->theory] || !is_continuous(strip->premise))
            continue;
        search->premise = premise_index(search->model, strip->premise);
        if (search_along(search, strip->premise->low, strip->premise->high, &items[*count]) !=
            STATUS_OK)
            return diags_status(search->diags);
        (*count)++;
    }
    return STATUS_OK;
}

static enum status find_facts(struct search *search, struct switches *items, size_t moral,
                              size_t *count)
{
    const struct result *result = search->result;
    for (size_t m = 0; m < result->mover_count; m++) {
        const struct mover *mover = &result->movers[m];
        struct switches found;
        if (!is_continuous(mover->premise) || mover->low >= mover->high)
            continue;
        search->premise = premise_index(search->model, mover->premise);
        if (search_along(search, mover->low, mover->high, &found) != STATUS_OK)
            return diags_status(search->diags);
        if (found.count > 1)
            insert_fact(items, moral, (*count)++, found);
    }
    return STATUS_OK;
}

enum status switches_find(struct arena *arena, const struct result *result, size_t theory,
                          size_t regime, struct switch_list *list, struct diags *diags)
{
    struct search search = {.arena = arena,
                            .result = result,
                            .model = result->model,
                            .theory = theory,
                            .regime = regime,
                            .diags = diags};
    struct switches *items =
        arena_array(arena, result->strip_count + result->mover_count + 1, sizeof *items);
    size_t count = 0;
    *list = (struct switch_list){.items = items};
    if (result_opinion(result, theory, regime)->verdict == VERDICT_UNSUPPORTED)
        return STATUS_OK;
    if (find_moral(&search, items, &count) != STATUS_OK)
        return diags_status(diags);
    size_t moral = count;
    if (find_facts(&search, items, moral, &count) != STATUS_OK)
        return diags_status(diags);
    *list = (struct switch_list){items, count, moral};
    return STATUS_OK;
}
