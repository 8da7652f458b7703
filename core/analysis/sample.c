/* The uncertain facts, drawn: ranges, shares of verdicts, ties and findings. */
#include <math.h>

#include "analysis/internal.h"
#include "analysis/quasi.h"
#include "analysis/rows.h"
#include "base/math.h"

/* What is summarised, and where each part stands among the cells. */
struct sampling {
    node_id *wanted;
    size_t count;
    size_t cells;
    size_t *score, *acceptable, *ruled_out, *applies; /* [theory]: first cell */
    size_t **finding;                                 /* [theory][finding] */
    struct cell_pair *pairs;                          /* scores of each two regimes, by theory */
    size_t pair_count;
};

static size_t want(struct arena *arena, const struct model *model, struct sampling *sampling,
                   node_id node)
{
    const struct graph *graph = model->linked.graph;
    size_t cell = sampling->cells;
    sampling->wanted =
        arena_grow(arena, sampling->wanted, sampling->count, sizeof *sampling->wanted);
    sampling->wanted[sampling->count++] = node;
    sampling->cells += graph_cells(graph, graph->nodes[node].axes);
    return cell;
}

static void want_pairs(struct arena *arena, const struct model *model, struct sampling *sampling,
                       size_t theory)
{
    node_id score = model->linked.conclusions[theory].score;
    size_t regimes = model->scenario->regime_count;
    for (size_t a = 0; a < regimes; a++)
        for (size_t b = a + 1; b < regimes; b++) {
            sampling->pairs =
                arena_grow(arena, sampling->pairs, sampling->pair_count, sizeof *sampling->pairs);
            sampling->pairs[sampling->pair_count++] =
                (struct cell_pair){sampling->score[theory] + model_cell(model, score, a, 0),
                                   sampling->score[theory] + model_cell(model, score, b, 0)};
        }
}

static void want_theory(struct arena *arena, const struct model *model, struct sampling *sampling,
                        size_t theory)
{
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    const struct verdict_nodes *verdict = &model->verdicts[theory];
    sampling->score[theory] = want(arena, model, sampling, conclusion->score);
    sampling->acceptable[theory] = want(arena, model, sampling, verdict->acceptable);
    sampling->ruled_out[theory] = want(arena, model, sampling, verdict->ruled_out);
    sampling->applies[theory] = want(arena, model, sampling, verdict->applies);
    sampling->finding[theory] =
        arena_array(arena, conclusion->finding_count, sizeof **sampling->finding);
    for (uint32_t f = 0; f < conclusion->finding_count; f++)
        sampling->finding[theory][f] = want(arena, model, sampling, conclusion->findings[f].value);
    want_pairs(arena, model, sampling, theory);
}

static struct sampling plan_sampling(struct arena *arena, const struct model *model)
{
    size_t theories = model->scenario->theory_count;
    struct sampling sampling = {.score = arena_array(arena, theories, sizeof *sampling.score),
                                .acceptable = arena_array(arena, theories, sizeof(size_t)),
                                .ruled_out = arena_array(arena, theories, sizeof(size_t)),
                                .applies = arena_array(arena, theories, sizeof(size_t)),
                                .finding = arena_array(arena, theories, sizeof(size_t *))};
    for (size_t t = 0; t < theories; t++)
        want_theory(arena, model, &sampling, t);
    return sampling;
}

size_t weigh_wanted(struct arena *arena, const struct model *model, node_id **wanted)
{
    struct sampling sampling = plan_sampling(arena, model);
    *wanted = sampling.wanted;
    return sampling.count;
}

static const struct range no_range = {NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER,
                                      NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER};

static struct range range_of(const struct summary *summary)
{
    if (summary_count(summary) == 0)
        return no_range;
    return (struct range){.low = summary_quantile(summary, 0.05),
                          .high = summary_quantile(summary, 0.95),
                          .mean = summary_mean(summary),
                          .error = summary_error(summary),
                          .least = summary_least(summary),
                          .greatest = summary_greatest(summary)};
}

/* The share of draws in which a theory says the same of a regime as at the central draw. */
static double share_same(enum verdict verdict, double acceptable, double ruled_out, double applies)
{
    switch (verdict) {
    case VERDICT_ACCEPTABLE:
    case VERDICT_NOT_RULED_OUT:
        return acceptable;
    case VERDICT_UNACCEPTABLE:
        return ruled_out;
    case VERDICT_BORDERLINE:
        return applies - acceptable - ruled_out;
    case VERDICT_RULED_OUT:
        return applies - acceptable;
    case VERDICT_UNSUPPORTED:
        return NOT_A_NUMBER;
    case VERDICT_SILENT:
    case VERDICTS:
        break;
    }
    return 1 - applies;
}

static double mean_at(const struct model *model, const struct summaries *summaries, size_t first,
                      node_id node, size_t regime)
{
    return summary_mean(summaries->cell[first + model_cell(model, node, regime, 0)]);
}

static void fill_opinion(struct result *result, const struct sampling *sampling,
                         const struct summaries *summaries, size_t t, size_t r)
{
    const struct model *model = result->model;
    const struct verdict_nodes *verdict = &model->verdicts[t];
    struct opinion *opinion = &result->opinions[t * model->scenario->regime_count + r];
    node_id score = model->linked.conclusions[t].score;
    const struct summary *summary =
        summaries->cell[sampling->score[t] + model_cell(model, score, r, 0)];
    opinion->share_same =
        share_same(opinion->verdict,
                   mean_at(model, summaries, sampling->acceptable[t], verdict->acceptable, r),
                   mean_at(model, summaries, sampling->ruled_out[t], verdict->ruled_out, r),
                   mean_at(model, summaries, sampling->applies[t], verdict->applies, r));
    if (opinion->verdict == VERDICT_SILENT || opinion->verdict == VERDICT_UNSUPPORTED)
        return;
    opinion->range = range_of(summary);
    opinion->not_finite = summary_not_finite(summary);
    if (opinion->range.error > result->largest_error)
        result->largest_error = opinion->range.error;
}

/* Marks two regimes of theory t as tied with each other. */
static void mark_tie(struct result *result, size_t t, size_t a, size_t b)
{
    size_t regimes = result->model->scenario->regime_count;
    struct opinion *opinions = &result->opinions[t * regimes];
    if (isnan(opinions[a].score) || isnan(opinions[b].score))
        return;
    opinions[a].tied_with |= b < 64 ? (uint64_t)1 << b : 0;
    opinions[b].tied_with |= a < 64 ? (uint64_t)1 << a : 0;
}

/* Two scores tie when their difference is within twice its own error; rounding is no difference. */
static bool is_tie(double difference, double error)
{
    return fabs(difference) <= 2 * error + 1e-12;
}

static void find_ties(struct result *result, const struct summaries *summaries)
{
    const struct model *model = result->model;
    size_t regimes = model->scenario->regime_count, pair = 0;
    for (size_t t = 0; t < model->scenario->theory_count; t++)
        for (size_t a = 0; a < regimes; a++)
            for (size_t b = a + 1; b < regimes; b++, pair++) {
                const struct opinion *left = result_opinion(result, t, a);
                const struct opinion *right = result_opinion(result, t, b);
                bool tied = summaries == NULL ? is_tie(left->score - right->score, 0)
                                              : is_tie(summary_mean(summaries->pair[pair]),
                                                       summary_error(summaries->pair[pair]));
                if (tied)
                    mark_tie(result, t, a, b);
            }
}

static void fill_findings(struct arena *arena, struct result *result,
                          const struct sampling *sampling, const struct summaries *summaries,
                          size_t t)
{
    const struct model *model = result->model;
    const struct graph *graph = model->linked.graph;
    const struct conclusion *conclusion = &model->linked.conclusions[t];
    result->findings[t] = arena_array(arena, conclusion->finding_count, sizeof **result->findings);
    for (uint32_t f = 0; f < conclusion->finding_count; f++) {
        size_t cells = graph_cells(graph, graph->nodes[conclusion->findings[f].value].axes);
        result->findings[t][f] = arena_array(arena, cells, sizeof ***result->findings);
        for (size_t c = 0; c < cells; c++)
            result->findings[t][f][c] =
                summaries == NULL ? no_range
                                  : range_of(summaries->cell[sampling->finding[t][f] + c]);
    }
}

enum { DRAWS_AT_ONCE = 1024 }; /* whole leaves, so that what is kept does not grow with the draws */

static enum status draw_persons(struct arena *arena, const struct model *model,
                                struct lane_plan plan, struct lane_watch *watch,
                                const struct sampling *sampling, struct summaries *summaries,
                                struct diags *diags)
{
    uint64_t draws = plan.lanes.count;
    struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
    double *values = arena_array(arena, sampling->cells, DRAWS_AT_ONCE * sizeof *values);
    double *row = arena_array(arena, DRAWS_AT_ONCE, sizeof *row);
    struct row_question *question =
        rows_ask(arena, model, sampling->wanted, sampling->count, diags);
    if (question == NULL)
        return diags_status(diags);
    struct value_table table = {values, sampling->cells, 0, 0, plan.lanes.replicate};
    engine_summaries_begin(table, sampling->pair_count, arena, summaries);
    for (watch->of = draws; watch->before < draws && !watch->stopped;) {
        uint64_t rest = draws - watch->before;
        plan.lanes.count = rest < DRAWS_AT_ONCE ? rest : DRAWS_AT_ONCE;
        table.stride = plan.lanes.count;
        table.lanes_before = plan.lanes.lanes_before;
        if (!rows_answer(question, &plan, NULL, values, &fault)) {
            fault.lane += plan.lanes.lanes_before;
            return lanes_fault(model, &fault, diags);
        }
        engine_summaries_add(summaries, table, watch->stopped ? watch->done : table.stride,
                             sampling->pairs, sampling->pair_count, row);
        watch->before += table.stride;
        lanes_share(&plan, model, (struct draw_share){table.stride, rest - table.stride});
    }
    return STATUS_OK;
}

static enum status draw(struct arena *arena, const struct model *model,
                        const struct weigh_options *options, struct draw_share share,
                        const struct sampling *sampling, struct summaries *summaries,
                        struct diags *diags)
{
    struct lane_plan plan = lanes_draws(arena, model, options->draws, options->seed);
    struct lane_watch watch = {.options = options, .what = "draws"};
    struct manner manner = lanes_watched(&watch);
    struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
    if (quasi_plan(arena, model, options, &plan, diags) != STATUS_OK)
        return diags_status(diags);
    lanes_share(&plan, model, share);
    plan.lanes.manner = &manner;
    if (model->population != NULL)
        return draw_persons(arena, model, plan, &watch, sampling, summaries, diags);
    struct tape *tape =
        tape_build(arena, model->linked.graph, sampling->wanted, sampling->count, plan.varies);
    if (!engine_summarise(tape, &plan.lanes, sampling->pairs, sampling->pair_count, arena,
                          summaries, &fault)) {
        fault.lane += share.first;
        return lanes_fault(model, &fault, diags);
    }
    return STATUS_OK;
}

struct drawn_size weigh_share(struct arena *arena, const struct model *model,
                              const struct weigh_options *options, struct draw_share share,
                              struct summaries *summaries, struct diags *diags)
{
    struct sampling sampling = plan_sampling(arena, model);
    struct value_table nothing = {.values = (double[1]){0}, .cells = sampling.cells};
    if (share.count > 0)
        draw(arena, model, options, share, &sampling, summaries, diags);
    else
        engine_summarise_values(nothing, 0, sampling.pairs, sampling.pair_count, arena, summaries);
    return (struct drawn_size){sampling.cells, sampling.pair_count};
}

struct drawn_size weigh_drawn_size(struct arena *arena, const struct model *model)
{
    struct sampling sampling = plan_sampling(arena, model);
    return (struct drawn_size){sampling.cells, sampling.pair_count};
}

/* All draws, unless they were made before. */
static enum status draw_all(struct arena *arena, const struct result *result,
                            const struct sampling *sampling, struct summaries *summaries,
                            struct diags *diags)
{
    const struct weigh_options *options = &result->options;
    struct draw_share all = {0, options->draws};
    if (options->drawn == NULL)
        return draw(arena, result->model, options, all, sampling, summaries, diags);
    *summaries = *options->drawn;
    return STATUS_OK;
}

enum status weigh_draws(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct model *model = result->model;
    size_t theories = model->scenario->theory_count, regimes = model->scenario->regime_count;
    struct sampling sampling = plan_sampling(arena, model);
    struct summaries summaries, *drawn = NULL;
    if (result->fact_count == 0)
        result->options.draws = result->options.rounded_from = 0; /* nothing is uncertain */
    result->draws_asked = result->options.draws;
    if (result->options.draws > 0) {
        if (draw_all(arena, result, &sampling, &summaries, diags) != STATUS_OK)
            return diags_status(diags);
        result->options.draws = summaries.lanes;
        drawn = summaries.lanes > 0 ? &summaries : NULL;
    }
    for (size_t t = 0; drawn != NULL && t < theories; t++)
        for (size_t r = 0; r < regimes; r++)
            fill_opinion(result, &sampling, drawn, t, r);
    find_ties(result, drawn);
    result->findings = arena_array(arena, theories, sizeof *result->findings);
    for (size_t t = 0; t < theories; t++)
        fill_findings(arena, result, &sampling, drawn, t);
    return STATUS_OK;
}

const struct range *result_finding_range(const struct result *result, size_t theory, size_t finding,
                                         size_t regime, size_t kase)
{
    node_id node = result->model->linked.conclusions[theory].findings[finding].value;
    return &result->findings[theory][finding][model_cell(result->model, node, regime, kase)];
}
