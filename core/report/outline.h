/* The argument map behind one opinion: the graph contracted to claims and premises.
 *
 * Beneath a claim stand the claims and premises that its value is reached through without crossing
 * another claim, in the order of arguments. A claim is unfolded where it is met first among its
 * nearest users, and named by its number elsewhere. Of what differs by case or regime only the
 * branch of the chosen one is followed, but for a reduction over cases, which takes them all.
 */
#ifndef ASSIZE_REPORT_OUTLINE_H
#define ASSIZE_REPORT_OUTLINE_H

#include "report/report.h"

enum outline_kind {
    OUTLINE_CLAIM,   /* unfolded here */
    OUTLINE_AGAIN,   /* a claim that is unfolded elsewhere */
    OUTLINE_PREMISE, /* one premise */
    OUTLINE_FAMILY,  /* a premise for each case */
};

struct outline_item {
    enum outline_kind kind;
    size_t claim;                         /* CLAIM, AGAIN: index into outline.claims */
    const struct premise *premise;        /* PREMISE; FAMILY: that of the chosen case */
    const struct premise *const *members; /* FAMILY: [case] */
    bool all_cases;                       /* FAMILY: every case counts, for it is reduced over */
};

struct outline_claim {
    node_id node; /* OP_CLAIM */
    const struct claim *record;
    const char *number; /* "1.2" */
    struct outline_item *items;
    size_t count;
};

struct outline {
    struct outline_claim *claims; /* in the order of their numbers' making */
    size_t claim_count;
    struct outline_item *top; /* beneath the conclusion itself */
    size_t top_count;
};

/* `view` chooses theory, regime and case. */
struct outline *outline_build(struct arena *arena, const struct result *result,
                              const struct explain_view *view);

#endif
