/* Which sets of arguments can be accepted together, by Dung's (1995) semantics.
 *
 *   grounded   what must be accepted: the least complete labelling; always exactly one
 *   complete   every labelling that is legal (labelling.h); the grounded one is inside each
 *   preferred  complete, with as much in as can be; at least one
 *   stable     complete, with nothing undecided; perhaps none
 *
 * The grounded labelling is drawn first, in linear time, and the search is for the labels of what
 * it leaves undecided. Preferred labellings are found by making an admissible one larger until
 * that is impossible (Cerutti, Dunne, Giacomin & Vallati 2014); sceptical acceptance under
 * preferred semantics by counterexamples that are refuted and refined (Dvorak, Jarvisalo, Wallner &
 * Woltran 2014, CEGARTIX; Niskanen & Jarvisalo 2020, mu-toksia).
 *
 * Results lie in the arena; working memory is taken from the arena's allocator, each time up to the
 * arena's limit, and given back. Out-parameters are written only beside the answer for which they
 * are meant. A search that spends its budget answers ANSWER_BUDGET, one that its solver is too
 * small for ANSWER_TOO_LARGE; neither says anything about the question. The grounded semantics
 * never does either.
 */
#ifndef ASSIZE_ARGUE_ENUMERATE_H
#define ASSIZE_ARGUE_ENUMERATE_H

#include "argue/framework.h"
#include "argue/labelling.h"
#include "argue/solver.h"

enum semantics {
    SEMANTICS_GROUNDED,
    SEMANTICS_COMPLETE,
    SEMANTICS_PREFERRED,
    SEMANTICS_STABLE,
};

/* How to search. All zero: the usual solver, without limit; a budget of 0 calls or 0 conflicts is
 * one without limit of that sort. */
struct search {
    const struct solver_kind *solver; /* NULL: the usual one */
    struct budget budget;             /* for each function call below */
};

struct labellings {
    size_t count;
    const uint8_t *const *labels; /* [count][arguments], by labelling_compare */
};

/* ANSWER_YES: `labellings` holds them all, in an order that does not depend on the solver. There
 * may be exponentially many: give a budget. None is also a yes. */
enum answer labellings_all(const struct framework *framework, enum semantics semantics,
                           const struct search *search, struct arena *arena,
                           struct labellings *labellings);

/* ANSWER_YES: `labels` is one of them; of several, which one depends on the solver. */
enum answer labellings_some(const struct framework *framework, enum semantics semantics,
                            const struct search *search, struct arena *arena,
                            const uint8_t **labels);

/* Whether `argument`, below the count, is in in one of them. With yes, `*witness` is such a
 * labelling; NULL where none is wanted. */
enum answer accepted_somewhere(const struct framework *framework, enum semantics semantics,
                               uint32_t argument, const struct search *search, struct arena *arena,
                               const uint8_t **witness);

/* Whether `argument` is in in all of them, which it is when there are none. With no, `*witness` is
 * a labelling where it is not in. */
enum answer accepted_everywhere(const struct framework *framework, enum semantics semantics,
                                uint32_t argument, const struct search *search, struct arena *arena,
                                const uint8_t **witness);

#endif
