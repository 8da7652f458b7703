#include "report/reading.h"

#include <math.h>
#include <string.h>

#include "analysis/outcomes.h"
#include "analysis/population.h"
#include "report/figure.h"
#include "report/words.h"

size_t reading_theory(const struct model *model, const char *id)
{
    for (size_t t = 0; t < model->scenario->theory_count; t++)
        if (strcmp(model->scenario->theories[t].id, id) == 0)
            return t;
    return SIZE_MAX;
}

size_t reading_regime(const struct model *model, const char *id)
{
    for (size_t r = 0; r < model->scenario->regime_count; r++)
        if (strcmp(model->scenario->regimes[r].id, id) == 0)
            return r;
    return SIZE_MAX;
}

bool reading_varies(const struct model *model, node_id node, uint32_t axis)
{
    axis_set axes = model->linked.graph->nodes[node].axes;
    return axis < GRAPH_MOST_AXES && axes_have(axes, axis);
}

/* --- requirements ---------------------------------------------------------------------------- */

const struct requirement *reading_decided(const struct conclusion *conclusion,
                                          const struct opinion *opinion)
{
    if (opinion->decided_by == UINT32_MAX || opinion->verdict == VERDICT_SILENT)
        return NULL;
    return opinion->from_rules_out ? &conclusion->rules_out[opinion->decided_by]
                                   : &conclusion->requires[opinion->decided_by];
}

const struct requirement *reading_case_requirement(struct arena *arena, const struct result *result,
                                                   size_t theory, size_t regime)
{
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    for (uint32_t i = 0; i < conclusion->requires_count; i++) {
        struct requirement_state state =
            result_requirement(arena, result, &conclusion->requires[i], regime);
        if (!state.holds && state.failing_cases != NULL)
        return &conclusion->requires[i];
    }
    return NULL;
}

bool reading_case_fails(struct arena *arena, const struct result *result, size_t theory,
                        size_t regime, size_t kase)
{
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    for (uint32_t i = 0; i < conclusion->requires_count; i++) {
        struct requirement_state state =
            result_requirement(arena, result, &conclusion->requires[i], regime);
        if (state.failing_cases != NULL && state.failing_cases[kase])
            return true;
    }
    return false;
}

double reading_of_case(const struct result *result, const struct requirement *requirement,
                       size_t regime, size_t kase)
{
    const struct model *model = result->model;
    const struct node *node = &model->linked.graph->nodes[requirement->value];
    while (node->op == OP_CLAIM)
        node = &model->linked.graph->nodes[node->arguments[0]];
    if (node->op != OP_REDUCE_MIN || node->index != model->case_axis ||
        !model_plain_axes(model, node->arguments[0]))
        return (double)NAN;
    return result_value(result, node->arguments[0], regime, kase);
}

const char *reading_relation(enum relation relation)
{
    static const char *const names[] = {"at least", "above", "at most", "below"};
    return names[relation];
}

/* --- differences and sentences --------------------------------------------------------------- */

double reading_persons_failing(const struct result *result, const struct requirement_state *state)
{
    bool told = population_may_tell(result->model->population, state->share_failing);
    return told ? state->share_failing : (double)NAN;
}

const char *reading_persons_failing_words(struct arena *arena, const struct result *result,
                                          const struct requirement_state *state)
{
    const struct population *population = result->model->population;
    if (isnan(state->share_failing))
        return NULL;
    double share = reading_persons_failing(result, state);
    if (isnan(share))
        return arena_printf(arena, "some persons: they, or the others, may be fewer than %llu",
                            (unsigned long long)population->smallest_cell);
    return share <= 0 ? "nobody"
                      : arena_printf(arena, "%s %% of persons%s", figure_number(arena, 100 * share),
                                     population->weights != NULL ? ", by weight" : "");
}

double reading_difference(const struct result *result, size_t theory, size_t regime, size_t kase)
{
    node_id node = result->model->linked.conclusions[theory].difference;
    bool silent = isnan(result_opinion(result, theory, regime)->score);
    return node == NODE_NONE || silent ? (double)NAN : result_value(result, node, regime, kase);
}

const char *reading_difference_words(struct arena *arena, const struct result *result,
                                     size_t theory, size_t regime, size_t kase)
{
    double difference = reading_difference(result, theory, regime, kase);
    if (isnan(difference))
        return NULL;
    node_id node = result->model->linked.conclusions[theory].difference;
    const struct unit *unit = &result->model->linked.graph->nodes[node].unit;
    if (difference == 0)
        return "as deserved";
    return arena_printf(arena, "too %s by %s", difference > 0 ? "harsh" : "lenient",
                        figure_quantity(arena, fabs(difference), unit));
}

struct span reading_headline_of_case(const struct result *result, size_t regime, size_t kase)
{
    const struct model *model = result->model;
    const struct output *low = model->headline_low, *high = model->headline_high;
    low = low != NULL ? low : model->headline_output;
    high = high != NULL ? high : model->headline_output;
    if (low == NULL || high == NULL)
        return (struct span){(double)NAN, (double)NAN};
    return (struct span){result_value(result, low->value, regime, kase),
                         result_value(result, high->value, regime, kase)};
}

struct span reading_headline(const struct result *result, size_t regime)
{
    struct span all = reading_headline_of_case(result, regime, 0);
    for (size_t c = 1; c < result->model->scenario->case_count; c++) {
        struct span one = reading_headline_of_case(result, regime, c);
        all.low = one.low < all.low ? one.low : all.low;
        all.high = one.high > all.high ? one.high : all.high;
    }
    return all;
}

/* --- values and findings --------------------------------------------------------------------- */

/* The first axis of a node beside regime and case. */
static const char *further_axis(const struct model *model, node_id node)
{
    const struct graph *graph = model->linked.graph;
    for (uint32_t a = 0; a < graph->axis_count; a++)
        if (a != model->regime_axis && a != model->case_axis && reading_varies(model, node, a))
            return graph->axes[a].name;
    return "place";
}

const char *reading_value(struct arena *arena, const struct result *result, node_id node,
                          size_t regime, size_t kase)
{
    const struct model *model = result->model;
    if (!model_plain_axes(model, node))
        return arena_printf(arena, "(one value for each %s)", further_axis(model, node));
    return figure_node(arena, &model->linked.graph->nodes[node],
                       result_value(result, node, regime, kase));
}

bool reading_finding_holds(const struct result *result, const struct finding *finding,
                           size_t regime, size_t kase)
{
    return finding->holds == NODE_NONE || result_value(result, finding->holds, regime, kase) != 0;
}

/* " (5-95 %: 9,800 to 19,900)", or "" when the draws do not move it. */
static const char *range_words(struct arena *arena, const struct range *range)
{
    if (range == NULL || isnan(range->low) || range->low == range->high)
        return "";
    return arena_printf(arena, " (5-95 %%: %s to %s)", figure_number(arena, range->low),
                        figure_number(arena, range->high));
}

const char *reading_finding(struct arena *arena, const struct result *result, size_t theory,
                            size_t finding, size_t regime, size_t kase)
{
    const struct scenario *scenario = result->model->scenario;
    const struct finding *one = &result->model->linked.conclusions[theory].findings[finding];
    bool holds = reading_finding_holds(result, one, regime, kase);
    const char *text = holds || one->otherwise == NULL ? one->text : one->otherwise;
    struct template_words words = {reading_value(arena, result, one->value, regime, kase),
                                   scenario->cases[kase], scenario->regimes[regime].id};
    bool shows_value = text != NULL && strstr(text, "{value}") != NULL;
    const struct range *range =
        shows_value ? result_finding_range(result, theory, finding, regime, kase) : NULL;
    return arena_printf(arena, "%s%s.%s%s", words_template(arena, text, &words),
                        range_words(arena, range), holds && one->note != NULL ? " " : "",
                        holds ? words_sentence(arena, one->note) : "");
}

/* --- identity and legend --------------------------------------------------------------------- */

const char *reading_identity(struct arena *arena, const struct result *result)
{
    struct text out;
    const struct model *model = result->model;
    text_init(&out, arena);
    text_printf(
        &out, "assize %s: scenario %.8s, %zu inputs %.8s, graph %.8s, seed %llu, %s, %s",
        ASSIZE_VERSION, model->scenario_hash, model->input_count, model->inputs_hash,
        model->graph_hash, (unsigned long long)result->options.seed,
        words_count(arena, result->options.draws,
                    result->options.sampling == DRAWS_SOBOL ? "Sobol' draw" : "draw"),
        words_count(arena, result->outcomes != NULL ? result->outcomes->count : 1, "outcome"));
    for (size_t i = 0; i < model->setting_count; i++)
        text_printf(&out, "%s%s=%s", i == 0 ? ", set " : " ",
                    words_shown(arena, model->settings[i].path),
                    words_shown(arena, model->settings[i].value));
    return out.data;
}

const char *reading_legend(struct arena *arena, const char *letters)
{
    static const struct {
        char letter;
        const char *meaning;
    } rows[] = {{'A', "acceptable"},   {'b', "borderline"},    {'!', "one case fails"},
                {'.', "unacceptable"}, {'n', "not ruled out"}, {'x', "ruled out"},
                {'-', "silent"},       {'u', "unsupported"}};
    struct text out;
    text_init(&out, arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strchr(letters, rows[i].letter) != NULL)
            text_printf(&out, "%s%c %s", out.length == 0 ? "" : ", ", rows[i].letter,
                        rows[i].meaning);
    return out.data;
}

/* --- premises -------------------------------------------------------------------------------- */

const char *reading_status(enum premise_status status)
{
    static const char *const names[] = {"sourced", "illustrative", "unverified"};
    return names[status];
}

/* Where a premise stands: a moral choice, or its status with the source. */
static const char *standing_words(struct arena *arena, const struct premise *premise)
{
    if (premise->moral && premise->kind == VALUE_NUMBER)
        return arena_printf(arena, "MORAL CHOICE, %s to %s",
                            figure_premise_bare(arena, premise, premise->low),
                            figure_premise_bare(arena, premise, premise->high));
    if (premise->moral)
        return "MORAL CHOICE";
    if (premise->status == PREMISE_SOURCED && premise->source != NULL)
        return arena_printf(arena, "sourced: %s", words_clip(arena, premise->source, 60));
    return reading_status(premise->status);
}

/* What stands for a class of persons. */
static const char *column_words(const struct premise *premise)
{
    const char *name = words_last_step(premise->path);
    if (strcmp(name, "share") == 0 || strcmp(name, "class_share") == 0)
        return "its part of all weight";
    return premise->kind == VALUE_NUMBER ? "mean of the class" : "most frequent in the class";
}

const char *reading_premise_tags(struct arena *arena, const struct premise *premise)
{
    if (premise->column != 0)
        return arena_printf(arena, "from the records, %s; %s", reading_status(premise->status),
                            column_words(premise));
    const char *accepted = premise->accepted == NULL
                               ? ""
                               : arena_printf(arena, ", set by argument %s", premise->accepted);
    return arena_printf(arena, "%s%s%s%s%s", standing_words(arena, premise),
                        premise->assumed ? ", assumed" : "", premise->set ? ", set here" : "",
                        accepted, premise->disputed ? "  ? disputed" : "");
}

const bool *reading_used(struct arena *arena, const struct model *model)
{
    uint32_t count = model->linked.graph->premise_count;
    bool *used = arena_array(arena, count, sizeof *used);
    bool *of_theory = arena_array(arena, count, sizeof *of_theory);
    for (size_t t = 0; t < model->scenario->theory_count; t++) {
        memset(of_theory, 0, count * sizeof *of_theory);
        model_theory_premises(arena, model, t, of_theory);
        for (uint32_t p = 0; p < count; p++)
            used[p] = used[p] || of_theory[p];
    }
    return used;
}
