/* A scenario with its plugins: read, checked, traced and linked into one graph.
 *
 * Everything lies in the arena given to model_load(). A model does not change once loaded; a change
 * of a value (`settings`) or of the menu (`drop`) is another model.
 */
#ifndef ASSIZE_ANALYSIS_MODEL_H
#define ASSIZE_ANALYSIS_MODEL_H

#include "base/diag.h"
#include "graph/link.h"
#include "plugin/library.h"
#include "scenario/scenario.h"

/* A scenario that was made from facts. */
struct made_scenario {
    struct buffer file; /* what was given, and where its nodes have their places */
    struct tree *root;
    const struct declaration *declaration; /* what its regime reads */
};

/* What loading needs besides the file. */
struct model_request {
    const char *path;                 /* a scenario file, or a folder that holds scenario.yaml */
    const struct made_scenario *made; /* instead of what stands at `path`, or NULL */
    const struct setting *settings;
    size_t setting_count;
    const char *const *drop; /* regimes to leave out of the menu */
    size_t drop_count;
    const char *draws_from; /* a table of draws (draw_table.h), or NULL */
};

/* What a theory comes to, as nodes of the linked graph, along `regime` at most. */
struct verdict_nodes {
    node_id acceptable; /* all requirements hold and nothing rules it out */
    node_id ruled_out;  /* something in `rules_out` holds */
    node_id applies;    /* false: the theory is silent */
};

struct disputes;
struct draw_table;
struct population;

struct model {
    struct arena *arena;
    struct scenario *scenario;
    const struct declaration *const *theory_declarations; /* [scenario->theory_count] */
    const struct declaration *const *regime_declarations; /* [scenario->regime_count] */
    struct linked linked;
    struct verdict_nodes *verdicts;        /* [theory_count] */
    const struct premise *const *premises; /* [graph premise] */
    const struct disputes *disputes;       /* NULL: the scenario has no arguments */
    uint32_t regime_axis, case_axis;       /* of the linked graph */
    struct worst_nodes *worst;             /* worst.h; NULL: the cases are no persons */
    const struct population *population;   /* the persons whose classes the cases are; or NULL */
    const struct draw_table *draw_table;   /* draws of facts that somebody made; or NULL */
    const char *path;                      /* as the user gave it */
    const char *headline;                  /* "months": the unit-word of the headline output */
    const struct output *headline_low, *headline_high, *headline_output; /* or NULL */
    const struct input_file *inputs; /* every file read, by name */
    size_t input_count;
    char inputs_hash[HASH_TEXT]; /* over every byte read */
    char scenario_hash[HASH_TEXT];
    char graph_hash[HASH_TEXT];
    const struct setting *settings; /* as requested */
    size_t setting_count;
    const char *const *dropped;
    size_t dropped_count;
};

enum status model_load(struct arena *arena, struct plugin_library *library,
                       const struct model_request *request, struct model **model,
                       struct diags *diags);

/* used[p]: whether the value of any of `nodes` depends on graph premise p. */
void model_premises_used(struct arena *scratch, const struct model *model, const node_id *nodes,
                         size_t count, bool *used);

/* As above for all that theory t concludes: verdict, score, difference, findings. */
void model_theory_premises(struct arena *scratch, const struct model *model, size_t theory,
                           bool *used);

/* The cell of a node that stands for a regime and a case; axes it does not vary along are passed
 * over. The node varies along `regime` and `case` at most. */
size_t model_cell(const struct model *model, node_id node, size_t regime, size_t kase);

/* What is reduced along `axis` by the reduction that a node is, claims passed over; NODE_NONE when
 * it is none, or varies along other axes than regime and case. */
node_id model_reduced(const struct model *model, node_id node, enum op op, uint32_t axis);

/* Whether anybody is in a case: a class of persons may hold nobody who has a weight, and then has
 * no mean. */
bool model_has_weight(const struct model *model, size_t kase);

/* Whether a node varies along regime and case at most. */
bool model_plain_axes(const struct model *model, node_id node);

#endif
