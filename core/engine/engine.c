#include "engine/engine.h"

#include "base/math_inline.h"
#include "engine/crew.h"
#include "engine/summary.h"

/* --- every value ----------------------------------------------------------------------------- */

/* There is one NaN in results, for its sign and payload differ between machines. */
static void copy_values(double *out, struct operand values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double value = values.at[values.runs ? i : 0];
        out[i] = isnan(value) ? (double)NAN : value;
    }
}

static void evaluate_begin(struct worker *worker, const void *out)
{
    (void)worker;
    (void)out;
}

static void evaluate_block(struct worker *worker, const void *task)
{
    const struct run *run = &worker->run;
    double *out = *(double *const *)task;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++) {
            copy_values(out + run->first, run_wanted(run, &run->tape->wanted[w], cell), run->count);
            out += run->lanes->count;
        }
}

bool engine_evaluate(const struct tape *tape, const struct lanes *lanes, struct arena *scratch,
                     double *out, struct engine_fault *fault)
{
    struct crew_task task = {evaluate_begin, evaluate_block, &out};
    struct crew_report report;
    struct fixed fixed;
    fixed_init(&fixed, tape, lanes, scratch);
    return crew_run(&fixed, &task, scratch, &report, fault);
}

/* --- summaries ------------------------------------------------------------------------------- */

struct summarising {
    const struct cell_pair *pairs;
    size_t pair_count;
};

/* What one worker keeps. */
struct share {
    struct summary **cell, **pair;
    struct operand *values; /* [cell]: of the block */
    double *row;            /* scratch */
};

static struct summary **summaries_new(struct arena *arena, size_t count,
                                      const struct kernels *kernels, uint64_t replicate)
{
    struct summary **summaries = arena_array(arena, count, sizeof(struct summary *));
    for (size_t i = 0; i < count; i++) {
        summaries[i] = summary_new(arena, kernels);
        if (replicate != 0)
            summary_set_replicate(summaries[i], replicate);
    }
    return summaries;
}

static void summarise_begin(struct worker *worker, const void *task)
{
    const struct summarising *summarising = task;
    const struct run *run = &worker->run;
    struct share *share = arena_alloc(worker->arena, sizeof *share);
    share->cell =
        summaries_new(worker->arena, run->tape->cells, run->kernels, run->lanes->replicate);
    share->pair =
        summaries_new(worker->arena, summarising->pair_count, run->kernels, run->lanes->replicate);
    share->values = arena_array(worker->arena, run->tape->cells, sizeof *share->values);
    share->row = arena_array(worker->arena, run->block, sizeof *share->row);
    worker->work = share;
}

static void add_cell(const struct run *run, struct operand values, struct summary *summary)
{
    uint64_t first = run->lanes->lanes_before + run->first;
    if (values.runs)
        summary_add(summary, first, values.at, run->count);
    else
        summary_add_same(summary, first, values.at[0], run->count);
}

static void add_pair(const struct run *run, const struct share *share, struct cell_pair pair,
                     struct summary *summary)
{
    struct operand a = share->values[pair.a], b = share->values[pair.b];
    double *row = share->row;
    struct operand difference = {row, a.runs || b.runs};
    if (a.runs && b.runs)
        for (size_t i = 0; i < run->count; i++)
            row[i] = a.at[i] - b.at[i];
    else
        for (size_t i = 0; i < run->count; i++)
            row[i] = a.at[a.runs ? i : 0] - b.at[b.runs ? i : 0];
    add_cell(run, difference, summary);
}

static void summarise_block(struct worker *worker, const void *task)
{
    const struct summarising *summarising = task;
    const struct run *run = &worker->run;
    const struct share *share = worker->work;
    size_t at = 0;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++)
            share->values[at++] = run_wanted(run, &run->tape->wanted[w], cell);
    for (size_t cell = 0; cell < run->tape->cells; cell++)
        add_cell(run, share->values[cell], share->cell[cell]);
    for (size_t p = 0; p < summarising->pair_count; p++)
        add_pair(run, share, summarising->pairs[p], share->pair[p]);
}

/* Summary `at` of every worker, joined. */
static struct summary *join_shares(struct arena *arena, const struct crew_report *report,
                                   struct summary **parts, bool pair, size_t at)
{
    for (size_t w = 0; w < report->worker_count; w++) {
        const struct share *share = report->workers[w].work;
        parts[w] = pair ? share->pair[at] : share->cell[at];
    }
    return summary_join(arena, parts, report->worker_count);
}

bool engine_summarise(const struct tape *tape, const struct lanes *lanes,
                      const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                      struct summaries *summaries, struct engine_fault *fault)
{
    struct summarising summarising = {pairs, pair_count};
    struct crew_task task = {summarise_begin, summarise_block, &summarising};
    struct crew_report report;
    struct fixed fixed;
    fixed_init(&fixed, tape, lanes, arena);
    if (!crew_run(&fixed, &task, arena, &report, fault))
        return false;
    struct summary **parts = arena_array(arena, report.worker_count, sizeof(struct summary *));
    struct summaries built = {.cell = arena_array(arena, tape->cells, sizeof(struct summary *)),
                              .pair = arena_array(arena, pair_count, sizeof(struct summary *)),
                              .lanes = report.lanes};
    for (size_t cell = 0; cell < tape->cells; cell++)
        built.cell[cell] = join_shares(arena, &report, parts, false, cell);
    for (size_t p = 0; p < pair_count; p++)
        built.pair[p] = join_shares(arena, &report, parts, true, p);
    *summaries = built;
    return true;
}

void engine_summaries_begin(struct value_table table, size_t pair_count, struct arena *arena,
                            struct summaries *summaries)
{
    const struct kernels *kernels = kernels_for(ISA_BEST);
    *summaries =
        (struct summaries){.cell = summaries_new(arena, table.cells, kernels, table.replicate),
                           .pair = summaries_new(arena, pair_count, kernels, table.replicate)};
}

void engine_summaries_add(struct summaries *summaries, struct value_table table, uint64_t lanes,
                          const struct cell_pair *pairs, size_t pair_count, double *row)
{
    for (size_t cell = 0; cell < table.cells; cell++)
        summary_add(summaries->cell[cell], table.lanes_before, table.values + cell * table.stride,
                    lanes);
    for (size_t p = 0; p < pair_count; p++) {
        const double *a = table.values + pairs[p].a * table.stride;
        const double *b = table.values + pairs[p].b * table.stride;
        for (uint64_t i = 0; i < lanes; i++)
            row[i] = a[i] - b[i];
        summary_add(summaries->pair[p], table.lanes_before, row, lanes);
    }
    summaries->lanes += lanes;
}

void engine_summarise_values(struct value_table table, uint64_t lanes,
                             const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                             struct summaries *summaries)
{
    engine_summaries_begin(table, pair_count, arena, summaries);
    engine_summaries_add(summaries, table, lanes, pairs, pair_count,
                         arena_array(arena, lanes, sizeof(double)));
}
