#include "analysis/weigh.h"

#include <math.h>
#include <string.h>

#include "analysis/draw_table.h"
#include "analysis/internal.h"
#include "analysis/lanes.h"
#include "analysis/population.h"
#include "analysis/probe.h"
#include "analysis/quasi.h"
#include "analysis/worst.h"
#include "base/math.h"

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICTS] = {"acceptable",    "borderline", "unacceptable",
                                                "not ruled out", "ruled out",  "silent",
                                                "unsupported"};
    return names[verdict];
}

char verdict_letter(enum verdict verdict, bool one_case_failed)
{
    static const char letters[VERDICTS] = {'A', 'b', '.', 'n', 'x', '-', 'u'};
    return verdict == VERDICT_BORDERLINE && one_case_failed ? '!' : letters[verdict];
}

static size_t theories_of(const struct result *result)
{
    return result->model->scenario->theory_count;
}

static size_t regimes_of(const struct result *result)
{
    return result->model->scenario->regime_count;
}

const struct opinion *result_opinion(const struct result *result, size_t theory, size_t regime)
{
    return &result->opinions[theory * regimes_of(result) + regime];
}

const struct outcome_opinion *result_outcome_opinion(const struct result *result, size_t outcome,
                                                     size_t theory, size_t regime)
{
    size_t each = theories_of(result) * regimes_of(result);
    return &result->outcome_opinions[outcome * each + theory * regimes_of(result) + regime];
}

double result_value(const struct result *result, node_id node, size_t regime, size_t kase)
{
    return result->central[node][model_cell(result->model, node, regime, kase)];
}

/* --- the central draw ------------------------------------------------------------------------ */

/* Every node at the central values: the whole argument, ready to be read. A fault in a branch that
 * is not taken leaves a NaN there. */
static enum status evaluate_central(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct graph *graph = result->model->linked.graph;
    node_id *wanted = arena_array(arena, graph->node_count, sizeof *wanted);
    size_t total = 0;
    for (uint32_t i = 0; i < graph->node_count; i++) {
        wanted[i] = i;
        total += graph_cells(graph, graph->nodes[i].axes);
    }
    struct lane_plan plan = lanes_central(arena, result->model);
    double *values = arena_array(arena, total, sizeof *values);
    if (lanes_evaluate_all(arena, result->model, &plan, wanted, graph->node_count, values, diags) !=
        STATUS_OK)
        return diags_status(diags);
    result->central = arena_array(arena, graph->node_count, sizeof *result->central);
    for (uint32_t i = 0; i < graph->node_count; i++) {
        result->central[i] = values;
        values += graph_cells(graph, graph->nodes[i].axes);
    }
    return STATUS_OK;
}

static bool any_nan(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isnan(values[i]))
            return true;
    return false;
}

/* Refuses values that do not fit on the way to what is concluded. That leaves a NaN in it, but for
 * those of persons: one that a theory goes on to hide is refused, too, in every run over them. */
static enum status check_central(struct arena *arena, const struct result *result,
                                 struct diags *diags)
{
    const struct model *model = result->model;
    struct probe probe = probe_make(arena, model, NULL, PROBE_SCORE);
    bool suspect = model->population != NULL;
    for (size_t w = 0; w < probe.count; w++) {
        node_id node = probe.wanted[w];
        axis_set axes = model->linked.graph->nodes[node].axes;
        suspect = suspect || any_nan(result->central[node], graph_cells(model->linked.graph, axes));
    }
    if (!suspect)
        return STATUS_OK;
    double *out = arena_array(arena, probe.cells, sizeof *out);
    struct lane_plan plan = lanes_central(arena, model);
    return lanes_evaluate(arena, model, &plan, probe.wanted, probe.count, out, diags);
}

/* --- opinions -------------------------------------------------------------------------------- */

static bool relation_holds(enum relation relation, double value, double bound)
{
    switch (relation) {
    case RELATION_AT_LEAST:
        return value >= bound;
    case RELATION_ABOVE:
        return value > bound;
    case RELATION_AT_MOST:
        return value <= bound;
    case RELATION_BELOW:
        break;
    }
    return value < bound;
}

static const bool *failing_cases(struct arena *arena, const struct result *result,
                                 const struct requirement *requirement, size_t regime, double bound)
{
    const struct model *model = result->model;
    node_id each = model_reduced(model, requirement->value, OP_REDUCE_MIN, model->case_axis);
    if (each == NODE_NONE)
        return NULL;
    bool *failing = arena_array(arena, model->scenario->case_count, sizeof *failing);
    for (size_t c = 0; c < model->scenario->case_count; c++)
        failing[c] =
            model_has_weight(model, c) &&
            !relation_holds(requirement->relation, result_value(result, each, regime, c), bound);
    return failing;
}

/* The share of all persons for whom it does not hold, where the cases are classes of persons. */
static double share_failing(const struct result *result, const struct requirement *requirement,
                            size_t regime)
{
    const struct model *model = result->model;
    node_id each = worst_node(model, requirement);
    double failing = 0, whole = 0;
    if (each == NODE_NONE)
        return NOT_A_NUMBER;
    for (size_t c = 0; c < model->scenario->case_count; c++) {
        double weight = model->population->class_weight[c];
        if (weight > 0)
            failing += weight * (1 - result_value(result, each, regime, c));
        whole += weight;
    }
    return failing / whole;
}

/* The maximum over regimes that a bound is, a constant share of it included ("within 1 %"). */
static node_id maximum_over_regimes(const struct model *model, node_id bound)
{
    const struct node *nodes = model->linked.graph->nodes;
    node_id each = model_reduced(model, bound, OP_REDUCE_MAX, model->regime_axis);
    const struct node *product = &nodes[bound];
    for (uint32_t i = 0; each == NODE_NONE && product->op == OP_MUL && i < 2; i++)
        each = model_reduced(model, product->arguments[i], OP_REDUCE_MAX, model->regime_axis);
    return each;
}

static const bool *regimes_ahead(struct arena *arena, const struct result *result,
                                 const struct requirement *requirement)
{
    const struct model *model = result->model;
    node_id each = maximum_over_regimes(model, requirement->bound);
    if (each == NODE_NONE)
        return NULL;
    bool *ahead = arena_array(arena, regimes_of(result), sizeof *ahead);
    for (size_t r = 0; r < regimes_of(result); r++)
        ahead[r] = relation_holds(requirement->relation, result_value(result, each, r, 0),
                                  result_value(result, requirement->bound, r, 0));
    return ahead;
}

struct requirement_state result_requirement(struct arena *arena, const struct result *result,
                                            const struct requirement *requirement, size_t regime)
{
    struct requirement_state state = {.value = result_value(result, requirement->value, regime, 0),
                                      .bound = result_value(result, requirement->bound, regime, 0),
                                      .holds =
                                          result_value(result, requirement->holds, regime, 0) != 0};
    state.failing_cases = failing_cases(arena, result, requirement, regime, state.bound);
    state.share_failing = share_failing(result, requirement, regime);
    state.ahead = regimes_ahead(arena, result, requirement);
    return state;
}

enum verdict verdict_from(const struct model *model, size_t theory, bool applies, bool acceptable,
                          bool ruled_out)
{
    const char *role = model->theory_declarations[theory]->role;
    if (!applies)
        return VERDICT_SILENT;
    if (strcmp(role, "limit") == 0)
        return acceptable ? VERDICT_NOT_RULED_OUT : VERDICT_RULED_OUT;
    return ruled_out ? VERDICT_UNACCEPTABLE
                     : (acceptable ? VERDICT_ACCEPTABLE : VERDICT_BORDERLINE);
}

/* The first requirement that fails, or ground for ruling out that holds. */
static void find_decider(const struct result *result, const struct conclusion *conclusion,
                         size_t regime, struct opinion *opinion)
{
    opinion->decided_by = UINT32_MAX;
    for (uint32_t i = 0; i < conclusion->rules_out_count; i++)
        if (result_value(result, conclusion->rules_out[i].holds, regime, 0) != 0) {
            opinion->decided_by = i;
            opinion->from_rules_out = true;
            return;
        }
    for (uint32_t i = 0; i < conclusion->requires_count; i++)
        if (result_value(result, conclusion->requires[i].holds, regime, 0) == 0) {
            opinion->decided_by = i;
            return;
        }
}

/* Whether requirement i is a minimum over cases. */
static bool is_worst_case(const struct model *model, const struct requirement *requirement)
{
    return model_reduced(model, requirement->value, OP_REDUCE_MIN, model->case_axis) != NODE_NONE;
}

bool only_worst_case_fails(const struct model *model, const struct conclusion *conclusion,
                           const double *holds)
{
    bool any = false;
    for (uint32_t i = 0; i < conclusion->requires_count; i++) {
        if (holds[i] != 0)
            continue;
        if (!is_worst_case(model, &conclusion->requires[i]))
            return false;
        any = true;
    }
    return any;
}

static enum status make_opinion(struct arena *arena, struct result *result, size_t theory,
                                size_t regime, struct diags *diags)
{
    const struct model *model = result->model;
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    const struct verdict_nodes *nodes = &model->verdicts[theory];
    struct opinion *opinion = &result->opinions[theory * regimes_of(result) + regime];
    bool applies = result_value(result, nodes->applies, regime, 0) != 0;
    opinion->score = applies ? result_value(result, conclusion->score, regime, 0) : NOT_A_NUMBER;
    opinion->verdict = verdict_from(model, theory, applies,
                                    result_value(result, nodes->acceptable, regime, 0) != 0,
                                    result_value(result, nodes->ruled_out, regime, 0) != 0);
    opinion->decided_by = UINT32_MAX;
    opinion->range = (struct range){NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER,
                                    NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER};
    opinion->share_same = NOT_A_NUMBER;
    if (!applies)
        return STATUS_OK;
    if (!isfinite(opinion->score))
        return diags_error(
            diags, STATUS_PLUGIN, (struct place){model->theory_declarations[theory]->plugin, 0, 0},
            "the score of %s for %s is not a number at the central values: "
            "`applies` should say where the theory is silent",
            model->scenario->theories[theory].id, model->scenario->regimes[regime].id);
    find_decider(result, conclusion, regime, opinion);
    double *holds = arena_array(arena, conclusion->requires_count + 1, sizeof *holds);
    for (uint32_t i = 0; i < conclusion->requires_count; i++)
        holds[i] = result_value(result, conclusion->requires[i].holds, regime, 0);
    opinion->one_case_failed =
        opinion->verdict == VERDICT_BORDERLINE && only_worst_case_fails(model, conclusion, holds);
    return STATUS_OK;
}

static enum status make_opinions(struct arena *arena, struct result *result, struct diags *diags)
{
    size_t count = theories_of(result) * regimes_of(result);
    result->opinions = arena_array(arena, count, sizeof *result->opinions);
    for (size_t t = 0; t < theories_of(result); t++)
        for (size_t r = 0; r < regimes_of(result); r++)
            if (make_opinion(arena, result, t, r, diags) != STATUS_OK)
                return diags_status(diags);
    return STATUS_OK;
}

/* Every draw, and every resample, goes through all persons: so their number is bounded by what that
 * takes. */
uint64_t suitable_draws(const struct model *model, uint64_t most)
{
    enum { PERSONS_AND_DRAWS = 10000000, LEAST = 100 };
    if (model->population == NULL)
        return most;
    uint64_t draws = PERSONS_AND_DRAWS / model->population->persons;
    return draws < LEAST ? LEAST : (draws < most ? draws : most);
}

void weigh_settle(const struct model *model, struct weigh_options *options)
{
    if (options->draws == DRAWS_AS_SUITS && model->draw_table != NULL)
        options->draws = model->draw_table->draws;
    if (options->draws == DRAWS_AS_SUITS)
        options->draws =
            suitable_draws(model, options->sampling == DRAWS_SOBOL ? QUASI_DRAWS : DEFAULT_DRAWS);
    if (options->resamples == DRAWS_AS_SUITS)
        options->resamples = suitable_draws(model, DEFAULT_RESAMPLES);
    if (model->population == NULL)
        options->resamples = 0;
    quasi_settle(options);
}

enum status weigh_check_draws(const struct model *model, const struct weigh_options *options,
                              struct diags *diags)
{
    const struct draw_table *table = model->draw_table;
    if (table == NULL || options->draws == 0 || options->draws == table->draws)
        return STATUS_OK;
    struct diag diag = {
        .status = STATUS_USAGE,
        .place = {table->file, 0, 0},
        .message =
            arena_printf(diags->arena, "the table has %llu draws, not %llu",
                         (unsigned long long)table->draws, (unsigned long long)options->draws),
        .remedy = options->rounded_from != 0
                      ? "`--sampling sobol` takes 16 times a power of two of 256 or more: make as "
                        "many rows, or use `--sampling random`"
                      : "leave `--draws` out: every row is a draw"};
    return diags_add(diags, &diag);
}

/* --- the whole ------------------------------------------------------------------------------- */

enum status weigh(struct arena *arena, const struct model *model,
                  const struct weigh_options *options, struct result **result, struct diags *diags)
{
    struct result *weighing = arena_alloc(arena, sizeof *weighing);
    weighing->model = model;
    weighing->options = *options;
    if (options->along != NULL)
        weighing->options.along = arena_string(arena, options->along);
    weigh_settle(model, &weighing->options);
    if (weigh_check_draws(model, &weighing->options, diags) != STATUS_OK)
        return diags_status(diags);
    if (evaluate_central(arena, weighing, diags) != STATUS_OK ||
        check_central(arena, weighing, diags) != STATUS_OK ||
        make_opinions(arena, weighing, diags) != STATUS_OK)
        return diags_status(diags);
    weigh_support(arena, weighing);
    if (weigh_outcomes(arena, weighing, diags) != STATUS_OK ||
        weigh_strips(arena, weighing, diags) != STATUS_OK ||
        weigh_draws(arena, weighing, diags) != STATUS_OK ||
        weigh_resamples(arena, weighing, diags) != STATUS_OK)
        return diags_status(diags);
    weigh_rests(arena, weighing);
    *result = weighing;
    return STATUS_OK;
}
