/* A graph put in order for the engine. Private to core/engine.
 *
 *   graph:  a, b, claim(b), c = a + b, d (not wanted), e = sum of c over case
 *   tape:   fixed:   a            computed once for a request
 *           varying: b, c, e      computed for every block of lanes
 *
 * Results stand in two stores. The store of fixed nodes holds one double for each cell. The store
 * of varying nodes holds for each cell as many doubles as the block has lanes. Places are counted
 * in cells; a place is given to another node once nothing later reads it.
 */
#ifndef ASSIZE_ENGINE_TAPE_H
#define ASSIZE_ENGINE_TAPE_H

#include "engine/engine.h"

/* Where an instruction reads an argument. A run is `inner` cells in a row of the instruction's own
 * node; in run r the argument starts at cell map[r], or r * step where `map` is NULL. */
struct source {
    size_t place;
    const uint32_t *map;
    size_t step;
    bool varies; /* which store */
    bool runs;   /* goes along with the run; else it is the same throughout */
};

struct instruction {
    enum op op;
    bool varies;
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

struct wanted {
    size_t place, cells;
    bool varies;
};

struct tape {
    const struct graph *graph;
    struct instruction *fixed;
    size_t fixed_count;
    struct instruction *varying;
    size_t varying_count;
    size_t fixed_cells, varying_cells; /* sizes of the stores */
    size_t most_arguments;
    struct wanted *wanted;
    size_t wanted_count;
    size_t cells; /* of all wanted nodes */
};

#endif
