#include "engine/total.h"

#include <string.h>

#include "engine/crew.h"
#include "graph/op_inline.h"

/* leaves[cell * leaf_count + leaf]: each is written by the one thread that has the leaf. */
struct totalling {
    const enum op *ops;
    double *leaves;
    size_t leaf_count;
    double *const *kept; /* [cell]: as in struct total_lanes; or NULL */
};

/* What one worker keeps: partial sums of the leaf under way. */
struct part {
    double *partials; /* [cell][SUM_PARTIALS] */
    bool faulty;
};

static void total_begin(struct worker *worker, const void *task)
{
    const struct totalling *totalling = task;
    struct part *part = arena_alloc(worker->arena, sizeof *part);
    part->partials =
        arena_array(worker->arena, worker->run.tape->cells * SUM_PARTIALS, sizeof(double));
    worker->work = part;
    for (size_t cell = 0; totalling->kept != NULL && cell < worker->run.tape->cells; cell++)
        if (totalling->kept[cell] != NULL)
            run_fetches(&worker->run, totalling->kept[cell], worker->arena);
}

static double two(enum op op, double a, double b)
{
    return op == OP_SUM ? a + b : op == OP_REDUCE_MIN ? op_min(a, b) : op_max(a, b);
}

/* One value of a leaf's place `lane`. */
static void add_to_partial(double *partials, enum op op, size_t lane, double value)
{
    double *partial = &partials[lane % SUM_PARTIALS];
    *partial = lane < SUM_PARTIALS ? value : two(op, *partial, value);
}

/* Values of lanes `lane`, `lane` + 1, ... of one leaf go to the partial of their place in it:
 * sixteen at a time, as rows. */
static void add_to_partials(const struct run *run, double *partials, enum op op, size_t lane,
                            struct operand values, size_t count)
{
    size_t i = 0, rows;
    for (; i < count && (!values.runs || lane + i < SUM_PARTIALS || (lane + i) % SUM_PARTIALS != 0);
         i++)
        add_to_partial(partials, op, lane + i, values.at[values.runs ? i : 0]);
    rows = (count - i) / SUM_PARTIALS;
    if (i == count)
        return;
    run->kernels->fold(op, partials, (struct rows){values.at + i, rows, SUM_PARTIALS},
                       SUM_PARTIALS);
    for (i += rows * SUM_PARTIALS; i < count; i++)
        add_to_partial(partials, op, lane + i, values.at[i]);
}

static double fold_partials(const double *partials, enum op op, size_t used)
{
    double folded = partials[0];
    for (size_t p = 1; p < used; p++)
        folded = two(op, folded, partials[p]);
    return folded;
}

static void keep_lanes(double *out, struct operand values, size_t count)
{
    if (values.runs)
        memcpy(out, values.at, count * sizeof *out);
    else
        for (size_t i = 0; i < count; i++)
            out[i] = values.at[0];
}

/* Part of one leaf; `at` is its first lane in the block. */
static void total_in_leaf(struct worker *worker, const struct totalling *totalling, size_t at,
                          size_t count)
{
    const struct run *run = &worker->run;
    const struct part *part = worker->work;
    uint64_t first = run->first + at, total = run->lanes->count;
    size_t lane = (size_t)(first % SUM_LEAF), cell = 0;
    bool ends = lane + count == SUM_LEAF || first + count == total;
    for (size_t w = 0; w < run->tape->wanted_count; w++)
        for (size_t c = 0; c < run->tape->wanted[w].cells; c++, cell++) {
            struct operand values = run_wanted(run, &run->tape->wanted[w], c);
            double *partials = part->partials + cell * SUM_PARTIALS;
            values.at += values.runs ? at : 0;
            if (totalling->kept != NULL && totalling->kept[cell] != NULL) {
                keep_lanes(totalling->kept[cell] + first, values, count);
                continue;
            }
            double *leaf = &totalling->leaves[cell * totalling->leaf_count + first / SUM_LEAF];
            if (count == SUM_LEAF && values.runs && totalling->ops[w] == OP_SUM) {
                *leaf = run->kernels->sum_of_leaf(values.at);
                continue;
            }
            add_to_partials(run, partials, totalling->ops[w], lane, values, count);
            if (ends)
                *leaf = fold_partials(partials, totalling->ops[w],
                                      lane + count < SUM_PARTIALS ? lane + count : SUM_PARTIALS);
        }
}

static void total_block(struct worker *worker, const void *task)
{
    const struct run *run = &worker->run;
    struct part *part = worker->work;
    part->faulty = part->faulty || run->any_fault;
    for (size_t at = 0; at < run->count;) {
        size_t room = SUM_LEAF - (size_t)((run->first + at) % SUM_LEAF), rest = run->count - at;
        size_t count = rest < room ? rest : room;
        total_in_leaf(worker, task, at, count);
        at += count;
    }
}

/* The binary tree over the leaves' index: neighbours are folded until one is left. Overwrites them.
 */
static double fold_leaves(double *leaves, size_t count, enum op op)
{
    for (; count > 1; count = (count + 1) / 2)
        for (size_t i = 0; 2 * i < count; i++)
            leaves[i] =
                2 * i + 1 < count ? two(op, leaves[2 * i], leaves[2 * i + 1]) : leaves[2 * i];
    return leaves[0];
}

/* Whether a lane had a fault. */
static bool any_faulty(const struct fixed *fixed, const struct crew_report *report)
{
    bool any = fixed->fault.fault != OP_FAULT_NONE;
    for (size_t w = 0; w < report->worker_count; w++)
        any = any || ((const struct part *)report->workers[w].work)->faulty;
    return any;
}

bool engine_total_and_keep(const struct tape *tape, const struct lanes *lanes, const enum op *ops,
                           struct arena *scratch, double *totals, struct total_lanes *kept,
                           struct engine_fault *fault)
{
    struct totalling totalling = {.ops = ops,
                                  .leaf_count = (lanes->count + SUM_LEAF - 1) / SUM_LEAF,
                                  .kept = kept == NULL ? NULL : kept->lanes};
    totalling.leaves =
        arena_array(scratch, totalling.leaf_count, tape->cells * sizeof *totalling.leaves);
    struct crew_task task = {total_begin, total_block, &totalling};
    struct crew_report report;
    struct fixed fixed;
    fixed_init(&fixed, tape, lanes, scratch);
    if (!crew_run(&fixed, &task, scratch, &report, fault))
        return false;
    size_t cell = 0;
    for (size_t w = 0; w < tape->wanted_count; w++)
        for (size_t c = 0; c < tape->wanted[w].cells; c++, cell++)
            totals[cell] = fold_leaves(totalling.leaves + cell * totalling.leaf_count,
                                       totalling.leaf_count, ops[w]);
    if (kept != NULL)
        kept->faulty = any_faulty(&fixed, &report);
    return true;
}

bool engine_total(const struct tape *tape, const struct lanes *lanes, const enum op *ops,
                  struct arena *scratch, double *totals, struct engine_fault *fault)
{
    return engine_total_and_keep(tape, lanes, ops, scratch, totals, NULL, fault);
}
