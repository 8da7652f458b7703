/* The graph of an argument: premises, operations, claims and a conclusion.
 *
 * Building a node checks units, kinds and axes, folds the plugin's own literals, and returns the
 * standing node when the same one was built before. A node's arguments always come before it, so
 * the order of indices is an order of evaluation. Values of premises are not in the graph.
 *
 *   premise a -+
 *              +- mul -- claim "harm" -+
 *   premise b -+                       +- where -- sum over case -- conclusion
 *   premise c --- at_least ------------+
 *
 * Everything lies in the arena given to graph_new(). Functions that build return STATUS_OK, or
 * STATUS_PLUGIN with the reason in `graph->fault` (a sentence without place: the caller knows the
 * plugin's line).
 */
#ifndef ASSIZE_GRAPH_GRAPH_H
#define ASSIZE_GRAPH_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "graph/op.h"
#include "graph/unit.h"

enum { GRAPH_MOST_AXES = 32, GRAPH_MOST_NODES = 1 << 20, GRAPH_MOST_CELLS = 1 << 22 };

/* What a node yields. */
enum value_kind { VALUE_NUMBER, VALUE_TRUTH, VALUE_LABEL };

typedef uint32_t node_id;
typedef uint32_t axis_set; /* bit i: varies along axis i */
#define NODE_NONE UINT32_MAX

static inline bool axes_have(axis_set axes, uint32_t axis)
{
    return (axes >> axis & 1) != 0;
}

/* A named dimension. `labels` where places have names (case, regime), else NULL; `coordinates` in
 * `unit` where places have values (an axis made by a plugin), else NULL. `classes`: each place
 * stands for many rows of a table (engine/phases.h), so that what is stacked along the axis varies
 * along it even where all places have the same value, and adding up what does not vary is refused.
 */
struct axis {
    const char *name;
    uint32_t size;
    const char *const *labels;
    const double *coordinates;
    struct unit unit;
    bool classes;
};

/* A leaf by its path. `labels` for VALUE_LABEL: the names it may take. */
struct graph_premise {
    const char *path;
    enum value_kind kind;
    struct unit unit;
    const char *const *labels;
    uint32_t label_count;
};

/* An input by its name, replaced when fragments are linked. */
struct graph_port {
    const char *name;
};

struct claim_question {
    const char *topic; /* "circular" */
    const char *text;  /* "Are the reference sentences themselves just?" */
    const char *reply; /* or NULL */
};

/* The record of a claim. Texts may hold {value}, {case}, {regime}. */
struct claim {
    const char *name; /* instance.name, unique in the graph */
    const char *text;
    const char *otherwise; /* shown where `applies` is false, or NULL */
    const char *scheme;    /* argument scheme, or NULL */
    const char *cite;      /* provision or formula's source, or NULL */
    const char *const *sources;
    uint32_t source_count;
    const struct claim_question *questions;
    uint32_t question_count;
    node_id applies;    /* a truth, or NODE_NONE */
    const char *plugin; /* file name */
    uint32_t line;
};

/* Whether it says why a case has no sentence or value at all (scheme "refusal"), and so is no step
 * of an argument. */
bool claim_is_refusal(const struct claim *claim);

struct node {
    enum op op;
    enum value_kind kind;
    axis_set axes;
    uint32_t argument_count;
    const node_id *arguments;
    struct unit unit;
    double constant; /* OP_CONST */
    uint32_t index;  /* OP_PREMISE, OP_PORT, OP_CLAIM: which; OP_COORDINATE, OP_STACK, OP_SUM,
                        OP_REDUCE_*: the axis; OP_LOOKUP: columns */
    const char *const *labels; /* VALUE_LABEL: the names, else NULL */
    uint32_t label_count;
    uint32_t line; /* of the plugin, 0 when unknown */
};

struct output;

struct graph {
    struct arena *arena;
    struct node *nodes;
    uint32_t node_count;
    struct axis *axes;
    uint32_t axis_count;
    struct graph_premise *premises;
    uint32_t premise_count;
    struct graph_port *ports;
    uint32_t port_count;
    struct claim *claims;
    uint32_t claim_count;
    uint32_t line;            /* stamped on new nodes; the session sets it */
    const char *fault;        /* why the last build failed */
    struct node_index *index; /* finds standing nodes */
    bool linked;              /* made by graph_link(): where a fold of literals that met through a
                                 port fails (1/0 in a branch not taken), the operation stays */
    const struct output *outputs; /* linked: what took the ports' places, by name */
    uint32_t output_count;
};

struct graph *graph_new(struct arena *arena);

/* Finds or adds an axis. The same name with another size, labels or coordinates is a fault. */
enum status graph_axis(struct graph *graph, const struct axis *axis, uint32_t *index);

/* The axis called `name`, or UINT32_MAX. */
uint32_t graph_find_axis(const struct graph *graph, const char *name);

/* Cells of a node: the product of the sizes of its axes. Cells are numbered with the axis of the
 * highest index running fastest. */
size_t graph_cells(const struct graph *graph, axis_set axes);

/* Marks all that the marked nodes are made of: needed[node]. */
void graph_mark_needed(const struct graph *graph, bool *needed);

enum status graph_constant(struct graph *graph, double value, const struct unit *unit,
                           node_id *node);
enum status graph_truth(struct graph *graph, bool value, node_id *node);
enum status graph_label(struct graph *graph, uint32_t value, const char *const *labels,
                        uint32_t label_count, node_id *node);
enum status graph_premise(struct graph *graph, const struct graph_premise *premise, node_id *node);
enum status graph_port(struct graph *graph, const char *name, enum value_kind kind,
                       const struct unit *unit, axis_set axes, node_id *node);
enum status graph_coordinate(struct graph *graph, uint32_t axis, node_id *node);
enum status graph_stack(struct graph *graph, uint32_t axis, const node_id *arguments,
                        node_id *node);

/* Any elementwise operation. A constant 0 or infinity takes the unit of its partner. */
enum status graph_apply(struct graph *graph, enum op op, const node_id *arguments,
                        uint32_t argument_count, uint32_t columns, node_id *node);

/* OP_SUM, OP_REDUCE_MIN, OP_REDUCE_MAX along an axis. A node that does not vary along it is
 * multiplied by the axis's size (sum) or returned as it is. */
enum status graph_reduce(struct graph *graph, enum op op, uint32_t axis, node_id argument,
                         node_id *node);

/* Adds a claim on `value`. The same name on the same value gives the standing claim; on another
 * value it is a fault. */
enum status graph_claim(struct graph *graph, const struct claim *claim, node_id value,
                        node_id *node);

/* The node of the claim called `name`, or NODE_NONE. */
node_id graph_find_claim(const struct graph *graph, const char *name);

/* --- what a plugin concluded ------------------------------------------------------------- */

/* A named figure: a finding beside the score. */
struct finding {
    const char *name;
    const char *text;      /* may hold {value} */
    const char *otherwise; /* text where `holds` is false, or NULL */
    const char *note;      /* what it does not show, or NULL */
    node_id value;
    node_id holds; /* a truth, or NODE_NONE */
};

/* One requirement or one ground for ruling out: `value` `relation` `bound`. */
struct requirement {
    const char *name;
    const char *text;
    enum relation { RELATION_AT_LEAST, RELATION_ABOVE, RELATION_AT_MOST, RELATION_BELOW } relation;
    node_id value, bound, holds;
};

struct scale_mark {
    double at;
    const char *text;
};

/* A theory's conclusion. Score, truths and values of requirements vary along `regime` at most,
 * the difference along `regime` and `case`. */
struct conclusion {
    node_id score;
    node_id difference;  /* + too harsh, - too lenient; or NODE_NONE */
    node_id applies;     /* a truth, or NODE_NONE */
    const char *why_not; /* the reason where `applies` is false */
    struct scale_mark *scale;
    uint32_t scale_count;
    struct requirement *requires;
    uint32_t requires_count;
    struct requirement *rules_out;
    uint32_t rules_out_count;
    struct finding *findings;
    uint32_t finding_count;
};

/* What a regime yields at one port, along `case` at most. */
struct output {
    const char *name;
    node_id value;
    const char
        *headline; /* what the figure is called where only one is shown ("months"), or NULL */
};

/* The graph of one use of one plugin. Exactly one of `conclusion` and `outputs` is there. */
struct fragment {
    const char *instance; /* the id that the scenario gives: "desert-marginal", "fines" */
    const char *plugin;   /* file name */
    struct graph *graph;
    struct conclusion *conclusion; /* theories */
    struct output *outputs;        /* regimes */
    uint32_t output_count;
};

#endif
