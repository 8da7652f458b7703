#include "engine/engine.h"

#include <string.h>

#include "base/math_inline.h"
#include "engine/run.h"
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

static void copy_block(const struct run *run, double *out)
{
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++) {
            copy_values(out + run->first, run_wanted(run, &run->tape->wanted[w], cell), run->count);
            out += run->lanes->count;
        }
}

bool evaluate_in_blocks(const struct tape *tape, const struct lanes *lanes, size_t block,
                        struct arena *scratch, double *out, struct engine_fault *fault)
{
    struct run run;
    run_init(&run, tape, lanes, block, scratch);
    while (run_next(&run)) {
        if (run_failed(&run, fault))
            return false;
        copy_block(&run, out);
    }
    return true;
}

bool engine_evaluate(const struct tape *tape, const struct lanes *lanes, struct arena *scratch,
                     double *out, struct engine_fault *fault)
{
    return evaluate_in_blocks(tape, lanes, 0, scratch, out, fault);
}

/* --- summaries ------------------------------------------------------------------------------- */

static struct summary **summaries_new(struct arena *arena, size_t count)
{
    struct summary **summaries = arena_array(arena, count, sizeof(struct summary *));
    for (size_t i = 0; i < count; i++)
        summaries[i] = summary_new(arena);
    return summaries;
}

/* Values that go along with the lanes, whatever the operand's own: `row` is filled if need be. */
static const double *in_lanes(struct operand values, double *row, size_t count)
{
    if (values.runs)
        return values.at;
    for (size_t i = 0; i < count; i++)
        row[i] = values.at[0];
    return row;
}

static struct operand cell_values(const struct run *run, size_t cell)
{
    const struct wanted *wanted = run->tape->wanted;
    for (; cell >= wanted->cells; wanted++)
        cell -= wanted->cells;
    return run_wanted(run, wanted, cell);
}

static void add_pair(const struct run *run, const struct cell_pair *pair, double *row,
                     struct summary *summary)
{
    struct operand a = cell_values(run, pair->a), b = cell_values(run, pair->b);
    for (size_t i = 0; i < run->count; i++)
        row[i] = a.at[a.runs ? i : 0] - b.at[b.runs ? i : 0];
    summary_add(summary, row, run->count);
}

static void add_block(const struct run *run, const struct cell_pair *pairs, size_t pair_count,
                      double *row, struct summaries *summaries)
{
    size_t at = 0;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t cell = 0; cell < run->tape->wanted[w].cells; cell++) {
            struct operand values = run_wanted(run, &run->tape->wanted[w], cell);
            summary_add(summaries->cell[at++], in_lanes(values, row, run->count), run->count);
        }
    for (size_t p = 0; p < pair_count; p++)
        add_pair(run, &pairs[p], row, summaries->pair[p]);
}

bool summarise_in_blocks(const struct tape *tape, const struct lanes *lanes, size_t block,
                         const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                         struct summaries *summaries, struct engine_fault *fault)
{
    struct run run;
    run_init(&run, tape, lanes, block, arena);
    double *row = arena_array(arena, run.block, sizeof *row);
    struct summaries built = {.cell = summaries_new(arena, tape->cells),
                              .pair = summaries_new(arena, pair_count),
                              .lanes = lanes->count};
    while (run_next(&run)) {
        if (run_failed(&run, fault))
            return false;
        add_block(&run, pairs, pair_count, row, &built);
    }
    *summaries = built;
    return true;
}

bool engine_summarise(const struct tape *tape, const struct lanes *lanes,
                      const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                      struct summaries *summaries, struct engine_fault *fault)
{
    return summarise_in_blocks(tape, lanes, 0, pairs, pair_count, arena, summaries, fault);
}
