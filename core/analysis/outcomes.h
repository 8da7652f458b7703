/* How a scenario's disputes can come out, and what each way puts in force.
 *
 *   framework --labellings--> for each, the undecided arguments that would set something are tried
 *   both ways --> outcomes: what is accepted, the values in force, the claims that are out
 *
 * Outcomes are counted or shown side by side, never averaged. The base is the grounded labelling:
 * what no dispute leaves open; its values are in force everywhere else in a result.
 */
#ifndef ASSIZE_ANALYSIS_OUTCOMES_H
#define ASSIZE_ANALYSIS_OUTCOMES_H

#include "analysis/debate.h"

enum { OUTCOMES_MOST = 4096, VARIANTS_MOST = 256 };

struct outcome {
    const uint8_t *labels;                /* [node] */
    const bool *accepted;                 /* [argument]: in, or tried as accepted */
    const struct accepted_value **values; /* in force, one for each premise set */
    size_t value_count;
    uint64_t draws; /* `chance`: in how many draws it comes about; else 1 */
};

/* What the search came to; all but FOUND leave no outcomes. */
enum outcomes_state {
    OUTCOMES_FOUND,
    OUTCOMES_NONE,      /* there is no stable labelling */
    OUTCOMES_BUDGET,    /* the budget was spent before all were found */
    OUTCOMES_TOO_MANY,  /* more than OUTCOMES_MOST */
    OUTCOMES_TOO_LARGE, /* too many open arguments for the solver of this build */
};

struct outcomes {
    enum outcomes_state state;
    struct outcome *list;
    size_t count;
    size_t labellings; /* before undecided arguments were tried both ways */
};

/* What the file says of a premise that the base sets. */
struct set_premise {
    struct premise *premise;
    struct premise before;
};

struct disputes {
    const struct debate *debate;
    struct outcome base;      /* under the grounded labelling, undecided ones not accepted */
    struct outcomes outcomes; /* by the scenario's semantics; empty under `chance`, whose outcomes
                                 are drawn (weigh.h) */
    struct set_premise *sets; /* by the base */
    size_t set_count;
};

/* Reads the arguments' framework and its outcomes, and puts the base's values in force in the
 * scenario's premises. STATUS_SCENARIO: two accepted values of one premise disagree, an accepted
 * attack on a premise sets nothing, or more than VARIANTS_MOST outcomes would have to be tried. */
enum status disputes_make(const struct model *model, const struct arguments *arguments,
                          struct disputes **disputes, struct diags *diags);

/* The outcomes under another semantics, in `arena`. As above. */
enum status outcomes_find(struct arena *arena, const struct model *model,
                          const struct debate *debate, enum argumentation_semantics semantics,
                          struct outcomes *outcomes, struct diags *diags);

/* `chance`: who is put forward is drawn by credence, in draws 1 to `draws`; the grounded labelling
 * decides among those. Draws in which the same arguments are in make one outcome; those that come
 * about most stand first. Draw i of an argument depends on `seed`, its id and i alone. */
enum status outcomes_draw(struct arena *arena, const struct model *model,
                          const struct debate *debate, uint64_t draws, uint64_t seed,
                          struct outcomes *outcomes, struct diags *diags);

/* The value of a premise in an outcome, in base units. */
double outcome_value(const struct model *model, const struct outcome *outcome,
                     const struct premise *premise);

/* Whether something that a theory's conclusion on a regime rests on has a label: a claim, or the
 * step from one. */
enum support { SUPPORT_FULL, SUPPORT_IN_QUESTION, SUPPORT_NONE };

/* support[theory * regimes + regime]. A pass over the graph: what is out or undecided taints what
 * rests on it, cell by cell. `*work` is scratch memory in `arena`, NULL at first, used again. */
void outcome_support(struct arena *arena, const struct model *model, const struct debate *debate,
                     const uint8_t *labels, uint8_t **work, enum support *support);

#endif
