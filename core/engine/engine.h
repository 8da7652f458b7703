/* Lanes in, numbers out.
 *
 * A lane is one complete way in which the premises may stand. The engine does not know why a lane
 * was chosen: a draw, a point of a sweep and a what-if are all lanes. Two steps:
 *
 *   graph + wanted nodes + which premises vary --tape_build()--> tape --engine_...()--> numbers
 *
 * Lanes go through the tape in blocks; a node is computed a row at a time, one of its cells in all
 * lanes of the block, by a loop made for the processor at hand. Leaves of 256 lanes are shared out
 * among threads. A node that no lane changes is computed once. The results do not depend on the
 * block, the threads or the processor: they are the same to the last bit.
 *
 * Sums have one order. Along an axis: leaves of 256 consecutive places, in a leaf 16 interleaved
 * partial sums (place i to partial i mod 16) added from the first to the last, leaves added in a
 * binary tree over their index. Over lanes, in summaries, likewise. `min`, `max` and NaN: see op.h.
 *
 * Both branches of a `where` are computed in every lane, so a value that does not fit an operation
 * may stand where nobody looks. Hence a fault does not stop the run: the element becomes NaN, and
 * the first fault of each lane is remembered. Only when a wanted value is NaN in a lane with a
 * fault is that fault returned. A wanted value that is finite there did not select it. A wanted
 * value that is not finite in a lane without faults is the caller's business.
 */
#ifndef ASSIZE_ENGINE_ENGINE_H
#define ASSIZE_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/distribution.h"
#include "engine/sobol.h"
#include "graph/graph.h"

enum { ENGINE_LEAF = 256 };

/* Which loops are used. ISA_BEST: the widest that this processor has. */
enum isa { ISA_BEST, ISA_BASELINE, ISA_AVX2, ISA_AVX512 };

/* Whether this processor has it. */
bool isa_fits(enum isa isa);

/* How to go about it; nothing here changes a result. */
struct manner {
    unsigned threads; /* 0: one for each processor */
    enum isa isa;
    size_t block; /* lanes in a block; 0: as many as suit the tape */

    /* Called now and then by the thread that asked, with the lanes done so far. Where it returns
     * false the run ends early. NULL: nobody wants to know. */
    bool (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
};

/* Which numbers a premise's draws are made of: those of a stream (distribution.h), or of a
 * coordinate of the Sobol' sequence scrambled with that stream. */
struct drawn_by {
    uint64_t stream;
    const struct sobol_dimension *dimension; /* where struct lanes has replicates; else unread */
};

/* A premise drawn together with others, by a Gaussian copula: its uniform number is the chance of a
 * normal score (below it in the standard normal distribution, kept within 2^-53 of 0 and 1), and
 * the score is the sum of weights[j] times the score of by[j], from the first to the last. The
 * squares of the weights add up to 1. */
struct drawn_together {
    size_t count;
    const double *weights;
    const struct drawn_by *by;
};

/* Where the values of one premise come from. A premise that was said not to vary is read in lane 0
 * alone. */
struct lane_source {
    double value;                            /* the same in every lane; unless */
    const double *values;                    /* one for each lane of the request; unless */
    const struct distribution *distribution; /* drawn: lane i is draw `first_draw + i` */
    const struct sobol_dimension *dimension; /* drawn: its own; or NULL: random draws */
    const struct drawn_together *together;   /* drawn: with others; or NULL: on its own */
};

struct lanes {
    const struct lane_source *sources; /* [graph premises], by their index in the graph */
    uint64_t count;                    /* lanes, at least 1 */
    uint64_t first_draw;
    uint64_t lanes_before; /* whole leaves of lanes that stand before these in a larger request: in
                              summaries, places in the order of sums begin behind them */
    uint64_t seed;
    uint64_t replicate; /* 0: random draws; else quasi-random ones, from draw 1 on: so many in each
                           independent scrambling, a power of two from 256 to 2^32 */
    const struct manner *manner; /* or NULL */
};

struct tape;

/* Orders what the `wanted` nodes need. `varies[p]`: whether lanes may differ in premise p.
 * The tape refers to `graph`, which must outlive it. */
struct tape *tape_build(struct arena *arena, const struct graph *graph, const node_id *wanted,
                        size_t wanted_count, const bool *varies);

/* Cells of wanted node w, and the total over all wanted nodes. */
size_t tape_wanted_cells(const struct tape *tape, size_t wanted);
size_t tape_cells(const struct tape *tape);

/* A value that did not fit an operation (knots out of order, a row outside a table). */
struct engine_fault {
    enum op_fault fault; /* OP_FAULT_NONE: all well */
    node_id node;
    uint64_t lane;
};

/* Every wanted value: out[cell][lane], cells of wanted node 0 first; all NaN have the same bits. On
 * a fault returns false; `fault` names the first lane and, in it, the first node; what `out` then
 * holds is of no use. Where `fault` is NULL faults do not end it, and leave NaN. */
bool engine_evaluate(const struct tape *tape, const struct lanes *lanes, struct arena *scratch,
                     double *out, struct engine_fault *fault);

/* What is kept of many lanes: one summary for a cell of a wanted node. Lives in the arena. */
struct summary;

/* Summaries over `count` values that come in order. Values that are not finite are counted apart
 * and enter nothing else. */
struct summaries {
    struct summary **cell; /* [tape cells] */
    struct summary **pair; /* differences of pairs, [pair_count] */
    uint64_t lanes;        /* fewer than were asked for where `progress` ended the run */
};

/* A pair of cells (numbered through all wanted nodes) whose difference is summarised. */
struct cell_pair {
    size_t a, b;
};

bool engine_summarise(const struct tape *tape, const struct lanes *lanes,
                      const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                      struct summaries *summaries, struct engine_fault *fault);

/* Values that stand already: lane l of a cell is values[cell * stride + l]. */
struct value_table {
    const double *values;
    size_t cells;
    uint64_t stride;
    uint64_t lanes_before, replicate; /* as in struct lanes */
};

/* The same of the first `lanes` lanes of such a table. */
void engine_summarise_values(struct value_table table, uint64_t lanes,
                             const struct cell_pair *pairs, size_t pair_count, struct arena *arena,
                             struct summaries *summaries);

/* Likewise of several tables, like `table` but for its values, that follow one another with whole
 * leaves: begun without lanes, then added to. `row` has room for as many values as lanes. */
void engine_summaries_begin(struct value_table table, size_t pair_count, struct arena *arena,
                            struct summaries *summaries);
void engine_summaries_add(struct summaries *summaries, struct value_table table, uint64_t lanes,
                          const struct cell_pair *pairs, size_t pair_count, double *row);

uint64_t summary_count(const struct summary *summary); /* finite values */
uint64_t summary_not_finite(const struct summary *summary);
double summary_mean(const struct summary *summary);
double summary_variance(const struct summary *summary); /* unbiased; 0 below two values */
double summary_error(const struct summary *summary);    /* standard error of the mean; where
                                                           lanes have replicates, from the spread
                                                           of their means: NaN below two of them */
double summary_least(const struct summary *summary);
double summary_greatest(const struct summary *summary);

/* The p-quantile, the value of rank floor(p n) from 0, from a fixed logarithmic histogram: exact at
 * the extremes (p = 0 and p = 1), else within 0.4 % of the value's size. NaN, like mean, least and
 * greatest, when there is no finite value. */
double summary_quantile(const struct summary *summary, double p);

#endif
