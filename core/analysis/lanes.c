#include "analysis/lanes.h"

#include <string.h>

#include "analysis/rows.h"
#include "graph/formula.h"

struct lane_plan lanes_central(struct arena *arena, const struct model *model)
{
    uint32_t count = model->linked.graph->premise_count;
    struct lane_plan plan = {.sources = arena_array(arena, count, sizeof *plan.sources),
                             .varies = arena_array(arena, count, sizeof *plan.varies)};
    for (uint32_t p = 0; p < count; p++)
        plan.sources[p].value = model->premises[p]->value;
    plan.lanes = (struct lanes){.sources = plan.sources, .count = 1};
    return plan;
}

/* The central value of a premise, for each of so many lanes. */
static double *centre_of_lanes(struct arena *arena, double value, uint64_t count)
{
    double *values = arena_array(arena, count, sizeof *values);
    for (uint64_t i = 0; i < count; i++)
        values[i] = value;
    return values;
}

struct lane_plan lanes_along(struct arena *arena, const struct model *model,
                             const struct lane_walk *walks, size_t count)
{
    struct lane_plan plan = lanes_central(arena, model);
    double **values = arena_array(arena, model->linked.graph->premise_count, sizeof *values);
    size_t first = 0;
    plan.lanes.count = 0;
    for (size_t w = 0; w < count; w++)
        plan.lanes.count += walks[w].count;
    for (size_t w = 0; w < count; w++) {
        const uint32_t p = walks[w].premise;
        if (values[p] == NULL)
            values[p] = centre_of_lanes(arena, plan.sources[p].value, plan.lanes.count);
        memcpy(values[p] + first, walks[w].values, walks[w].count * sizeof *values[p]);
        plan.sources[p].values = values[p];
        plan.varies[p] = true;
        first += walks[w].count;
    }
    return plan;
}

struct lane_plan lanes_draws(struct arena *arena, const struct model *model, uint64_t draws,
                             uint64_t seed)
{
    struct lane_plan plan = lanes_central(arena, model);
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++) {
        const struct premise *premise = model->premises[p];
        plan.sources[p].values = premise->drawn;
        plan.sources[p].distribution = premise->drawn == NULL ? premise->distribution : NULL;
        plan.varies[p] = premise->distribution != NULL;
    }
    plan.lanes.count = draws;
    plan.lanes.first_draw = 1;
    plan.lanes.seed = seed;
    return plan;
}

void lanes_share(struct lane_plan *plan, const struct model *model, struct draw_share share)
{
    for (uint32_t p = 0; p < model->linked.graph->premise_count; p++)
        if (plan->sources[p].values != NULL)
            plan->sources[p].values += share.first;
    plan->lanes.first_draw += share.first;
    plan->lanes.lanes_before += share.first;
    plan->lanes.count = share.count;
}

static bool pass_on(void *context, uint64_t done, uint64_t total)
{
    struct lane_watch *watch = context;
    const struct weigh_options *options = watch->options;
    watch->done = done;
    watch->stopped = !options->progress(options->context, watch->what, watch->before + done,
                                        watch->of > 0 ? watch->of : total);
    return !watch->stopped;
}

struct manner lanes_watched(struct lane_watch *watch)
{
    struct manner manner = {.threads = watch->options->threads, .context = watch};
    if (watch->options->progress != NULL)
        manner.progress = pass_on;
    return manner;
}

/* `where`: which lane, or nothing. */
static enum status fault_of(const struct model *model, const struct engine_fault *fault,
                            const char *where, struct diags *diags)
{
    struct text formula;
    text_init(&formula, diags->arena);
    formula_write(&formula, model->linked.graph, fault->node);
    return diags_error(diags, STATUS_SCENARIO, (struct place){NULL, 0, 0},
                       "%s, in %s: a value of the scenario does not fit%s",
                       op_fault_text(fault->fault), formula.data, where);
}

enum status lanes_fault(const struct model *model, const struct engine_fault *fault,
                        struct diags *diags)
{
    return fault_of(model, fault,
                    arena_printf(diags->arena, " (lane %llu)", (unsigned long long)fault->lane),
                    diags);
}

static bool evaluate(struct arena *arena, const struct model *model, const struct lane_plan *plan,
                     const node_id *wanted, size_t count, double *out, struct engine_fault *fault,
                     struct diags *diags)
{
    if (model->population != NULL) {
        struct row_question *question = rows_ask(arena, model, wanted, count, diags);
        return question != NULL && rows_answer(question, plan, NULL, out, fault);
    }
    struct tape *tape = tape_build(arena, model->linked.graph, wanted, count, plan->varies);
    return engine_evaluate(tape, &plan->lanes, arena, out, fault);
}

enum status lanes_evaluate(struct arena *arena, const struct model *model,
                           const struct lane_plan *plan, const node_id *wanted, size_t count,
                           double *out, struct diags *diags)
{
    struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
    if (!evaluate(arena, model, plan, wanted, count, out, &fault, diags))
        return fault.fault == OP_FAULT_NONE ? diags_status(diags)
                                            : fault_of(model, &fault, "", diags);
    return STATUS_OK;
}

enum status lanes_evaluate_all(struct arena *arena, const struct model *model,
                               const struct lane_plan *plan, const node_id *wanted, size_t count,
                               double *out, struct diags *diags)
{
    bool done = evaluate(arena, model, plan, wanted, count, out, NULL, diags);
    return done ? STATUS_OK : diags_status(diags);
}
