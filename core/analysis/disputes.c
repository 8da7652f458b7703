#include "analysis/disputes.h"

#include <string.h>

#include "analysis/dispute_parts.h"
#include "analysis/internal.h"

static const unsigned *verdicts_over(const struct analysing *analysing,
                                     const struct outcomes *outcomes,
                                     const struct outcome_opinion *opinions)
{
    size_t each = analysing->theories * analysing->regimes;
    unsigned *verdicts = arena_array(analysing->arena, each, sizeof *verdicts);
    for (size_t o = 0; o < outcomes->count; o++)
        for (size_t i = 0; i < each; i++)
            verdicts[i] |= 1u << opinions[o * each + i].verdict;
    return verdicts;
}

/* `chance` draws its outcomes; what can be won is asked of the preferred ones. */
static enum status find_outcomes(struct analysing *analysing)
{
    struct dispute_analysis *analysis = analysing->analysis;
    enum argumentation_semantics semantics = analysing->debate->arguments->semantics;
    analysis->semantics = semantics == ARGUMENTATION_CHANCE ? ARGUMENTATION_PREFERRED : semantics;
    if (analysis->semantics == semantics) {
        analysis->outcomes = *analysis->result->outcomes;
        analysis->opinions = analysis->result->outcome_opinions;
    } else if (outcomes_find(analysing->arena, analysing->model, analysing->debate,
                             analysis->semantics, &analysis->outcomes,
                             analysing->diags) != STATUS_OK ||
               outcomes_weigh(analysing->arena, analysing->model, &analysis->outcomes,
                              &analysis->opinions, analysing->diags) != STATUS_OK)
        return diags_status(analysing->diags);
    analysis->verdicts = verdicts_over(analysing, &analysis->outcomes, analysis->opinions);
    analysing->words = (analysis->outcomes.count + 63) / 64;
    return STATUS_OK;
}

/* --- the other semantics --------------------------------------------------------------------- */

/* Another semantics may meet what the scenario's own does not: that is told, and no error. */
static void compare(struct analysing *analysing, enum argumentation_semantics semantics)
{
    struct dispute_analysis *analysis = analysing->analysis;
    struct comparison_semantics *other = &analysis->others[analysis->other_count++];
    struct outcomes outcomes = {0};
    const struct outcome_opinion *opinions = NULL;
    struct diags quiet;
    diags_init(&quiet, analysing->arena);
    *other = (struct comparison_semantics){.semantics = semantics};
    if (outcomes_find(analysing->arena, analysing->model, analysing->debate, semantics, &outcomes,
                      &quiet) != STATUS_OK ||
        outcomes_weigh(analysing->arena, analysing->model, &outcomes, &opinions, &quiet) !=
            STATUS_OK) {
        other->refused = true;
        other->reason = quiet.count > 0 ? quiet.items[0].message : "";
        return;
    }
    other->state = outcomes.state;
    other->outcomes = outcomes.count;
    if (outcomes.count > 0)
        other->verdicts = verdicts_over(analysing, &outcomes, opinions);
}

static void find_others(struct analysing *analysing)
{
    static const enum argumentation_semantics all[] = {
        ARGUMENTATION_GROUNDED, ARGUMENTATION_PREFERRED, ARGUMENTATION_STABLE};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != analysing->analysis->semantics)
            compare(analysing, all[i]);
}

/* --- all together ---------------------------------------------------------------------------- */

static enum status fault_usage(struct diags *diags, const char *message, const char *remedy)
{
    struct diag diag = {.status = STATUS_USAGE, .message = message, .remedy = remedy};
    return diags_add(diags, &diag);
}

enum status disputes_analyse(struct arena *arena, const struct result *result, size_t size,
                             struct dispute_analysis **analysis, struct diags *diags)
{
    const struct model *model = result->model;
    if (model->disputes == NULL)
        return fault_usage(diags, "the scenario has no arguments", "add `arguments:`");
    if (size > DISPUTES_SIZE_MOST)
        return fault_usage(diags, "sets of more than 8 disputes are not looked for", NULL);
    struct dispute_analysis *made = arena_alloc(arena, sizeof *made);
    struct analysing analysing = {.arena = arena,
                                  .analysis = made,
                                  .model = model,
                                  .debate = model->disputes->debate,
                                  .theories = model->scenario->theory_count,
                                  .regimes = model->scenario->regime_count,
                                  .diags = diags};
    made->result = result;
    made->debate = analysing.debate;
    made->size = size > 0 ? size : DISPUTES_SIZE;
    if (find_outcomes(&analysing) != STATUS_OK)
        return diags_status(diags);
    find_disputes(&analysing);
    find_moved(&analysing);
    find_stakes(&analysing);
    find_winning(&analysing);
    find_others(&analysing);
    find_shared(&analysing);
    *analysis = made;
    return STATUS_OK;
}
