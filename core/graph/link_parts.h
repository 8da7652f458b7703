/* What the parts of the linker share. Internal to core/graph. */
#ifndef ASSIZE_GRAPH_LINK_PARTS_H
#define ASSIZE_GRAPH_LINK_PARTS_H

#include "graph/link.h"

/* The work under way.
 *
 *   regimes[r] nodes --maps[r]--> graph --+
 *                                         +--stack along regime--> in place of the port
 *   theories[t] nodes ------ map ------> graph
 */
struct linker {
    struct arena *arena;
    struct graph *graph; /* the linked whole */
    struct diags *diags;
    const struct fragment *const *regimes;
    size_t regime_count;
    const struct fragment *const *theories;
    size_t theory_count;
    uint32_t regime_axis;           /* of `graph`; UINT32_MAX without regimes */
    node_id **maps;                 /* [regime][node of its fragment]: node of `graph` */
    const struct fragment **owners; /* [premise of `graph`]: who read it first */
};

/* One fragment on its way into the linked graph. */
struct copying {
    const struct fragment *fragment;
    node_id *map; /* [node of the fragment]: node of the linked graph */
    uint32_t axis_map[GRAPH_MOST_AXES];
};

/* A copy in `arena`; NULL stays NULL. */
const char *link_copy_text(struct arena *arena, const char *text);

/* "in hu", "as a pure number", "as a truth value", "as a label". */
const char *link_describe(struct arena *arena, enum value_kind kind, const struct unit *unit);

/* Reports the builder's reason at the line that made the node. */
enum status link_report_fault(const struct linker *linker, const struct fragment *fragment,
                              uint32_t line);

/* Checks all ports of a theory before any is replaced, so that all faults show at once. */
enum status link_check_ports(const struct linker *linker, const struct copying *copying);

/* What takes the place of the port `from`, which was checked. */
enum status link_port(struct linker *linker, const struct copying *copying, const struct node *from,
                      node_id *node);

/* Stacks every output that all regimes give, for display, whether a theory reads it or not. */
enum status link_stack_all(struct linker *linker, struct linked *linked);

#endif
