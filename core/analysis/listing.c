#include "analysis/listing.h"

#include "analysis/internal.h"
#include "analysis/lanes.h"
#include "analysis/population.h"
#include "analysis/rows.h"
#include "engine/phases.h"

enum { TIMED_DRAWS = 8192 };
static const double most_seconds = 0.5;

/* --- names ----------------------------------------------------------------------------------- */

struct naming {
    struct arena *arena;
    const struct graph *graph;
    const char **names; /* [node] */
};

/* A node may stand for several: they follow each other. */
static void add_name(const struct naming *naming, node_id node, const char *name)
{
    const char **at;
    while (naming->graph->nodes[node].op == OP_CLAIM)
        node = naming->graph->nodes[node].arguments[0];
    at = &naming->names[node];
    *at = *at == NULL ? name : arena_printf(naming->arena, "%s, %s", *at, name);
}

static void name_theory(const struct naming *naming, const struct model *model, size_t t)
{
    const struct conclusion *conclusion = &model->linked.conclusions[t];
    const struct verdict_nodes *verdict = &model->verdicts[t];
    const char *id = model->scenario->theories[t].id;
    add_name(naming, conclusion->score, arena_printf(naming->arena, "score of %s", id));
    add_name(naming, verdict->acceptable, arena_printf(naming->arena, "acceptable to %s", id));
    add_name(naming, verdict->ruled_out, arena_printf(naming->arena, "ruled out by %s", id));
    add_name(naming, verdict->applies, arena_printf(naming->arena, "%s applies", id));
    for (uint32_t f = 0; f < conclusion->finding_count; f++)
        add_name(naming, conclusion->findings[f].value,
                 arena_printf(naming->arena, "finding %s of %s", conclusion->findings[f].name, id));
}

/* What is asked for, then the claims on the way. */
static const char *const *name_nodes(struct arena *arena, const struct model *model)
{
    const struct graph *graph = model->linked.graph;
    struct naming naming = {arena, graph,
                            arena_array(arena, graph->node_count, sizeof(const char *))};
    for (size_t t = 0; t < model->scenario->theory_count; t++)
        name_theory(&naming, model, t);
    for (node_id n = 0; n < graph->node_count; n++)
        if (graph->nodes[n].op == OP_CLAIM)
            add_name(&naming, n, graph->claims[graph->nodes[n].index].name);
    return naming.names;
}

/* --- tapes ----------------------------------------------------------------------------------- */

static void list_draws(struct arena *arena, struct listing *listing, const node_id *wanted,
                       size_t count)
{
    const struct model *model = listing->model;
    struct lane_plan plan = lanes_draws(arena, model, listing->draws, 1);
    struct tape *tape = tape_build(arena, model->linked.graph, wanted, count, plan.varies);
    listing->tapes = arena_alloc(arena, sizeof *listing->tapes);
    listing->count = 1;
    listing->tapes[0] =
        (struct listed_tape){NULL, tape_show(arena, tape, &plan.lanes), name_nodes(arena, model)};
    plan.lanes.count = TIMED_DRAWS;
    if (listing->timed)
        tape_time(listing->tapes[0].shown, tape, &plan.lanes, most_seconds, arena);
}

static void list_class(struct arena *arena, const struct listing *listing,
                       const struct phases *phases, uint32_t phase, uint32_t kase,
                       struct listed_tape *listed)
{
    const uint64_t *first = listing->model->population->first;
    struct lanes persons = {.count = first[kase + 1] - first[kase]};
    listed->shown = tape_show(arena, phases_tape(phases, phase, kase), &persons);
    listed->names = arena_array(arena, listed->shown->graph->node_count, sizeof(const char *));
    listed->title =
        arena_printf(arena, "phase %u of %u, %s: %llu persons", phase + 1, phases_count(phases),
                     listing->model->scenario->cases[kase], (unsigned long long)persons.count);
}

static enum status list_persons(struct arena *arena, struct listing *listing, const node_id *wanted,
                                size_t count, struct diags *diags)
{
    uint32_t classes = (uint32_t)listing->model->scenario->case_count;
    struct row_question *question = rows_ask(arena, listing->model, wanted, count, diags);
    if (question == NULL)
        return diags_status(diags);
    const struct phases *phases = rows_phases(question);
    listing->timed = false;
    listing->tapes = arena_array(arena, phases_count(phases), classes * sizeof *listing->tapes);
    for (uint32_t phase = 0; phase < phases_count(phases); phase++)
        for (uint32_t kase = 0; kase < classes; kase++)
            list_class(arena, listing, phases, phase, kase, &listing->tapes[listing->count++]);
    return STATUS_OK;
}

enum status listing_make(struct arena *arena, const struct model *model, bool timed,
                         struct listing **listing, struct diags *diags)
{
    struct listing *made = arena_alloc(arena, sizeof *made);
    node_id *wanted;
    size_t count = weigh_wanted(arena, model, &wanted);
    *made = (struct listing){
        .model = model, .draws = suitable_draws(model, DEFAULT_DRAWS), .timed = timed};
    *listing = made;
    if (model->population != NULL)
        return list_persons(arena, made, wanted, count, diags);
    list_draws(arena, made, wanted, count);
    return STATUS_OK;
}
