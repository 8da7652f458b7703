/* Joining fragments into one graph: the regimes' outputs are stacked along the axis `regime` and
 * take the place of the theories' ports. Premises meet by their paths. */
#ifndef ASSIZE_GRAPH_LINK_H
#define ASSIZE_GRAPH_LINK_H

#include "graph/graph.h"

/* The linked whole. conclusions[t] belongs to theories[t], with nodes of `graph`;
 * outputs[o] is one of the regimes' outputs stacked along `regime`, by the first regime's order;
 * notes of regimes' claims carry the regime's id in their names. */
struct linked {
    struct graph *graph;
    struct conclusion *conclusions; /* [theory_count] */
    struct output *outputs;         /* along regime and case */
    uint32_t output_count;
};

/* Links `regimes` (in menu order) into `theories`. All in `arena`. Faults (a port that a regime
 * lacks, units that differ) are STATUS_PLUGIN. */
enum status graph_link(struct arena *arena, const struct fragment *const *regimes,
                       size_t regime_count, const struct fragment *const *theories,
                       size_t theory_count, struct linked *linked, struct diags *diags);

#endif
