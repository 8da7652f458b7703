#include "analysis/information.h"

#include <math.h>
#include <string.h>

#include "analysis/lanes.h"
#include "analysis/population.h"
#include "base/math.h"

double information_bits(double share)
{
    static const double ln2 = 0.69314718055994530942;
    if (!(share > 0 && share < 1))
        return 0;
    return -(share * math_log(share) + (1 - share) * math_log1p(-share)) / ln2;
}

/* Steps and sub-totals; not refusals, nor figures beside the sentence. */
static bool is_step(const struct model *model, const struct claim *claim, size_t regime)
{
    const char *id = model->scenario->regimes[regime].id;
    size_t length = strlen(id);
    if (claim->applies == NODE_NONE || strncmp(claim->name, id, length) != 0 ||
        claim->name[length] != '.' || !model_plain_axes(model, claim->applies))
        return false;
    const char *scheme = claim->scheme != NULL ? claim->scheme : "";
    return !claim_is_refusal(claim) && strcmp(scheme, "figure") != 0;
}

/* The shares of the cases, which add up to 1. */
static const double *case_shares(struct arena *arena, const struct model *model)
{
    const struct scenario *scenario = model->scenario;
    double *shares = arena_array(arena, scenario->case_count, sizeof *shares), sum = 0;
    for (size_t c = 0; c < scenario->case_count; c++) {
        const char *kase = path_join(arena, "cases", scenario->cases[c]);
        const struct premise *share = scenario_premise(scenario, path_join(arena, kase, "share"));
        shares[c] = share != NULL ? share->value : 0;
        sum += shares[c];
    }
    for (size_t c = 0; c < scenario->case_count; c++)
        shares[c] /= sum;
    return shares;
}

/* Of a class of persons the truth is a share. */
static double share_of(const struct model *model, const struct claim *claim, const double *applies,
                       const double *shares)
{
    double share = 0;
    for (size_t c = 0; c < model->scenario->case_count; c++)
        share += !model_has_weight(model, c)
                     ? 0
                     : shares[c] * applies[model_cell(model, claim->applies, 0, c)];
    return share > 1 ? 1 : share;
}

enum status information_steps(struct arena *arena, const struct model *model, size_t regime,
                              struct step_information **steps, size_t *count, struct diags *diags)
{
    const struct graph *graph = model->linked.graph;
    const double *shares = case_shares(arena, model);
    struct lane_plan plan = lanes_central(arena, model);
    double *applies = arena_array(arena, model->scenario->case_count, sizeof *applies);
    struct step_information *found = arena_array(arena, graph->claim_count, sizeof *found);
    size_t made = 0;
    for (uint32_t i = 0; i < graph->claim_count; i++) {
        const struct claim *claim = &graph->claims[i];
        if (!is_step(model, claim, regime))
            continue;
        enum status status =
            lanes_evaluate(arena, model, &plan, &claim->applies, 1, applies, diags);
        if (status != STATUS_OK)
            return status;
        double share = share_of(model, claim, applies, shares);
        if (model->population != NULL && !population_may_tell(model->population, share))
            share = NOT_A_NUMBER;
        found[made++] = (struct step_information){
            claim->name + strlen(model->scenario->regimes[regime].id) + 1, claim->cite, share,
            isnan(share) ? NOT_A_NUMBER : information_bits(share)};
    }
    *steps = found;
    *count = made;
    return STATUS_OK;
}
