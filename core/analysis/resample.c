/* The sample's own uncertainty: the persons weighed again and again, each as often as a draw says.
 */
#include <math.h>

#include "analysis/population.h"
#include "analysis/probe.h"
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

/* scores[opinion][resample], and how many have the verdict that the persons themselves give. */
struct tally {
    double *scores;
    uint64_t *same;
    uint64_t resamples, done;
};

static void count_resample(const struct result *result, const struct probed *probed, uint64_t at,
                           struct tally *tally)
{
    const struct scenario *scenario = result->model->scenario;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; r < scenario->regime_count; r++) {
            size_t k = t * scenario->regime_count + r;
            tally->scores[k * tally->resamples + at] = probed_score(probed, t, r);
            tally->same[k] += probed_verdict(probed, t, r) == result->opinions[k].verdict;
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
    size_t opinions = model->scenario->theory_count * model->scenario->regime_count;
    struct tally tally = {.resamples = result->options.resamples,
                          .same = arena_array(arena, opinions, sizeof *tally.same)};
    tally.scores = arena_array(arena, opinions, tally.resamples * sizeof *tally.scores);
    struct probe probe = probe_make(arena, model, NULL, PROBE_SCORE);
    double *out = arena_array(arena, probe.cells, sizeof *out);
    const struct probed probed = {&probe, out, 1, 0};
    struct row_question *question = rows_ask(arena, model, probe.wanted, probe.count, diags);
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
        if (!rows_answer(question, &plan, weights, out, &fault))
            return lanes_fault(model, &fault, diags);
        count_resample(result, &probed, tally.done, &tally);
    }
    result->options.resamples = tally.done;
    if (tally.done > 0)
        fill_sample(arena, result, &tally);
    return STATUS_OK;
}
