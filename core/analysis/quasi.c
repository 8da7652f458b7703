#include "analysis/quasi.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/correlate.h"

static const uint64_t most_points = (uint64_t)1 << SOBOL_DIGITS;

void quasi_settle(struct weigh_options *options)
{
    uint64_t each = ENGINE_LEAF;
    if (options->sampling != DRAWS_SOBOL || options->draws == 0)
        return;
    while (each < most_points && QUASI_REPLICATES * each < options->draws)
        each *= 2;
    if (QUASI_REPLICATES * each <= options->draws)
        return; /* as it should be; or too many, which quasi_plan() says */
    options->rounded_from = options->draws;
    options->draws = QUASI_REPLICATES * each;
}

/* --- which premises are drawn ---------------------------------------------------------------- */

/* The uncertain premises in use, and those that they are drawn together with, by path. */
struct drawn {
    const struct premise **premises;
    struct drawn_by *by; /* [premise] */
    size_t count;
};

static int by_path(const void *left, const void *right)
{
    const struct premise *const *a = left, *const *b = right;
    return strcmp((*a)->path, (*b)->path);
}

static const struct correlated *group_of(const struct model *model, const struct premise *premise,
                                         size_t *place)
{
    const struct correlations *correlations = model->scenario->correlations;
    for (size_t g = 0; correlations != NULL && g < correlations->group_count; g++)
        for (size_t i = 0; i < correlations->groups[g].count; i++)
            if (correlations->groups[g].premises[i] == premise) {
                *place = i;
                return &correlations->groups[g];
            }
    return NULL;
}

static void drawn_add(struct arena *arena, struct drawn *drawn, const struct premise *premise)
{
    drawn->premises = arena_grow(arena, drawn->premises, drawn->count, sizeof(struct premise *));
    drawn->premises[drawn->count++] = premise;
}

static struct drawn list_drawn(struct arena *arena, const struct model *model,
                               const struct lane_plan *plan)
{
    struct drawn drawn = {0};
    size_t place, kept = 0;
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++) {
        if (plan->sources[p].distribution == NULL)
            continue;
        const struct correlated *group = group_of(model, model->premises[p], &place);
        drawn_add(arena, &drawn, model->premises[p]);
        for (size_t i = 0; group != NULL && i < place; i++)
            drawn_add(arena, &drawn, group->premises[i]);
    }
    if (drawn.count > 0)
        qsort(drawn.premises, drawn.count, sizeof(struct premise *), by_path);
    for (size_t i = 0; i < drawn.count; i++)
        if (i == 0 || drawn.premises[i] != drawn.premises[i - 1])
            drawn.premises[kept++] = drawn.premises[i];
    drawn.count = kept;
    drawn.by = arena_array(arena, kept, sizeof *drawn.by);
    for (size_t i = 0; i < kept; i++)
        drawn.by[i].stream = stream_of_path(drawn.premises[i]->path);
    return drawn;
}

static const struct drawn_by *drawn_by(const struct drawn *drawn, const struct premise *premise)
{
    const struct premise **found =
        bsearch(&premise, drawn->premises, drawn->count, sizeof(struct premise *), by_path);
    return &drawn->by[found - drawn->premises];
}

/* --- quasi-random draws ---------------------------------------------------------------------- */

static enum status check(const struct weigh_options *options, size_t uncertain, struct diags *diags)
{
    struct diag diag = {.status = STATUS_USAGE, .remedy = "use `--sampling random`"};
    if (uncertain > SOBOL_DIMENSIONS)
        diag.message = arena_printf(diags->arena,
                                    "`--sampling sobol` draws %d uncertain premises at most: "
                                    "here %zu are in use",
                                    SOBOL_DIMENSIONS, uncertain);
    else if (options->draws > QUASI_REPLICATES * most_points)
        diag.message = arena_printf(diags->arena, "`--sampling sobol` makes %llu draws at most",
                                    (unsigned long long)(QUASI_REPLICATES * most_points));
    else
        return STATUS_OK;
    return diags_add(diags, &diag);
}

static void plan_sobol(struct arena *arena, const struct model *model,
                       const struct weigh_options *options, struct drawn *drawn,
                       struct lane_plan *plan)
{
    for (size_t i = 0; i < drawn->count; i++)
        drawn->by[i].dimension = sobol_dimension_new(arena, (uint32_t)i);
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        if (plan->sources[p].distribution != NULL)
            plan->sources[p].dimension = drawn_by(drawn, model->premises[p])->dimension;
    plan->lanes.replicate = options->draws / QUASI_REPLICATES;
}

/* --- premises drawn together ----------------------------------------------------------------- */

/* The premise's row of the factor without what is 0. NULL where nothing but its own score is left.
 */
static const struct drawn_together *together(struct arena *arena, const struct drawn *drawn,
                                             const struct correlated *group, size_t place)
{
    struct drawn_together *made = arena_alloc(arena, sizeof *made);
    double *weights = arena_array(arena, place + 1, sizeof *weights);
    struct drawn_by *by = arena_array(arena, place + 1, sizeof *by);
    *made = (struct drawn_together){.weights = weights, .by = by};
    for (size_t j = 0; j <= place; j++) {
        double weight = group->factor[place * group->count + j];
        if (weight == 0)
            continue;
        weights[made->count] = weight;
        by[made->count++] = *drawn_by(drawn, group->premises[j]);
    }
    return made->count > 1 ? made : NULL;
}

static void plan_together(struct arena *arena, const struct model *model, const struct drawn *drawn,
                          struct lane_plan *plan)
{
    size_t place;
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++) {
        const struct correlated *group = group_of(model, model->premises[p], &place);
        if (group != NULL && plan->sources[p].distribution != NULL)
            plan->sources[p].together = together(arena, drawn, group, place);
    }
}

enum status quasi_plan(struct arena *arena, const struct model *model,
                       const struct weigh_options *options, struct lane_plan *plan,
                       struct diags *diags)
{
    bool sobol = options->sampling == DRAWS_SOBOL;
    if (!sobol && model->scenario->correlations == NULL)
        return STATUS_OK;
    struct drawn drawn = list_drawn(arena, model, plan);
    if (sobol && check(options, drawn.count, diags) != STATUS_OK)
        return diags_status(diags);
    if (sobol)
        plan_sobol(arena, model, options, &drawn, plan);
    plan_together(arena, model, &drawn, plan);
    return STATUS_OK;
}

size_t result_drawn_together(const struct result *result)
{
    const struct model *model = result->model;
    size_t count = 0, place;
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        count += model->premises[p]->distribution != NULL &&
                 group_of(model, model->premises[p], &place) != NULL;
    return count;
}
