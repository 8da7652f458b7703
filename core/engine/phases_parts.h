/* How a graph over rows is taken apart. Private to core/engine. */
#ifndef ASSIZE_ENGINE_PHASES_PARTS_H
#define ASSIZE_ENGINE_PHASES_PARTS_H

#include "engine/phases.h"

/* What is made of the values of a node in all rows. */
enum total_kind {
    TOTAL_SUM,     /* their sum */
    TOTAL_MEAN,    /* the weighted mean of each class */
    TOTAL_LABEL,   /* of each class the label, where all rows have the same */
    TOTAL_EXTREME, /* the least or greatest of these means */
    TOTAL_TRUTH,   /* whether any, or all, hold */
};

/* A reduction over rows, or a wanted node that varies along them. */
struct total {
    enum total_kind kind;
    enum op op;       /* TOTAL_EXTREME, TOTAL_TRUTH: OP_REDUCE_MIN or OP_REDUCE_MAX */
    node_id node;     /* the reduction, or the wanted node */
    node_id of;       /* what has a value in each row */
    axis_set axes;    /* of `of`, without that of the rows */
    uint32_t phase;   /* in which it is computed */
    size_t cells;     /* along `axes` */
    size_t place;     /* of its cells in struct phases.values; and times classes, in .classes */
    uint32_t premise; /* reductions: of the first cell, in the graphs of rows */
    bool is_wanted;
};

/* The graph of one row of a class, where sums over rows are premises. */
struct row_graph {
    struct graph *graph;
    node_id *node;  /* [node of the whole graph] */
    node_id *value; /* [total]: what is added up of a row */
    bool *same;     /* [total]: the same in all rows of the class, and so its own mean */
    node_id weight; /* of the row */
};

struct phase_tape {
    struct tape *tape;
    enum op *ops;  /* [wanted] */
    size_t *total; /* [wanted]: which total it belongs to */
    size_t *cell;  /* [wanted]: its first cell */
    size_t count;
};

struct phases {
    const struct graph *graph;
    const struct rows *rows;
    const node_id *wanted;
    size_t wanted_count;
    size_t *wanted_total; /* [wanted]: its total, or SIZE_MAX */
    uint32_t class_count;
    struct total *totals;
    size_t total_count;
    size_t cells; /* of all totals */
    uint32_t phase_count;
    struct row_graph *rows_of; /* [class] */
    struct phase_tape *tapes;  /* [phase][class] */
    struct tape *rest;         /* what is wanted and does not vary along the rows */
    uint32_t weight_premise;
    uint32_t premise_count;  /* of each graph of rows */
    node_id *premises;       /* nodes of the graph's premises, for drawing: [drawn] */
    uint32_t *premise_index; /* [drawn]: likewise */
    size_t drawn_count;
};

/* The graphs of rows, with the totals' premises in them. Returns NULL, or why they cannot be built.
 */
const char *row_graphs_build(struct arena *arena, struct phases *phases);

/* The cell of a node with `to` axes that agrees with `cell` of one with `from`. */
size_t cell_within(const struct graph *graph, axis_set from, size_t cell, axis_set to);

#endif
