/* A scenario's disputes as a framework: its arguments, and one node for each premise, claim and
 * step that they speak to.
 *
 * Attacks are told apart: an argument *rebuts* another argument or a claim, *undermines* a premise,
 * or an argument through a reason that it stands on, and *undercuts* the step from a claim to its
 * conclusion. An argument with `because` is attacked by whatever attacks one of its reasons.
 * `stronger_than` drops the weaker one's attack (Amgoud & Cayrol 2002) and chains. Partial attacks
 * and supports are kept for strengths and maps, and change no label.
 */
#ifndef ASSIZE_ANALYSIS_DEBATE_H
#define ASSIZE_ANALYSIS_DEBATE_H

#include "analysis/model.h"
#include "argue/enumerate.h"
#include "scenario/argument.h"

enum { DEBATE_ARROWS_MOST = 200000 };

enum arrow_kind {
    ARROW_REBUTS,
    ARROW_UNDERMINES,
    ARROW_UNDERCUTS,
    ARROW_PARTIAL,
    ARROW_SUPPORTS,
    ARROW_REASON /* from a reason to what stands on it */
};

/* "rebuts", "undermines", "undercuts", "weakens", "supports", "is a reason for" */
const char *arrow_name(enum arrow_kind kind);

struct arrow {
    uint32_t from, to; /* nodes */
    enum arrow_kind kind;
    double strength;  /* PARTIAL */
    bool dropped;     /* the one attacked is stronger */
    uint32_t through; /* an attack that reaches `to` through this reason; UINT32_MAX: directly */
};

/* The first `arguments->count` nodes are the arguments, in file order. */
struct debate_node {
    const char *name;                /* id, path, "theory/claim[...]", "step theory/claim" */
    const struct argument *argument; /* NULL: */
    const struct target *target;     /* a premise, claim or step, as some argument names it */
    node_id claim;                   /* CLAIM, STEP: in the linked graph */
    size_t theory, regime, kase;     /* CLAIM, STEP; SIZE_MAX: all, or not on the menu */
    bool idle;                       /* CLAIM, STEP: its regime or theory is off the menu */
};

struct debate {
    const struct arguments *arguments;
    struct debate_node *nodes;
    uint32_t count;
    struct arrow *arrows; /* as written, then those that reasons let through */
    size_t arrow_count;
    const struct framework *framework;
    const uint8_t *grounded; /* [node] */
};

/* Builds it for a model that is linked. Targets that no theory claims are errors. */
enum status debate_build(const struct model *model, const struct arguments *arguments,
                         struct debate **debate, struct diags *diags);

/* Whether argument `from` fully attacks `to`, directly or through a reason. */
bool debate_attacks(const struct debate *debate, uint32_t from, uint32_t to);

#endif
