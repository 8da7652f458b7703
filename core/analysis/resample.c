/* The sample's own uncertainty: the persons weighed again and again, each as often as a draw says.
 */
#include <math.h>

#include "analysis/internal.h"
#include "analysis/population.h"
#include "analysis/rows.h"
#include "base/math.h"

/* below[k]: the probability that a Poisson number of mean 1 is k or less. */
enum { MOST_TIMES = 18 }; /* a u next to 1 gives 18: more have a probability below 2^-53 */

static void poisson_table(double below[MOST_TIMES])
{
    double probability = math_exp(-1), sum = probability;
    for (size_t k = 0; k < MOST_TIMES; k++) {
        below[k] = sum;
        probability /= (double)(k + 1);
        sum += probability;
    }
}

/* How often, by inverting the distribution. */
static double times(const double *below, double u)
{
    size_t count = 0;
    while (count < MOST_TIMES && u >= below[count])
        count++;
    return (double)count;
}

/* Weights of the persons in resample `at`: person i has draw at * persons + i of one stream. */
static void draw_weights(const struct population *population, uint64_t seed, uint64_t at,
                         double *weights)
{
    uint64_t persons = population->persons;
    double below[MOST_TIMES];
    poisson_table(below);
    stream_uniform(seed, stream_of_path("records.resample"), at * persons, persons, weights);
    for (uint64_t i = 0; i < persons; i++)
        weights[i] =
            times(below, weights[i]) * (population->weights != NULL ? population->weights[i] : 1);
}

/* What is asked of each resample: for each theory score, acceptable, ruled out, applies. */
static node_id *wanted_nodes(struct arena *arena, const struct model *model, size_t *cells)
{
    size_t theories = model->scenario->theory_count;
    node_id *wanted = arena_array(arena, 4 * theories, sizeof *wanted);
    for (size_t t = 0; t < theories; t++) {
        wanted[4 * t] = model->linked.conclusions[t].score;
        wanted[4 * t + 1] = model->verdicts[t].acceptable;
        wanted[4 * t + 2] = model->verdicts[t].ruled_out;
        wanted[4 * t + 3] = model->verdicts[t].applies;
    }
    for (size_t w = 0; w < 4 * theories; w++)
        *cells += graph_cells(model->linked.graph, model->linked.graph->nodes[wanted[w]].axes);
    return wanted;
}

/* What one resample says of all regimes. */
struct reading {
    const struct model *model;
    const node_id *wanted;
    double *out;
};

static double read_at(const struct reading *reading, size_t w, size_t regime)
{
    const struct graph *graph = reading->model->linked.graph;
    size_t cell = model_cell(reading->model, reading->wanted[w], regime, 0);
    for (size_t before = 0; before < w; before++)
        cell += graph_cells(graph, graph->nodes[reading->wanted[before]].axes);
    return reading->out[cell];
}

/* scores[opinion][resample], and how many have the verdict that the persons themselves give. */
struct tally {
    double *scores;
    uint64_t *same;
    uint64_t resamples, done;
};

static void count_resample(const struct result *result, const struct reading *reading, uint64_t at,
                           struct tally *tally)
{
    const struct scenario *scenario = result->model->scenario;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            size_t k = t * scenario->regime_count + r;
            enum verdict verdict = verdict_from(
                result->model, t, read_at(reading, 4 * t + 3, r) != 0,
                read_at(reading, 4 * t + 1, r) != 0, read_at(reading, 4 * t + 2, r) != 0);
            tally->scores[k * tally->resamples + at] = read_at(reading, 4 * t, r);
            tally->same[k] += verdict == result->opinions[k].verdict;
        }
}

static void fill_sample(struct arena *arena, struct result *result, const struct tally *tally)
{
    size_t opinions = result->model->scenario->theory_count * result->model->scenario->regime_count;
    struct sample_opinion *sample = arena_array(arena, opinions, sizeof *sample);
    struct summaries summaries;
    engine_summarise_values((struct value_table){.values = tally->scores,
                                                 .cells = opinions,
                                                 .stride = tally->resamples},
                            tally->done, NULL, 0, arena, &summaries);
    for (size_t k = 0; k < opinions; k++) {
        const struct summary *summary = summaries.cell[k];
        bool scored = !isnan(result->opinions[k].score) && summary_count(summary) > 0;
        sample[k] = (struct sample_opinion){NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER,
                                            (double)tally->same[k] / (double)tally->done};
        if (!scored)
            continue;
        sample[k].low = summary_quantile(summary, 0.05);
        sample[k].high = summary_quantile(summary, 0.95);
        sample[k].error = sqrt(summary_variance(summary));
    }
    result->sample = sample;
}

static bool stopped(const struct weigh_options *options, uint64_t done, uint64_t all)
{
    return options->progress != NULL &&
           !options->progress(options->context, "resamples of the persons", done, all);
}

enum status weigh_resamples(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct model *model = result->model;
    const struct population *population = model->population;
    result->resamples_asked = result->options.resamples;
    if (result->options.resamples == 0)
        return STATUS_OK;
    size_t opinions = model->scenario->theory_count * model->scenario->regime_count, cells = 0;
    struct tally tally = {.resamples = result->options.resamples,
                          .same = arena_array(arena, opinions, sizeof *tally.same)};
    tally.scores = arena_array(arena, opinions, tally.resamples * sizeof *tally.scores);
    struct reading reading = {model, wanted_nodes(arena, model, &cells), NULL};
    reading.out = arena_array(arena, cells, sizeof *reading.out);
    struct row_question *question =
        rows_ask(arena, model, reading.wanted, 4 * model->scenario->theory_count, diags);
    if (question == NULL)
        return diags_status(diags);
    double *weights = arena_array(arena, population->persons, sizeof *weights);
    struct lane_plan plan = lanes_central(arena, model);
    struct manner manner = {.threads = result->options.threads};
    plan.lanes.manner = &manner;
    for (; tally.done < tally.resamples; tally.done++) {
        struct engine_fault fault = {OP_FAULT_NONE, NODE_NONE, 0};
        if (stopped(&result->options, tally.done, tally.resamples))
            break;
        draw_weights(population, result->options.seed, tally.done, weights);
        if (!rows_answer(question, &plan, weights, reading.out, &fault))
            return lanes_fault(model, &fault, diags);
        count_resample(result, &reading, tally.done, &tally);
    }
    result->options.resamples = tally.done;
    if (tally.done > 0)
        fill_sample(arena, result, &tally);
    return STATUS_OK;
}
