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

/* What is known of every row after one phase, and kept for those after it. */
struct kept {
    node_id node;
    axis_set axes;    /* without that of the rows */
    size_t cells;     /* along `axes` */
    uint32_t phase;   /* in which it is computed */
    size_t column;    /* of its first cell, among all that is kept */
    uint32_t premise; /* likewise, in the graphs of rows */
};

/* The graph of one row of a class, where sums over rows are premises; and, in that of one phase,
 * what was kept from those before it. */
struct row_graph {
    struct graph *graph;
    node_id *node;  /* [node of the whole graph] */
    node_id *value; /* [total]: what is added up of a row; of one phase, in that alone */
    bool *along;    /* [node of `graph`]: differs between the rows of the class */
    bool *same;     /* [total]: the same in all rows of the class, and so its own mean */
    node_id weight; /* of the row */
};

/* Totals, the weight behind them, and then what is kept. */
struct phase_tape {
    struct tape *tape;
    const struct row_graph *row;
    enum op *ops;  /* [wanted] */
    size_t *total; /* [wanted]: which total it belongs to */
    size_t *cell;  /* [wanted]: its first cell */
    size_t count;  /* without what is kept */
    size_t *kept;  /* [wanted - count]: which */
    size_t kept_count;
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
    uint32_t *phase_of;        /* [node]: sums over rows that come before it, one after another */
    struct row_graph *rows_of; /* [class] */
    struct phase_tape *tapes;  /* [phase][class]: each computes all that it needs of a row */
    struct kept *kept;
    size_t kept_count;
    size_t kept_columns;
    struct phase_tape *keeping; /* likewise, but for what was kept; NULL: nothing is */
    struct tape *rest;          /* what is wanted and does not vary along the rows */
    uint32_t weight_premise;
    uint32_t premise_count;  /* of each graph of rows */
    node_id *premises;       /* nodes of the graph's premises, for drawing: [drawn] */
    uint32_t *premise_index; /* [drawn]: likewise */
    size_t drawn_count;
};

/* The graph of rows of class `kase`, with the totals' premises in it, and those of what is kept. Of
 * one phase, or of all without keeping: PHASES_ALL. Returns NULL, or why it cannot be built. */
#define PHASES_ALL UINT32_MAX
const char *row_graph_build(struct arena *arena, struct phases *phases, uint32_t phase,
                            uint32_t kase, struct row_graph *row);

/* phases_tapes.c: fills tapes, keeping and rest. Returns NULL, or why they cannot be built. */
const char *phases_build_tapes(struct arena *arena, struct phases *phases);

/* phases_keep.c: fills phases->kept, as far as memory allows. */
void phases_choose_kept(struct arena *arena, struct phases *phases);

/* The cell of a node with `to` axes that agrees with `cell` of one with `from`. */
size_t cell_within(const struct graph *graph, axis_set from, size_t cell, axis_set to);

#endif
