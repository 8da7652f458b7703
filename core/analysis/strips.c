/* Verdicts along one premise at a time: moral choices over their ranges, facts over theirs, and the
 * sweep that was asked for. */
#include <math.h>
#include <string.h>

#include "analysis/sweep.h"

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

/* --- moral choices, and facts one at a time -------------------------------------------------- */

static struct lane_walk *walk_add(const struct sweeps *sweeps, struct lane_walk **walks,
                                  size_t *count, uint32_t premise)
{
    *walks = arena_grow(sweeps->arena, *walks, *count, sizeof **walks);
    struct lane_walk *walk = &(*walks)[(*count)++];
    walk->premise = premise;
    return walk;
}

static void walk_moral_choices(const struct sweeps *sweeps, struct lane_walk **walks, size_t *count)
{
    for (uint32_t p = 0; p < sweeps->model->linked.graph->premise_count; p++) {
        const struct premise *premise = sweeps->model->premises[p];
        if (!premise->moral || !sweeps_read(sweeps, p))
            continue;
        struct lane_walk *walk = walk_add(sweeps, walks, count, p);
        walk->values = moral_values(sweeps->arena, premise, &walk->count);
    }
}

static double *fact_values(struct arena *arena, const struct premise *premise)
{
    double *values = arena_array(arena, FACT_POINTS, sizeof *values);
    for (size_t i = 0; i < FACT_POINTS; i++) {
        double share = 0.05 + 0.9 * (double)i / (FACT_POINTS - 1);
        values[i] = distribution_quantile(premise->distribution, share);
    }
    return values;
}

static void walk_facts(const struct sweeps *sweeps, struct lane_walk **walks, size_t *count)
{
    for (uint32_t p = 0; p < sweeps->model->linked.graph->premise_count; p++) {
        const struct premise *premise = sweeps->model->premises[p];
        if (premise->distribution == NULL)
            continue;
        struct lane_walk *walk = walk_add(sweeps, walks, count, p);
        walk->values = fact_values(sweeps->arena, premise);
        walk->count = FACT_POINTS;
    }
}

/* How many opinions have another verdict than the central one somewhere along the strip. */
static size_t count_changed(const struct result *result, const struct strip *strip)
{
    size_t changed = 0, regimes = result->model->scenario->regime_count;
    for (size_t t = 0; t < result->model->scenario->theory_count; t++)
        for (size_t r = 0; r < regimes; r++) {
            bool differs = false;
            for (size_t p = 0; p < strip->points; p++)
                differs = differs || strip->verdicts[(t * regimes + r) * strip->points + p] !=
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

static void find_movers(const struct sweeps *sweeps, const struct strip *strips, size_t count)
{
    struct result *result = sweeps->result;
    for (size_t i = 0; i < count; i++) {
        size_t changed = count_changed(result, &strips[i]);
        if (changed > 0)
            insert_mover(sweeps->arena, result,
                         (struct mover){strips[i].premise, strips[i].values[0],
                                        strips[i].values[FACT_POINTS - 1], changed});
    }
}

/* Both are judged together, for one run of the engine costs less than two. */
static enum status make_strips(const struct sweeps *sweeps)
{
    struct result *result = sweeps->result;
    struct lane_walk *walks = NULL;
    size_t count = 0;
    walk_moral_choices(sweeps, &walks, &count);
    result->strip_count = count;
    walk_facts(sweeps, &walks, &count);
    result->fact_count = count - result->strip_count;
    result->strips = arena_array(sweeps->arena, count, sizeof *result->strips);
    if (sweeps_judge(sweeps, walks, count, result->strips) != STATUS_OK)
        return diags_status(sweeps->diags);
    find_movers(sweeps, result->strips + result->strip_count, result->fact_count);
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
    struct lane_walk walk = {p, sweep_values(sweeps->arena, model->premises[p], low, high),
                             STRIP_POINTS};
    return sweeps_judge(sweeps, &walk, 1, sweeps->result->along);
}

enum status weigh_strips(struct arena *arena, struct result *result, struct diags *diags)
{
    struct sweeps sweeps = sweeps_begin(arena, result, diags);
    if (make_strips(&sweeps) != STATUS_OK)
        return diags_status(diags);
    return make_along(&sweeps);
}
