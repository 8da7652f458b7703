/* What can be won, and which of it is enough. */
#include <math.h>
#include <string.h>

#include "analysis/dispute_parts.h"

/* --- stakes ---------------------------------------------------------------------------------- */

static size_t dispute_of(const struct dispute_analysis *analysis, uint32_t argument)
{
    for (size_t d = 0; d < analysis->dispute_count; d++)
        for (size_t m = 0; m < analysis->disputes[d].member_count; m++)
            if (analysis->disputes[d].members[m] == argument)
                return d;
    return SIZE_MAX;
}

static uint64_t *holds_in(const struct analysing *analysing, uint32_t argument, bool accepted)
{
    const struct outcomes *outcomes = &analysing->analysis->outcomes;
    uint64_t *bits = arena_array(analysing->arena, analysing->words, sizeof *bits);
    for (size_t o = 0; o < outcomes->count; o++)
        if (outcomes->list[o].accepted[argument] == accepted)
            bits[o / 64] |= (uint64_t)1 << o % 64;
    return bits;
}

static bool is_open(const struct analysing *analysing, uint32_t argument)
{
    const struct outcomes *outcomes = &analysing->analysis->outcomes;
    for (size_t o = 1; o < outcomes->count; o++)
        if (outcomes->list[o].accepted[argument] != outcomes->list[0].accepted[argument])
            return true;
    return false;
}

/* An undecided argument that is tried both ways is at stake by itself; what merely follows from a
 * dispute is not. */
static bool is_tried(const struct analysing *analysing, uint32_t argument)
{
    const struct outcomes *outcomes = &analysing->analysis->outcomes;
    for (size_t o = 0; o < outcomes->count; o++)
        if (outcomes->list[o].accepted[argument] &&
            outcomes->list[o].labels[argument] == LABEL_UNDECIDED)
            return true;
    return false;
}

static void stake_add(struct analysing *analysing, uint32_t argument, bool accepted)
{
    struct dispute_analysis *analysis = analysing->analysis;
    struct stake stake = {.argument = argument,
                          .accepted = accepted,
                          .dispute = dispute_of(analysis, argument),
                          .holds = holds_in(analysing, argument, accepted)};
    if (stake.dispute == SIZE_MAX && !is_tried(analysing, argument))
        return;
    for (size_t i = 0; i < analysis->stake_count; i++) {
        struct stake *standing = &analysis->stakes[i];
        if (memcmp(standing->holds, stake.holds, analysing->words * sizeof *stake.holds) != 0)
            continue;
        uint32_t *alike = arena_grow(analysing->arena, (uint32_t *)(uintptr_t)standing->alike,
                                     standing->alike_count, sizeof *alike);
        alike[standing->alike_count++] = 2 * argument + accepted;
        standing->alike = alike;
        return;
    }
    analysis->stakes =
        arena_grow(analysing->arena, analysis->stakes, analysis->stake_count, sizeof stake);
    analysis->stakes[analysis->stake_count++] = stake;
}

/* To be accepted is named before not to be, where the two come to the same. */
void find_stakes(struct analysing *analysing)
{
    uint32_t count = (uint32_t)analysing->debate->arguments->count;
    for (int accepted = 1; accepted >= 0; accepted--)
        for (uint32_t i = 0; i < count; i++)
            if (is_open(analysing, i))
                stake_add(analysing, i, accepted != 0);
}

/* --- preferences ----------------------------------------------------------------------------- */

static int class_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ACCEPTABLE:
    case VERDICT_NOT_RULED_OUT:
        return 3;
    case VERDICT_BORDERLINE:
        return 2;
    case VERDICT_UNACCEPTABLE:
    case VERDICT_RULED_OUT:
        return 1;
    case VERDICT_SILENT:
    case VERDICT_UNSUPPORTED:
    case VERDICTS:
        break;
    }
    return 0;
}

bool opinion_preferred(const struct outcome_opinion *a, const struct outcome_opinion *b)
{
    int first = class_of(a->verdict), second = class_of(b->verdict);
    if (first != second)
        return first > second;
    /* rounding is no difference */
    return first > 0 && a->score - b->score > 1e-12;
}

static bool prefers(const struct analysing *analysing, size_t outcome,
                    const struct winning *winning)
{
    const struct outcome_opinion *one =
        opinion_at(analysing, outcome, winning->theory, winning->regime);
    if (winning->over != SIZE_MAX)
        return opinion_preferred(one,
                                 opinion_at(analysing, outcome, winning->theory, winning->over));
    for (size_t r = 0; r < analysing->regimes; r++)
        if (r != winning->regime &&
            !opinion_preferred(one, opinion_at(analysing, outcome, winning->theory, r)))
            return false;
    return class_of(one->verdict) > 0;
}

static void win(struct analysing *analysing, struct winning *winning)
{
    const struct dispute_analysis *analysis = analysing->analysis;
    uint64_t *target = arena_array(analysing->arena, analysing->words, sizeof *target);
    for (size_t o = 0; o < analysis->outcomes.count; o++)
        if (prefers(analysing, o, winning)) {
            target[o / 64] |= (uint64_t)1 << o % 64;
            winning->outcomes += analysis->outcomes.list[o].draws;
        }
    winning_sets(analysing->arena, analysis->stakes, analysis->stake_count, target,
                 analysing->words, analysis->outcomes.count, analysis->size, winning);
}

static size_t regime_find(const struct model *model, const char *id)
{
    for (size_t r = 0; id != NULL && r < model->scenario->regime_count; r++)
        if (strcmp(model->scenario->regimes[r].id, id) == 0)
            return r;
    return SIZE_MAX;
}

static void find_motion(struct analysing *analysing)
{
    struct dispute_analysis *analysis = analysing->analysis;
    const struct motion *motion = &analysing->model->scenario->motion;
    size_t sides[2] = {regime_find(analysing->model, motion->proposition),
                       regime_find(analysing->model, motion->opposition)};
    if (sides[0] == SIZE_MAX || sides[1] == SIZE_MAX || sides[0] == sides[1])
        return;
    analysis->motion =
        arena_array(analysing->arena, 2 * analysing->theories, sizeof *analysis->motion);
    for (size_t i = 0; i < 2 * analysing->theories; i++) {
        analysis->motion[i] =
            (struct winning){.theory = i / 2, .regime = sides[i % 2], .over = sides[1 - i % 2]};
        win(analysing, &analysis->motion[i]);
    }
}

void find_winning(struct analysing *analysing)
{
    struct dispute_analysis *analysis = analysing->analysis;
    size_t count = analysing->theories * analysing->regimes;
    analysis->winning = arena_array(analysing->arena, count, sizeof *analysis->winning);
    for (size_t i = 0; i < count; i++) {
        analysis->winning[i] = (struct winning){
            .theory = i / analysing->regimes, .regime = i % analysing->regimes, .over = SIZE_MAX};
        win(analysing, &analysis->winning[i]);
    }
    find_motion(analysing);
}
