/* What each theory says of each regime in every outcome of the disputes: one lane for each. */
#include "analysis/outcomes.h"

#include <math.h>

#include "analysis/lanes.h"
#include "analysis/probe.h"
#include "base/math.h"

/* --- lanes ----------------------------------------------------------------------------------- */

/* Whether some outcome puts another value than the base's in a premise. */
static bool differs(const struct model *model, const struct outcomes *outcomes,
                    const struct premise *premise)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (outcome_value(model, &outcomes->list[i], premise) != premise->value)
            return true;
    return false;
}

static struct lane_plan lanes_outcomes(struct arena *arena, const struct model *model,
                                       const struct outcomes *outcomes)
{
    struct lane_plan plan = lanes_central(arena, model);
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++) {
        if (!differs(model, outcomes, model->premises[p]))
            continue;
        double *values = arena_array(arena, outcomes->count, sizeof *values);
        for (size_t i = 0; i < outcomes->count; i++)
            values[i] = outcome_value(model, &outcomes->list[i], model->premises[p]);
        plan.sources[p].values = values;
        plan.varies[p] = true;
    }
    plan.lanes.count = outcomes->count;
    return plan;
}

/* --- opinions -------------------------------------------------------------------------------- */

static struct outcome_opinion opinion_of(const struct probed *probed, enum support support,
                                         size_t theory, size_t regime)
{
    struct outcome_opinion opinion = {.score = NOT_A_NUMBER, .verdict = VERDICT_UNSUPPORTED};
    if (support == SUPPORT_NONE)
        return opinion;
    opinion.in_question = support == SUPPORT_IN_QUESTION;
    opinion.verdict = probed_verdict(probed, theory, regime);
    if (opinion.verdict != VERDICT_SILENT)
        opinion.score = probed_score(probed, theory, regime);
    return opinion;
}

static void opinions_of(const struct probed *probed, const enum support *support,
                        struct outcome_opinion *opinions)
{
    const struct scenario *scenario = probed->probe->model->scenario;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            size_t k = t * scenario->regime_count + r;
            opinions[k] = opinion_of(probed, support[k], t, r);
        }
}

enum status outcomes_weigh(struct arena *arena, const struct model *model,
                           const struct outcomes *outcomes, const struct outcome_opinion **opinions,
                           struct diags *diags)
{
    size_t each = model->scenario->theory_count * model->scenario->regime_count;
    struct probe probe = probe_make(arena, model, NULL, PROBE_SCORE);
    struct outcome_opinion *made = arena_array(arena, each * outcomes->count, sizeof *made);
    double *out = arena_array(arena, probe.cells * outcomes->count, sizeof *out);
    struct lane_plan plan = lanes_outcomes(arena, model, outcomes);
    if (outcomes->count > 0 &&
        lanes_evaluate(arena, model, &plan, probe.wanted, probe.count, out, diags) != STATUS_OK)
        return diags_status(diags);
    enum support *support = arena_array(arena, each, sizeof *support);
    uint8_t *work = NULL;
    for (size_t i = 0; i < outcomes->count; i++) {
        outcome_support(arena, model, model->disputes->debate, outcomes->list[i].labels, &work,
                        support);
        struct probed probed = {&probe, out, outcomes->count, i};
        opinions_of(&probed, support, made + i * each);
    }
    *opinions = made;
    return STATUS_OK;
}

/* --- the result ------------------------------------------------------------------------------ */

void weigh_support(struct arena *arena, struct result *result)
{
    const struct model *model = result->model;
    size_t count = model->scenario->theory_count * model->scenario->regime_count;
    if (model->disputes == NULL)
        return;
    enum support *support = arena_array(arena, count, sizeof *support);
    uint8_t *work = NULL;
    outcome_support(arena, model, model->disputes->debate, model->disputes->base.labels, &work,
                    support);
    for (size_t i = 0; i < count; i++) {
        struct opinion *opinion = &result->opinions[i];
        opinion->in_question = support[i] == SUPPORT_IN_QUESTION;
        if (support[i] != SUPPORT_NONE)
            continue;
        opinion->verdict = VERDICT_UNSUPPORTED;
        opinion->score = NOT_A_NUMBER;
        opinion->decided_by = UINT32_MAX;
        opinion->from_rules_out = opinion->one_case_failed = false;
    }
}

static void count_same(struct result *result, size_t each)
{
    const struct outcomes *outcomes = result->outcomes;
    for (size_t i = 0; i < outcomes->count; i++) {
        result->outcome_weight += outcomes->list[i].draws;
        for (size_t k = 0; k < each; k++)
            if (result->outcome_opinions[i * each + k].verdict == result->opinions[k].verdict)
                result->opinions[k].outcomes_same += outcomes->list[i].draws;
    }
}

/* Under `chance` the outcomes depend on the draws that are asked for. */
static enum status find_outcomes(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct disputes *disputes = result->model->disputes;
    struct outcomes *drawn = arena_alloc(arena, sizeof *drawn);
    result->outcomes = &disputes->outcomes;
    if (disputes->debate->arguments->semantics != ARGUMENTATION_CHANCE)
        return STATUS_OK;
    result->outcomes = drawn;
    return outcomes_draw(arena, result->model, disputes->debate, result->options.draws,
                         result->options.seed, drawn, diags);
}

enum status weigh_outcomes(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct model *model = result->model;
    if (model->disputes == NULL)
        return STATUS_OK;
    if (find_outcomes(arena, result, diags) != STATUS_OK ||
        outcomes_weigh(arena, model, result->outcomes, &result->outcome_opinions, diags) !=
            STATUS_OK)
        return diags_status(diags);
    count_same(result, model->scenario->theory_count * model->scenario->regime_count);
    return STATUS_OK;
}
