/* One question about a framework under work: what enumerate.c and accept.c share. Private to them.
 *
 * The arguments that the grounded labelling decides have the same label in every complete
 * labelling, and those that it leaves open attack nothing that is in; so only the open ones are
 * searched. "The labelling at hand" is the one that was found last.
 */
#ifndef ASSIZE_ARGUE_INQUIRY_H
#define ASSIZE_ARGUE_INQUIRY_H

#include "argue/enumerate.h"

struct inquiry {
    struct arena *arena;   /* for results */
    struct arena *scratch; /* released by inquiry_end */
    const struct framework *whole;
    uint8_t *grounded; /* [whole->count] */
    enum semantics semantics;
    const struct solver_kind *kind;
    struct budget left;
    /* From inquiry_open on: */
    const struct framework *open; /* its origins are numbers in `whole` */
    struct solver *solver;        /* over `open`; NULL before a solver is wanted */
    uint8_t *labels;              /* [open->count]: the labelling at hand, complete */
    uint32_t *work;               /* [open->count * GROUNDED_WORK] */
    int32_t *literals;            /* [open->count] */
};

/* Draws the grounded labelling. */
void inquiry_begin(struct inquiry *inquiry, const struct framework *framework,
                   enum semantics semantics, const struct search *search, struct arena *arena);
void inquiry_end(struct inquiry *inquiry);

/* Finds the open part; at hand is the labelling that leaves all of it undecided. */
void inquiry_open(struct inquiry *inquiry);

/* Makes the solver over the open part. False when it is too large for the kind. */
bool inquiry_solver(struct inquiry *inquiry);

/* Puts the question; with yes, the labelling found is at hand. */
enum answer inquiry_ask(struct inquiry *inquiry);

/* Supposes that what is in in the labelling at hand stays in. */
void inquiry_suppose_kept(struct inquiry *inquiry);

/* Makes the labelling at hand preferred: what is in stays in, and something undecided comes in
 * (what is out cannot, being attacked from inside), until nothing can. ANSWER_YES when done. The
 * first goes on with the inquiry's solver and leaves it fit for more questions; the second wants
 * none, takes a new one for whatever is still undecided, and is faster by far on a large framework.
 */
enum answer inquiry_enlarge(struct inquiry *inquiry);
enum answer inquiry_enlarge_afresh(struct inquiry *inquiry);

/* From now on something must be in that is not in now: rules out the labelling at hand and all
 * that are part of it. */
void inquiry_require_beyond(struct inquiry *inquiry);

/* From now on something must not be in that is in now: rules out a stable labelling, for no other
 * holds all that it holds. */
void inquiry_require_less(struct inquiry *inquiry);

/* Rules out the labelling at hand and no other. */
void inquiry_require_other(struct inquiry *inquiry);

/* The labelling at hand with what the grounded one decides, in the arena for results. */
const uint8_t *inquiry_result(const struct inquiry *inquiry);

/* The grounded labelling, in the arena for results. */
const uint8_t *inquiry_grounded(const struct inquiry *inquiry);

/* Some labelling of the semantics: ANSWER_NO when there is none. `labels` may be NULL. */
enum answer inquiry_some(struct inquiry *inquiry, const uint8_t **labels);

#endif
