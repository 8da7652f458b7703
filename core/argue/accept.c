/* Credulous and sceptical acceptance: is an argument in in some, in all? */
#include "argue/inquiry.h"

static enum answer opposite(enum answer answer)
{
    return answer == ANSWER_NO ? ANSWER_YES : answer == ANSWER_YES ? ANSWER_NO : answer;
}

/* The number in `open` of an argument that the grounded labelling leaves open. */
static uint32_t open_number(const struct inquiry *inquiry, uint32_t argument)
{
    uint32_t low = 0, high = inquiry->open->count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (inquiry->open->origins[middle] <= argument)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Hands out the labelling at hand as the witness, made preferred if that is the semantics.
 * Returns `answer`, or what stopped the enlarging. */
static enum answer with_witness(struct inquiry *inquiry, enum answer answer,
                                const uint8_t **witness)
{
    if (witness == NULL)
        return answer;
    if (inquiry->semantics == SEMANTICS_PREFERRED) {
        enum answer enlarged = inquiry_enlarge_afresh(inquiry);
        if (enlarged != ANSWER_YES)
            return enlarged;
    }
    *witness = inquiry_result(inquiry);
    return answer;
}

/* --- in some ------------------------------------------------------------------------------ */

/* What is in an admissible labelling is in a preferred one. */
static enum answer search_somewhere(struct inquiry *inquiry, uint32_t argument,
                                    const uint8_t **witness)
{
    inquiry_open(inquiry);
    if (!inquiry_solver(inquiry))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(inquiry, argument);
    solver_suppose(inquiry->solver, solver_in(inquiry->open, a));
    enum answer answer = inquiry_ask(inquiry);
    return answer == ANSWER_YES ? with_witness(inquiry, ANSWER_YES, witness) : answer;
}

static enum answer decide_somewhere(struct inquiry *inquiry, uint32_t argument,
                                    const uint8_t **witness)
{
    enum label label = inquiry->grounded[argument];
    if (label == LABEL_IN)
        return inquiry_some(inquiry, witness);
    if (label == LABEL_OUT || inquiry->semantics == SEMANTICS_GROUNDED)
        return ANSWER_NO;
    return search_somewhere(inquiry, argument, witness);
}

enum answer accepted_somewhere(const struct framework *framework, enum semantics semantics,
                               uint32_t argument, const struct search *search, struct arena *arena,
                               const uint8_t **witness)
{
    struct inquiry inquiry;
    inquiry_begin(&inquiry, framework, semantics, search, arena);
    enum answer answer = decide_somewhere(&inquiry, argument, witness);
    inquiry_end(&inquiry);
    return answer;
}

/* --- in all ------------------------------------------------------------------------------- */

/* A stable labelling where `a` is not in refutes. */
static enum answer search_everywhere_stable(struct inquiry *inquiry, uint32_t a,
                                            const uint8_t **witness)
{
    solver_suppose(inquiry->solver, -solver_in(inquiry->open, a));
    enum answer answer = inquiry_ask(inquiry);
    return answer == ANSWER_YES ? with_witness(inquiry, ANSWER_NO, witness) : opposite(answer);
}

/* With an admissible labelling S without `a` at hand: whether an admissible one around S holds `a`.
 * If so, it is at hand, made preferred; and no part of it will be proposed as a counterexample
 * again. If not, S is at hand. */
static enum answer refute(struct inquiry *inquiry, uint32_t a)
{
    inquiry_suppose_kept(inquiry);
    solver_suppose(inquiry->solver, solver_in(inquiry->open, a));
    enum answer answer = inquiry_ask(inquiry);
    if (answer == ANSWER_YES)
        answer = inquiry_enlarge(inquiry);
    if (answer == ANSWER_YES)
        inquiry_require_beyond(inquiry);
    return answer;
}

/* A counterexample is an admissible labelling without `a` that cannot be enlarged to hold it. First
 * one where `a` is out, which no enlarging mends; then one proposal after the other. */
static enum answer search_everywhere_preferred(struct inquiry *inquiry, uint32_t a,
                                               const uint8_t **witness)
{
    solver_suppose(inquiry->solver, solver_out(inquiry->open, a));
    enum answer answer = inquiry_ask(inquiry);
    if (answer == ANSWER_YES)
        return with_witness(inquiry, ANSWER_NO, witness);
    while (answer == ANSWER_NO) {
        solver_suppose(inquiry->solver, -solver_in(inquiry->open, a));
        answer = inquiry_ask(inquiry);
        if (answer != ANSWER_YES)
            return opposite(answer);
        answer = opposite(refute(inquiry, a));
    }
    return answer == ANSWER_YES ? with_witness(inquiry, ANSWER_NO, witness) : answer;
}

static enum answer search_everywhere(struct inquiry *inquiry, uint32_t argument,
                                     const uint8_t **witness)
{
    inquiry_open(inquiry);
    if (!inquiry_solver(inquiry))
        return ANSWER_TOO_LARGE;
    uint32_t a = open_number(inquiry, argument);
    return inquiry->semantics == SEMANTICS_STABLE
               ? search_everywhere_stable(inquiry, a, witness)
               : search_everywhere_preferred(inquiry, a, witness);
}

static enum answer decide_everywhere(struct inquiry *inquiry, uint32_t argument,
                                     const uint8_t **witness)
{
    enum label label = inquiry->grounded[argument];
    bool grounded_is_one =
        inquiry->semantics == SEMANTICS_GROUNDED || inquiry->semantics == SEMANTICS_COMPLETE;
    if (label == LABEL_IN)
        return ANSWER_YES;
    if (label == LABEL_OUT || grounded_is_one)
        return opposite(inquiry_some(inquiry, witness));
    return search_everywhere(inquiry, argument, witness);
}

enum answer accepted_everywhere(const struct framework *framework, enum semantics semantics,
                                uint32_t argument, const struct search *search, struct arena *arena,
                                const uint8_t **witness)
{
    struct inquiry inquiry;
    inquiry_begin(&inquiry, framework, semantics, search, arena);
    enum answer answer = decide_everywhere(&inquiry, argument, witness);
    inquiry_end(&inquiry);
    return answer;
}
