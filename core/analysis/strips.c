/* Verdicts along one premise at a time: moral choices over their ranges, facts over theirs, and the
 * sweep that was asked for. */
#include <math.h>
#include <string.h>

#include "analysis/internal.h"
#include "analysis/lanes.h"

/* --- which theories a premise moves ---------------------------------------------------------- */

/* What one weighing asks along many premises. */
struct sweeps {
    struct arena *arena;
    struct result *result;
    const struct model *model;
    bool **reads; /* [theory][premise]: whether the theory's conclusion depends on it */
    struct diags *diags;
};

static struct sweeps sweeps_begin(struct arena *arena, struct result *result, struct diags *diags)
{
    const struct model *model = result->model;
    size_t theories = model->scenario->theory_count;
    struct sweeps sweeps = {.arena = arena, .result = result, .model = model, .diags = diags};
    sweeps.reads = arena_array(arena, theories, sizeof *sweeps.reads);
    for (size_t t = 0; t < theories; t++) {
        sweeps.reads[t] = arena_array(arena, model->linked.graph->premise_count, sizeof(bool));
        model_theory_premises(arena, model, t, sweeps.reads[t]);
    }
    return sweeps;
}

static bool is_read(const struct sweeps *sweeps, uint32_t premise)
{
    for (size_t t = 0; t < sweeps->model->scenario->theory_count; t++)
        if (sweeps->reads[t][premise])
            return true;
    return false;
}

/* --- lanes that vary one premise ------------------------------------------------------------- */

/* What is asked of each lane: for each theory that reads the premise the verdict's truths and its
 * requirements. */
struct probe {
    node_id *wanted;
    size_t count;
    size_t
        *first;   /* [theory]: its first wanted node: acceptable, ruled_out, applies, requires... */
    size_t *cell; /* [wanted]: its first cell */
    size_t cells;
};

static void want_theory(const struct sweeps *sweeps, size_t theory, struct probe *probe)
{
    const struct conclusion *conclusion = &sweeps->model->linked.conclusions[theory];
    const struct verdict_nodes *verdict = &sweeps->model->verdicts[theory];
    node_id nodes[3] = {verdict->acceptable, verdict->ruled_out, verdict->applies};
    for (uint32_t i = 0; i < 3 + conclusion->requires_count; i++) {
        probe->wanted =
            arena_grow(sweeps->arena, probe->wanted, probe->count, sizeof *probe->wanted);
        probe->wanted[probe->count++] = i < 3 ? nodes[i] : conclusion->requires[i - 3].holds;
    }
}

static struct probe make_probe(const struct sweeps *sweeps, uint32_t premise)
{
    const struct graph *graph = sweeps->model->linked.graph;
    size_t theories = sweeps->model->scenario->theory_count;
    struct probe probe = {.first = arena_array(sweeps->arena, theories, sizeof *probe.first)};
    for (size_t t = 0; t < theories; t++) {
        probe.first[t] = probe.count;
        if (sweeps->reads[t][premise])
            want_theory(sweeps, t, &probe);
    }
    probe.cell = arena_array(sweeps->arena, probe.count + 1, sizeof *probe.cell);
    for (size_t w = 0; w < probe.count; w++) {
        probe.cell[w] = probe.cells;
        probe.cells += graph_cells(graph, graph->nodes[probe.wanted[w]].axes);
    }
    return probe;
}

/* The verdict of theory and regime in one lane of `values` [cell][lane]. */
static enum verdict probe_verdict(struct arena *arena, const struct model *model,
                                  const struct probe *probe, const double *values, size_t lanes,
                                  size_t lane, size_t theory, size_t regime, bool *one_case_failed)
{
    const struct conclusion *conclusion = &model->linked.conclusions[theory];
    double *truth = arena_array(arena, 3 + conclusion->requires_count, sizeof *truth);
    for (size_t i = 0; i < 3 + conclusion->requires_count; i++) {
        size_t w = probe->first[theory] + i;
        size_t cell = probe->cell[w] + model_cell(model, probe->wanted[w], regime, 0);
        truth[i] = values[cell * lanes + lane];
    }
    enum verdict verdict = verdict_from(model, theory, truth[2] != 0, truth[0] != 0, truth[1] != 0);
    *one_case_failed =
        verdict == VERDICT_BORDERLINE && only_worst_case_fails(model, conclusion, truth + 3);
    return verdict;
}

/* No value of a premise gives back what a claim that is out takes. */
static void take_unsupported(const struct result *result, struct strip *strip,
                             enum verdict *verdicts)
{
    size_t opinions = result->model->scenario->theory_count * result->model->scenario->regime_count;
    for (size_t i = 0; i < opinions; i++)
        for (size_t p = 0; p < strip->points; p++)
            if (result->opinions[i].verdict == VERDICT_UNSUPPORTED)
                verdicts[i * strip->points + p] = VERDICT_UNSUPPORTED;
}

static size_t strip_index(const struct model *model, size_t points, size_t theory, size_t regime,
                          size_t point)
{
    return (theory * model->scenario->regime_count + regime) * points + point;
}

/* Verdicts while one premise takes each of `values`; a theory that does not read it says throughout
 * what it says at the centre. */
static enum status make_strip(const struct sweeps *sweeps, uint32_t premise, const double *values,
                              size_t points, struct strip *strip)
{
    struct arena *arena = sweeps->arena;
    const struct model *model = sweeps->model;
    size_t theories = model->scenario->theory_count, regimes = model->scenario->regime_count;
    struct probe probe = make_probe(sweeps, premise);
    struct lane_plan plan = lanes_along(arena, model, premise, values, points);
    double *out = arena_array(arena, probe.cells * points, sizeof *out);
    if (probe.count > 0 && lanes_evaluate(arena, model, &plan, probe.wanted, probe.count, out,
                                          sweeps->diags) != STATUS_OK)
        return diags_status(sweeps->diags);
    enum verdict *verdicts = arena_array(arena, theories * regimes * points, sizeof *verdicts);
    bool *failed = arena_array(arena, theories * regimes * points, sizeof *failed);
    bool *reads = arena_array(arena, theories, sizeof *reads);
    for (size_t t = 0; t < theories; t++) {
        reads[t] = sweeps->reads[t][premise];
        for (size_t r = 0; r < regimes; r++)
            for (size_t p = 0; p < points; p++) {
                const struct opinion *centre = result_opinion(sweeps->result, t, r);
                size_t at = strip_index(model, points, t, r, p);
                failed[at] = centre->one_case_failed;
                verdicts[at] = !reads[t] ? centre->verdict
                                         : probe_verdict(arena, model, &probe, out, points, p, t, r,
                                                         &failed[at]);
            }
    }
    *strip = (struct strip){model->premises[premise], points, values, verdicts, failed, reads};
    take_unsupported(sweeps->result, strip, verdicts);
    return STATUS_OK;
}

/* `points` values from low to high; both ends exact. */
static double *spread(struct arena *arena, double low, double high, size_t points)
{
    double *values = arena_array(arena, points, sizeof *values);
    for (size_t i = 0; i < points; i++)
        values[i] = low + (high - low) * ((double)i / (double)(points - 1));
    values[points - 1] = high;
    return values;
}

/* The values along which a moral choice is shown: its range, or each label or truth value. */
static double *moral_values(struct arena *arena, const struct premise *premise, size_t *points)
{
    if (premise->kind == VALUE_NUMBER) {
        *points = STRIP_POINTS;
        return spread(arena, premise->low, premise->high, *points);
    }
    *points = premise->kind == VALUE_TRUTH ? 2 : premise->label_count;
    return spread(arena, 0, (double)*points - 1, *points);
}

static enum status make_strips(const struct sweeps *sweeps)
{
    struct result *result = sweeps->result;
    for (uint32_t p = 0; p < sweeps->model->linked.graph->premise_count; p++) {
        const struct premise *premise = sweeps->model->premises[p];
        if (!premise->moral || !is_read(sweeps, p))
            continue;
        size_t points = 0;
        double *values = moral_values(sweeps->arena, premise, &points);
        result->strips =
            arena_grow(sweeps->arena, result->strips, result->strip_count, sizeof *result->strips);
        if (make_strip(sweeps, p, values, points, &result->strips[result->strip_count]) !=
            STATUS_OK)
            return diags_status(sweeps->diags);
        result->strip_count++;
    }
    return STATUS_OK;
}

/* --- facts one at a time --------------------------------------------------------------------- */

static double *fact_values(struct arena *arena, const struct premise *premise)
{
    double *values = arena_array(arena, FACT_POINTS, sizeof *values);
    for (size_t i = 0; i < FACT_POINTS; i++) {
        double share = 0.05 + 0.9 * (double)i / (FACT_POINTS - 1);
        values[i] = distribution_quantile(premise->distribution, share);
    }
    return values;
}

/* How many opinions have another verdict than the central one somewhere along the strip. */
static size_t count_changed(const struct result *result, const struct strip *strip)
{
    size_t changed = 0;
    for (size_t t = 0; t < result->model->scenario->theory_count; t++)
        for (size_t r = 0; r < result->model->scenario->regime_count; r++) {
            bool differs = false;
            for (size_t p = 0; p < strip->points; p++)
                differs = differs ||
                          strip->verdicts[strip_index(result->model, strip->points, t, r, p)] !=
                              result_opinion(result, t, r)->verdict;
            changed += differs;
        }
    return changed;
}

static void insert_mover(struct arena *arena, struct result *result, struct mover mover)
{
    result->movers = arena_grow(arena, result->movers, result->mover_count, sizeof *result->movers);
    size_t at = result->mover_count++;
    while (at > 0 && result->movers[at - 1].changed < mover.changed) {
        result->movers[at] = result->movers[at - 1];
        at--;
    }
    result->movers[at] = mover;
}

static enum status make_movers(const struct sweeps *sweeps)
{
    struct result *result = sweeps->result;
    for (uint32_t p = 0; p < sweeps->model->linked.graph->premise_count; p++) {
        const struct premise *premise = sweeps->model->premises[p];
        if (premise->distribution == NULL)
            continue;
        struct strip strip = {0};
        const double *values = fact_values(sweeps->arena, premise);
        if (make_strip(sweeps, p, values, FACT_POINTS, &strip) != STATUS_OK)
            return diags_status(sweeps->diags);
        result->fact_count++;
        size_t changed = count_changed(result, &strip);
        if (changed > 0)
            insert_mover(sweeps->arena, result,
                         (struct mover){premise, values[0], values[FACT_POINTS - 1], changed});
    }
    return STATUS_OK;
}

/* --- the sweep that was asked for ------------------------------------------------------------ */

static enum status unknown_premise(const struct model *model, const char *path, struct diags *diags)
{
    const struct graph *graph = model->linked.graph;
    const char **names = arena_array(diags->arena, graph->premise_count, sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; i < graph->premise_count; i++)
        if (model->premises[i]->column == 0)
            names[count++] = graph->premises[i].path;
    const char *near = suggest(path, names, count);
    struct diag diag = {
        .status = STATUS_USAGE,
        .message = arena_printf(diags->arena, "no theory reads a premise called `%s`", path),
        .remedy = near == NULL ? "`assize premises` lists them"
                               : arena_printf(diags->arena, "did you mean `%s`?", near)};
    return diags_add(diags, &diag);
}

/* An end of a sweep must be a value that the plugin which reads the number would take. Ends are in
 * the unit that it declares. */
static enum status refuse_end(const struct premise *premise, const char *words, double bound,
                              double end, struct diags *diags)
{
    char allowed[NUMBER_TEXT], given[NUMBER_TEXT];
    return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                       "%s must be %s %s: --along cannot move it to %s", premise->path, words,
                       number_write(allowed, bound), number_write(given, end));
}

static enum status check_ends(const struct premise *premise, double low, double high,
                              struct diags *diags)
{
    double least = premise->least, most = premise->most;
    if (low < least || (premise->least_open && low <= least))
        return refuse_end(premise, premise->least_open ? "above" : "at least", least, low, diags);
    if (high > most || (premise->most_open && high >= most))
        return refuse_end(premise, premise->most_open ? "below" : "at most", most, high, diags);
    return STATUS_OK;
}

/* A number that is whole is moved from whole number to whole number. */
static enum status check_steps(const struct premise *premise, double low, double high,
                               struct diags *diags)
{
    double step = (high - low) / (STRIP_POINTS - 1) / premise->unit_scale;
    double from = low / premise->unit_scale;
    if (!premise->whole || (from == floor(from) && step == floor(step)))
        return STATUS_OK;
    return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                       "%s is a whole number, and --along moves it in %d equal steps: give whole "
                       "ends that lie a multiple of %d apart",
                       premise->path, STRIP_POINTS - 1, STRIP_POINTS - 1);
}

/* Rounding leaves no trace on what is whole. */
static double *sweep_values(struct arena *arena, const struct premise *premise, double low,
                            double high)
{
    double *values = spread(arena, low, high, STRIP_POINTS);
    for (size_t i = 0; premise->whole && i < STRIP_POINTS; i++)
        values[i] = round(values[i] / premise->unit_scale) * premise->unit_scale;
    return values;
}

static enum status sweep_ends(const struct premise *premise, const struct weigh_options *options,
                              double *low, double *high, struct diags *diags)
{
    bool given = !isnan(options->along_low) && !isnan(options->along_high);
    if (premise->column != 0)
        return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "%s comes from a column of the records: --along moves premises",
                           premise->path);
    if (premise->kind != VALUE_NUMBER)
        return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "%s is no number: --along needs one", premise->path);
    if (given && check_ends(premise, options->along_low, options->along_high, diags) != STATUS_OK)
        return STATUS_USAGE;
    if (given) {
        *low = options->along_low * premise->unit_scale;
        *high = options->along_high * premise->unit_scale;
    } else if (premise->moral) {
        *low = premise->low;
        *high = premise->high;
    } else if (premise->distribution != NULL) {
        *low = distribution_quantile(premise->distribution, 0.05);
        *high = distribution_quantile(premise->distribution, 0.95);
    } else {
        return diags_error(diags, STATUS_USAGE, (struct place){NULL, 0, 0},
                           "%s is fixed: say how far to move it, as --along %s=LOW:HIGH",
                           premise->path, premise->path);
    }
    return check_steps(premise, *low, *high, diags);
}

static enum status make_along(const struct sweeps *sweeps)
{
    const struct model *model = sweeps->model;
    const struct weigh_options *options = &sweeps->result->options;
    const struct graph *graph = model->linked.graph;
    if (options->along == NULL)
        return STATUS_OK;
    uint32_t p = 0;
    while (p < graph->premise_count && strcmp(graph->premises[p].path, options->along) != 0)
        p++;
    if (p == graph->premise_count)
        return unknown_premise(model, options->along, sweeps->diags);
    double low = 0, high = 0;
    if (sweep_ends(model->premises[p], options, &low, &high, sweeps->diags) != STATUS_OK)
        return STATUS_USAGE;
    sweeps->result->along = arena_alloc(sweeps->arena, sizeof *sweeps->result->along);
    return make_strip(sweeps, p, sweep_values(sweeps->arena, model->premises[p], low, high),
                      STRIP_POINTS, sweeps->result->along);
}

enum status weigh_strips(struct arena *arena, struct result *result, struct diags *diags)
{
    struct sweeps sweeps = sweeps_begin(arena, result, diags);
    if (make_strips(&sweeps) != STATUS_OK || make_movers(&sweeps) != STATUS_OK)
        return diags_status(diags);
    return make_along(&sweeps);
}
