/* Searching for labellings that meet further demands, step by step.
 *
 * The shape is that of IPASIR, the interface of incremental satisfiability solvers (Balyo, Biere,
 * Iser & Sinz 2016): demands are clauses of literals that last, or suppositions for the next
 * question only; then one question, and after a yes the labelling that was found. A literal says
 * "this argument is in" or "is out"; negative, that it is not.
 *
 * Two kinds do this job. solver_cadical hands the three-valued encoding to the solver CaDiCaL, and
 * is not there in builds with ASSIZE_WITHOUT_CADICAL (no C++). solver_small is a backtracking
 * labeller of our own for up to SOLVER_SMALL_MOST arguments: what CaDiCaL is tested against, and
 * the solver where there is no CaDiCaL. Which labelling is found depends on the kind; whether one
 * is found does not. The same demands in the same order find the same labelling every time.
 *
 * A solver lives in the arena that it was given; CaDiCaL's own memory is on the C++ heap, grows
 * with the framework and the clauses, and is released with the arena.
 */
#ifndef ASSIZE_ARGUE_SOLVER_H
#define ASSIZE_ARGUE_SOLVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "argue/framework.h"

/* What comes of a search. */
enum answer {
    ANSWER_NO = 0,
    ANSWER_YES = 1,
    ANSWER_BUDGET = 2,    /* given up: the budget is spent. Neither yes nor no. */
    ANSWER_TOO_LARGE = 3, /* not begun: too many open arguments for this kind of solver */
};

/* What a search may spend. Counts of work, not of time, so that a search ends at
 * the same point on any machine under any load. */
struct budget {
    uint64_t calls;     /* questions put to the solver */
    uint64_t conflicts; /* dead ends met on the way, over all questions; checked now and then, so
                         * that some more may be met */
};

/* Which labellings are searched. In all of them what is out is exactly what is attacked by
 * something that is in. */
enum scope {
    SCOPE_ADMISSIBLE, /* what is in is free of conflict, and its attackers are out: has the same
                       * largest members as the complete ones, with fewer conditions to check */
    SCOPE_COMPLETE,   /* besides, whatever has all its attackers out is in */
    SCOPE_STABLE,     /* besides, nothing is undecided */
};

struct solver;

struct solver_kind {
    const char *name;
    uint32_t most; /* arguments */
    void *(*create)(const struct framework *framework, enum scope scope, uint64_t *conflicts_left,
                    struct arena *arena);
    void (*add)(void *state, const int32_t *literals, size_t count, bool once);
    void (*suppose)(void *state, int32_t literal);
    enum answer (*solve)(void *state); /* never ANSWER_TOO_LARGE */
    void (*labels)(const void *state, uint8_t *labels);
};

enum { SOLVER_SMALL_MOST = 64 };

extern const struct solver_kind solver_small;
#ifndef ASSIZE_WITHOUT_CADICAL
extern const struct solver_kind solver_cadical;
#endif

/* The kind that this build uses for want of another wish. */
const struct solver_kind *solver_kind_usual(void);

/* A solver for labellings of `framework`. NULL when it has more arguments than the kind can do.
 * `left` is counted down, and may be shared with other solvers. Both must outlive this one. */
struct solver *solver_new(const struct solver_kind *kind, const struct framework *framework,
                          enum scope scope, struct budget *left, struct arena *arena);

/* Literals; negate them with a minus. */
int32_t solver_in(const struct framework *framework, uint32_t argument);
int32_t solver_out(const struct framework *framework, uint32_t argument);

/* Demands that one of `literals` hold, from now on; without literals nothing can hold any more. */
void solver_require_any(struct solver *solver, const int32_t *literals, size_t count);

/* Demands for the next question only. */
void solver_suppose_any(struct solver *solver, const int32_t *literals, size_t count);
void solver_suppose(struct solver *solver, int32_t literal);

/* Whether a labelling meets all demands; ANSWER_BUDGET when it would cost too much to say. */
enum answer solver_solve(struct solver *solver);

/* The labelling [count] that the last question found, which was answered yes; to be read before
 * the next demand. */
void solver_labels(const struct solver *solver, uint8_t *labels);

#endif
