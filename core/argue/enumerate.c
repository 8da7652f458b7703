#include "argue/enumerate.h"

#include <stdlib.h>
#include <string.h>

/* One question under work. The arguments that the grounded labelling decides have the same label
 * in every complete labelling, and none of those that it leaves open attacks one that is in or is
 * attacked by one; so only the open ones are searched. */
struct session {
    struct arena *arena;
    const struct framework *whole;
    uint8_t *grounded; /* [whole->count] */
    const struct framework *open;
    enum semantics semantics;
    const struct search *search;
    struct solver *solver; /* over `open` */
    uint8_t *labels;       /* [open->count]: the labelling at hand */
    int32_t *literals;     /* [open->count]: scratch */
};

static void session_ground(struct session *session)
{
    const struct framework *whole = session->whole;
    uint32_t *work =
        arena_array(session->arena, (size_t)whole->count * GROUNDED_WORK, sizeof *work);
    session->grounded = arena_array(session->arena, whole->count, sizeof *session->grounded);
    labelling_grounded(whole, NULL, session->grounded, work);
}

static const struct framework *open_part(const struct session *session)
{
    bool *keep = arena_array(session->arena, session->whole->count, sizeof *keep);
    for (uint32_t a = 0; a < session->whole->count; a++)
        keep[a] = session->grounded[a] == LABEL_UNDECIDED;
    return framework_restrict(session->whole, keep, session->arena);
}

/* Makes the solver. False when the open part is too large for it. */
static bool session_open(struct session *session)
{
    const struct search *search = session->search;
    const struct solver_kind *kind = search->solver ? search->solver : solver_kind_usual();
    session->open = open_part(session);
    session->labels = arena_array(session->arena, session->open->count, sizeof *session->labels);
    session->literals =
        arena_array(session->arena, session->open->count, sizeof *session->literals);
    session->solver = solver_new(kind, session->open, session->semantics == SEMANTICS_STABLE,
                                 &search->budget, session->arena);
    return session->solver != NULL;
}

/* Puts the question; with yes, the labelling found is at hand. */
static enum answer ask(struct session *session)
{
    enum answer answer = solver_solve(session->solver);
    if (answer == ANSWER_YES)
        solver_labels(session->solver, session->labels);
    return answer;
}

/* The labelling at hand, with what the grounded one decides. */
static const uint8_t *whole_labels(const struct session *session)
{
    uint8_t *labels = arena_array(session->arena, session->whole->count, sizeof *labels);
    memcpy(labels, session->grounded, session->whole->count * sizeof *labels);
    for (uint32_t a = 0; a < session->open->count; a++)
        labels[session->open->origins[a]] = session->labels[a];
    return labels;
}

/* --- larger, and never again -------------------------------------------------------------- */

/* Supposes that what is in stays in. */
static void suppose_kept(struct session *session)
{
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] == LABEL_IN)
            solver_suppose(session->solver, solver_in(session->open, a));
}

/* Makes the labelling at hand preferred: what is in stays in, and something undecided comes in
 * (what is out cannot, being attacked from inside), until nothing can. ANSWER_YES when done. */
static enum answer enlarge(struct session *session)
{
    for (;;) {
        size_t count = 0;
        for (uint32_t a = 0; a < session->open->count; a++)
            if (session->labels[a] == LABEL_UNDECIDED)
                session->literals[count++] = solver_in(session->open, a);
        if (count == 0)
            return ANSWER_YES;
        solver_suppose_any(session->solver, session->literals, count);
        suppose_kept(session);
        enum answer answer = ask(session);
        if (answer != ANSWER_YES)
            return answer == ANSWER_NO ? ANSWER_YES : answer;
    }
}

/* From now on something must be in that is not in now: rules out the labelling at hand and all
 * that are in it. */
static void require_beyond(struct session *session)
{
    size_t count = 0;
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] != LABEL_IN)
            session->literals[count++] = solver_in(session->open, a);
    solver_require_any(session->solver, session->literals, count);
}

/* From now on something must not be in that is in now: rules out a stable labelling, for no other
 * holds all that it holds. */
static void require_less(struct session *session)
{
    size_t count = 0;
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] == LABEL_IN)
            session->literals[count++] = -solver_in(session->open, a);
    solver_require_any(session->solver, session->literals, count);
}

/* Rules out the labelling at hand and no other. */
static void require_other(struct session *session)
{
    for (uint32_t a = 0; a < session->open->count; a++) {
        int32_t in = solver_in(session->open, a);
        session->literals[a] = session->labels[a] == LABEL_IN ? -in : in;
    }
    solver_require_any(session->solver, session->literals, session->open->count);
}

/* --- all of them -------------------------------------------------------------------------- */

struct found {
    const uint8_t *labels;
    uint32_t count; /* arguments */
};

static int found_compare(const void *a, const void *b)
{
    const struct found *first = a, *second = b;
    return labelling_compare(first->labels, second->labels, first->count);
}

static void keep_sorted(struct session *session, struct found *found, size_t count,
                        struct labellings *labellings)
{
    if (count > 1)
        qsort(found, count, sizeof *found, found_compare);
    const uint8_t **labels = arena_array(session->arena, count, sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = found[i].labels;
    *labellings = (struct labellings){count, labels};
}

/* The next labelling of the semantics, which is ruled out for the future. */
static enum answer next_labelling(struct session *session)
{
    enum answer answer = ask(session);
    if (answer == ANSWER_YES && session->semantics == SEMANTICS_PREFERRED)
        answer = enlarge(session);
    if (answer != ANSWER_YES)
        return answer;
    if (session->semantics == SEMANTICS_PREFERRED)
        require_beyond(session);
    else if (session->semantics == SEMANTICS_STABLE)
        require_less(session);
    else
        require_other(session);
    return ANSWER_YES;
}

static enum answer search_all(struct session *session, struct labellings *labellings)
{
    struct found *found = NULL;
    size_t count = 0;
    enum answer answer;
    if (!session_open(session))
        return ANSWER_TOO_LARGE;
    while ((answer = next_labelling(session)) == ANSWER_YES) {
        found = arena_grow(session->arena, found, count, sizeof *found);
        found[count++] = (struct found){whole_labels(session), session->whole->count};
    }
    if (answer != ANSWER_NO)
        return answer;
    keep_sorted(session, found, count, labellings);
    return ANSWER_YES;
}

enum answer labellings_all(const struct framework *framework, enum semantics semantics,
                           const struct search *search, struct arena *arena,
                           struct labellings *labellings)
{
    struct session session = {
        .arena = arena, .whole = framework, .semantics = semantics, .search = search};
    session_ground(&session);
    if (semantics != SEMANTICS_GROUNDED)
        return search_all(&session, labellings);
    struct found found = {session.grounded, framework->count};
    keep_sorted(&session, &found, 1, labellings);
    return ANSWER_YES;
}

/* --- one of them -------------------------------------------------------------------------- */

/* Whether the grounded labelling is already one, with nothing to search for. */
static bool is_settled(const struct session *session)
{
    bool least_will_do =
        session->semantics == SEMANTICS_GROUNDED || session->semantics == SEMANTICS_COMPLETE;
    return least_will_do ||
           labelling_count(session->grounded, session->whole->count, LABEL_UNDECIDED) == 0;
}

/* With `session->grounded` drawn. `labels` may be NULL. */
static enum answer search_some(struct session *session, const uint8_t **labels)
{
    enum answer answer = ANSWER_YES;
    bool settled = is_settled(session);
    /* There always is a preferred labelling: the search is only for those who want to see it. */
    if (!settled && labels == NULL && session->semantics == SEMANTICS_PREFERRED)
        return ANSWER_YES;
    if (!settled && !session_open(session))
        return ANSWER_TOO_LARGE;
    if (!settled)
        answer = next_labelling(session);
    if (answer == ANSWER_YES && labels != NULL)
        *labels = settled ? session->grounded : whole_labels(session);
    return answer;
}

enum answer labellings_some(const struct framework *framework, enum semantics semantics,
                            const struct search *search, struct arena *arena,
                            const uint8_t **labels)
{
    struct session session = {
        .arena = arena, .whole = framework, .semantics = semantics, .search = search};
    session_ground(&session);
    return search_some(&session, labels);
}

/* --- acceptance --------------------------------------------------------------------------- */

static enum answer opposite(enum answer answer)
{
    return answer == ANSWER_NO ? ANSWER_YES : answer == ANSWER_YES ? ANSWER_NO : answer;
}

/* The number in `open` of an argument that the grounded labelling leaves open. */
static uint32_t open_number(const struct session *session, uint32_t argument)
{
    uint32_t low = 0, high = session->open->count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (session->open->origins[middle] <= argument)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Hands out the labelling at hand as the witness, made preferred if that is the semantics.
 * Returns `answer`, or what stopped the enlarging. */
static enum answer with_witness(struct session *session, enum answer answer,
                                const uint8_t **witness)
{
    if (witness == NULL)
        return answer;
    enum answer enlarged =
        session->semantics == SEMANTICS_PREFERRED ? enlarge(session) : ANSWER_YES;
    if (enlarged != ANSWER_YES)
        return enlarged;
    *witness = whole_labels(session);
    return answer;
}

static enum answer search_somewhere(struct session *session, uint32_t argument,
                                    const uint8_t **witness)
{
    if (!session_open(session))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(session, argument);
    solver_suppose(session->solver, solver_in(session->open, a));
    enum answer answer = ask(session);
    /* What is in a complete labelling is in a preferred one. */
    return answer == ANSWER_YES ? with_witness(session, ANSWER_YES, witness) : answer;
}

/* A stable labelling where `a` is not in refutes; for the complete ones, the grounded one does. */
static enum answer search_everywhere_stable(struct session *session, uint32_t a,
                                            const uint8_t **witness)
{
    solver_suppose(session->solver, -solver_in(session->open, a));
    enum answer answer = ask(session);
    return answer == ANSWER_YES ? with_witness(session, ANSWER_NO, witness) : opposite(answer);
}

/* With a complete labelling S without `a` at hand: whether a complete one around S holds `a`. If
 * so, it is at hand, made preferred; and no part of it will be proposed as a counterexample again.
 * If not, S is at hand. */
static enum answer refute(struct session *session, uint32_t a)
{
    suppose_kept(session);
    solver_suppose(session->solver, solver_in(session->open, a));
    enum answer answer = ask(session);
    if (answer == ANSWER_YES)
        answer = enlarge(session);
    if (answer == ANSWER_YES)
        require_beyond(session);
    return answer;
}

/* A counterexample is a complete labelling without `a` that cannot be enlarged to hold it. First
 * one where `a` is out, which no enlarging mends; then one proposal after the other. */
static enum answer search_everywhere_preferred(struct session *session, uint32_t a,
                                               const uint8_t **witness)
{
    solver_suppose(session->solver, solver_out(session->open, a));
    enum answer answer = ask(session);
    if (answer == ANSWER_YES)
        return with_witness(session, ANSWER_NO, witness);
    while (answer == ANSWER_NO) {
        solver_suppose(session->solver, -solver_in(session->open, a));
        answer = ask(session);
        if (answer != ANSWER_YES)
            return opposite(answer);
        answer = refute(session, a);
        if (answer == ANSWER_NO)
            return with_witness(session, ANSWER_NO, witness);
        answer = answer == ANSWER_YES ? ANSWER_NO : answer;
    }
    return answer;
}

static enum answer search_everywhere(struct session *session, uint32_t argument,
                                     const uint8_t **witness)
{
    if (!session_open(session))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(session, argument);
    return session->semantics == SEMANTICS_STABLE
               ? search_everywhere_stable(session, a, witness)
               : search_everywhere_preferred(session, a, witness);
}

enum answer accepted_somewhere(const struct framework *framework, enum semantics semantics,
                               uint32_t argument, const struct search *search, struct arena *arena,
                               const uint8_t **witness)
{
    struct session session = {
        .arena = arena, .whole = framework, .semantics = semantics, .search = search};
    session_ground(&session);
    enum label label = session.grounded[argument];
    if (label == LABEL_IN)
        return search_some(&session, witness);
    if (label == LABEL_OUT || semantics == SEMANTICS_GROUNDED)
        return ANSWER_NO;
    return search_somewhere(&session, argument, witness);
}

enum answer accepted_everywhere(const struct framework *framework, enum semantics semantics,
                                uint32_t argument, const struct search *search, struct arena *arena,
                                const uint8_t **witness)
{
    struct session session = {
        .arena = arena, .whole = framework, .semantics = semantics, .search = search};
    session_ground(&session);
    enum label label = session.grounded[argument];
    bool least_is_one = semantics == SEMANTICS_GROUNDED || semantics == SEMANTICS_COMPLETE;
    if (label == LABEL_IN)
        return ANSWER_YES;
    if (label == LABEL_OUT || least_is_one)
        return opposite(search_some(&session, witness));
    return search_everywhere(&session, argument, witness);
}
