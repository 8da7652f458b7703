/* A graph put in order for the engine. Private to core/engine.
 *
 *   graph:  a, b, claim(b), c = a + b, d (not wanted), e = sum of c over case
 *   tape:   fixed:   a                             computed once for a request
 *           varying: b, for each case { c }, e     computed for every block of lanes
 *
 * Fixed nodes stand in a store of one double for each cell. Varying nodes are computed a row at a
 * time: one cell, all lanes of the block. The steps form nested loops over axes, so that a chain of
 * operations runs through for one cell before the next one begins, and rows that are read within
 * the same turn of a loop are used again in the next. A node keeps rows for those of its axes only
 * whose loop ends before it is read. Pairs of operations, and sums of products with fixed weights,
 * become one step where nothing else reads what is between: the bits stay the same.
 */
#ifndef ASSIZE_ENGINE_TAPE_H
#define ASSIZE_ENGINE_TAPE_H

#include "engine/engine.h"

/* --- the fixed part -------------------------------------------------------------------------- */

/* Where an instruction reads an argument. A run is `inner` cells in a row of the instruction's own
 * node; in run r the argument starts at cell map[r], or r * step where `map` is NULL. */
struct source {
    size_t place;
    const uint32_t *map;
    size_t step;
    bool runs; /* goes along with the run; else it is the same throughout */
};

struct instruction {
    enum op op;
    node_id node;
    uint32_t index;  /* premise, axis, or columns of a lookup: as in struct node */
    uint64_t stream; /* OP_PREMISE: key of its random numbers */
    double constant; /* OP_CONST */
    size_t place;    /* of the result */
    size_t outer;    /* runs */
    size_t inner;    /* cells in a run */
    size_t reduced;  /* OP_SUM, OP_REDUCE_*, OP_STACK: size of the axis */
    size_t below;    /* OP_STACK: runs for one place along the axis */
    size_t argument_count;
    struct source *arguments;
};

/* --- the varying part ------------------------------------------------------------------------ */

/* A row of the varying store, or a cell of the fixed one: `place`, and for each loop around the
 * step its turn times a stride. */
struct row_place {
    bool varies;
    size_t place;
    const size_t *strides; /* [depth of the step]; NULL: all 0 */
};

enum step_kind {
    STEP_LOOP,
    STEP_PREMISE,
    STEP_ROW,
    STEP_PAIR,
    STEP_FAILING,
    STEP_STACK,
    STEP_SUM,
    STEP_REDUCE,
    STEP_DOT
};

/* What an operation that may fail reads after its first arguments. */
enum table_kind {
    TABLE_NONE,  /* something that lanes change */
    TABLE_TURNS, /* fixed, but another one in each turn of a loop */
    TABLE_STILL  /* fixed, and the same throughout */
};

struct step {
    enum step_kind kind;
    enum op op;     /* of a pair: the first */
    enum op second; /* of a pair: on the right of it, or the left */
    bool right;     /* of a pair: second(third argument, first(...)) */
    enum table_kind table;
    node_id node;
    axis_set axes;   /* of the node; of a loop, its axis alone */
    uint32_t index;  /* premise, axis of a loop, or columns of a lookup */
    uint64_t stream; /* STEP_PREMISE */
    size_t depth;    /* loops around it */
    size_t size;     /* STEP_LOOP: turns; reductions: places along the axis */
    size_t end;      /* STEP_LOOP: the step after its body */
    size_t along;    /* STEP_STACK: the loop that says which argument */
    size_t stride;   /* reductions: rows from one place to the next */
    size_t weights;  /* STEP_DOT: cells from one weight to the next */
    size_t argument_count;
    struct row_place out;
    struct row_place *arguments;
};

struct wanted {
    size_t place, cells;
    bool varies;
};

struct tape {
    const struct graph *graph;
    struct instruction *fixed;
    size_t fixed_count;
    struct step *steps;
    size_t step_count;
    size_t most_depth;
    size_t fixed_cells, varying_rows; /* sizes of the stores */
    size_t most_arguments;
    struct wanted *wanted;
    size_t wanted_count;
    size_t cells; /* of all wanted nodes */
};

/* --- while it is built ----------------------------------------------------------------------- */

struct scope;

/* What is known of a node while the tape is built. */
struct entry {
    bool needed;
    bool varies;
    bool wanted;
    bool kept;           /* fixed: read by varying steps, or wanted: its place is never
                            given away */
    node_id last_reader; /* fixed */
    size_t place;

    /* Varying nodes: */
    node_id folded_into;      /* part of another node's step, or NODE_NONE */
    node_id folds;            /* the node that its own step holds, or NODE_NONE */
    const node_id *arguments; /* of the step */
    size_t argument_count;
    struct scope *scope; /* the loops around its step */
    size_t position;     /* of its step */
    axis_set stored;     /* axes for which it keeps rows */
};

struct builder {
    struct arena *arena;
    const struct graph *graph;
    struct tape *tape;
    const bool *varies; /* [premises] */
    struct entry *entries;
};

/* The node that a claim stands on. */
node_id resolve_claims(const struct graph *graph, node_id node);

/* Cells from one place along `axis` to the next, of what has `axes`; 0 where it has not this one.
 */
size_t axis_stride(const struct graph *graph, axis_set axes, uint32_t axis);

/* fixed.c: instructions of the fixed part, and their places. */
void tape_lay_fixed(struct builder *builder);

/* fold.c: which nodes become part of another's step; fills the arguments of all steps. */
void tape_fold(struct builder *builder);

/* nest.c: steps in loops, without places. */
void tape_nest(struct builder *builder);

/* store.c: rows for varying nodes, and the places that steps read and write. */
void tape_store(struct builder *builder);

/* A loop while the tape is built. */
struct scope {
    struct scope *parent; /* NULL: no loop at all */
    uint32_t axis;
    size_t depth;
    size_t first, end; /* its STEP_LOOP, and the step after its body */
};

#endif
