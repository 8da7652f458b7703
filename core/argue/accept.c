/* Credulous and sceptical acceptance: is an argument in in some, in all? */
#include "argue/session.h"

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
    if (session->semantics == SEMANTICS_PREFERRED) {
        enum answer enlarged = session_enlarge_afresh(session);
        if (enlarged != ANSWER_YES)
            return enlarged;
    }
    *witness = session_result(session);
    return answer;
}

/* --- in some ------------------------------------------------------------------------------ */

/* What is in an admissible labelling is in a preferred one. */
static enum answer search_somewhere(struct session *session, uint32_t argument,
                                    const uint8_t **witness)
{
    session_open(session);
    if (!session_solver(session))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(session, argument);
    solver_suppose(session->solver, solver_in(session->open, a));
    enum answer answer = session_ask(session);
    return answer == ANSWER_YES ? with_witness(session, ANSWER_YES, witness) : answer;
}

static enum answer decide_somewhere(struct session *session, uint32_t argument,
                                    const uint8_t **witness)
{
    enum label label = session->grounded[argument];
    if (label == LABEL_IN)
        return session_some(session, witness);
    if (label == LABEL_OUT || session->semantics == SEMANTICS_GROUNDED)
        return ANSWER_NO;
    return search_somewhere(session, argument, witness);
}

enum answer accepted_somewhere(const struct framework *framework, enum semantics semantics,
                               uint32_t argument, const struct search *search, struct arena *arena,
                               const uint8_t **witness)
{
    struct session session;
    session_begin(&session, framework, semantics, search, arena);
    enum answer answer = decide_somewhere(&session, argument, witness);
    session_end(&session);
    return answer;
}

/* --- in all ------------------------------------------------------------------------------- */

/* A stable labelling where `a` is not in refutes. */
static enum answer search_everywhere_stable(struct session *session, uint32_t a,
                                            const uint8_t **witness)
{
    solver_suppose(session->solver, -solver_in(session->open, a));
    enum answer answer = session_ask(session);
    return answer == ANSWER_YES ? with_witness(session, ANSWER_NO, witness) : opposite(answer);
}

/* With an admissible labelling S without `a` at hand: whether an admissible one around S holds `a`.
 * If so, it is at hand, made preferred; and no part of it will be proposed as a counterexample
 * again. If not, S is at hand. */
static enum answer refute(struct session *session, uint32_t a)
{
    session_suppose_kept(session);
    solver_suppose(session->solver, solver_in(session->open, a));
    enum answer answer = session_ask(session);
    if (answer == ANSWER_YES)
        answer = session_enlarge(session);
    if (answer == ANSWER_YES)
        session_require_beyond(session);
    return answer;
}

/* A counterexample is an admissible labelling without `a` that cannot be enlarged to hold it. First
 * one where `a` is out, which no enlarging mends; then one proposal after the other. */
static enum answer search_everywhere_preferred(struct session *session, uint32_t a,
                                               const uint8_t **witness)
{
    solver_suppose(session->solver, solver_out(session->open, a));
    enum answer answer = session_ask(session);
    if (answer == ANSWER_YES)
        return with_witness(session, ANSWER_NO, witness);
    while (answer == ANSWER_NO) {
        solver_suppose(session->solver, -solver_in(session->open, a));
        answer = session_ask(session);
        if (answer != ANSWER_YES)
            return opposite(answer);
        answer = opposite(refute(session, a));
    }
    return answer == ANSWER_YES ? with_witness(session, ANSWER_NO, witness) : answer;
}

static enum answer search_everywhere(struct session *session, uint32_t argument,
                                     const uint8_t **witness)
{
    session_open(session);
    if (!session_solver(session))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(session, argument);
    return session->semantics == SEMANTICS_STABLE
               ? search_everywhere_stable(session, a, witness)
               : search_everywhere_preferred(session, a, witness);
}

static enum answer decide_everywhere(struct session *session, uint32_t argument,
                                     const uint8_t **witness)
{
    enum label label = session->grounded[argument];
    bool grounded_is_one =
        session->semantics == SEMANTICS_GROUNDED || session->semantics == SEMANTICS_COMPLETE;
    if (label == LABEL_IN)
        return ANSWER_YES;
    if (label == LABEL_OUT || grounded_is_one)
        return opposite(session_some(session, witness));
    return search_everywhere(session, argument, witness);
}

enum answer accepted_everywhere(const struct framework *framework, enum semantics semantics,
                                uint32_t argument, const struct search *search, struct arena *arena,
                                const uint8_t **witness)
{
    struct session session;
    session_begin(&session, framework, semantics, search, arena);
    enum answer answer = decide_everywhere(&session, argument, witness);
    session_end(&session);
    return answer;
}
