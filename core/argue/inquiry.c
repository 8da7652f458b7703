#include "argue/inquiry.h"

#include <string.h>

/* --- begin and end ------------------------------------------------------------------------ */

void inquiry_begin(struct inquiry *inquiry, const struct framework *framework,
                   enum semantics semantics, const struct search *search, struct arena *arena)
{
    const struct budget *budget = &search->budget;
    *inquiry = (struct inquiry){.arena = arena, .whole = framework, .semantics = semantics};
    inquiry->kind = search->solver != NULL ? search->solver : solver_kind_usual();
    inquiry->left.calls = budget->calls > 0 ? budget->calls : UINT64_MAX;
    inquiry->left.conflicts = budget->conflicts > 0 ? budget->conflicts : UINT64_MAX;
    inquiry->scratch = arena_child(arena);
    inquiry->grounded = arena_alloc(inquiry->scratch, framework->count);
    uint32_t *work =
        arena_array(inquiry->scratch, (size_t)framework->count * GROUNDED_WORK, sizeof *work);
    labelling_grounded(framework, NULL, inquiry->grounded, work);
}

void inquiry_end(struct inquiry *inquiry)
{
    arena_release(inquiry->scratch);
}

static const struct framework *undecided_part(const struct framework *framework,
                                              const uint8_t *labels, struct arena *arena)
{
    bool *keep = arena_array(arena, framework->count, sizeof *keep);
    for (uint32_t a = 0; a < framework->count; a++)
        keep[a] = labels[a] == LABEL_UNDECIDED;
    return framework_restrict(framework, keep, arena);
}

void inquiry_open(struct inquiry *inquiry)
{
    struct arena *scratch = inquiry->scratch;
    inquiry->open = undecided_part(inquiry->whole, inquiry->grounded, scratch);
    size_t count = inquiry->open->count;
    inquiry->labels = arena_alloc(scratch, count);
    inquiry->work = arena_array(scratch, count * GROUNDED_WORK, sizeof *inquiry->work);
    inquiry->literals = arena_array(scratch, count, sizeof *inquiry->literals);
}

/* The largest admissible labellings are the preferred ones. */
static enum scope scope_of(enum semantics semantics)
{
    if (semantics == SEMANTICS_PREFERRED)
        return SCOPE_ADMISSIBLE;
    return semantics == SEMANTICS_STABLE ? SCOPE_STABLE : SCOPE_COMPLETE;
}

bool inquiry_solver(struct inquiry *inquiry)
{
    inquiry->solver = solver_new(inquiry->kind, inquiry->open, scope_of(inquiry->semantics),
                                 &inquiry->left, inquiry->scratch);
    return inquiry->solver != NULL;
}

enum answer inquiry_ask(struct inquiry *inquiry)
{
    enum answer answer = solver_solve(inquiry->solver);
    if (answer == ANSWER_YES) {
        solver_labels(inquiry->solver, inquiry->labels);
        labelling_complete(inquiry->open, inquiry->labels, inquiry->work);
    }
    return answer;
}

/* --- larger ------------------------------------------------------------------------------- */

void inquiry_suppose_kept(struct inquiry *inquiry)
{
    for (uint32_t a = 0; a < inquiry->open->count; a++)
        if (inquiry->labels[a] == LABEL_IN)
            solver_suppose(inquiry->solver, solver_in(inquiry->open, a));
}

enum answer inquiry_enlarge(struct inquiry *inquiry)
{
    for (;;) {
        size_t count = 0;
        for (uint32_t a = 0; a < inquiry->open->count; a++)
            if (inquiry->labels[a] == LABEL_UNDECIDED)
                inquiry->literals[count++] = solver_in(inquiry->open, a);
        if (count == 0)
            return ANSWER_YES;
        solver_suppose_any(inquiry->solver, inquiry->literals, count);
        inquiry_suppose_kept(inquiry);
        enum answer answer = inquiry_ask(inquiry);
        if (answer != ANSWER_YES)
            return answer == ANSWER_NO ? ANSWER_YES : answer;
    }
}

/* From now on something undecided must come in, and what is in must stay. False when nothing is
 * undecided. */
static bool demand_more(struct inquiry *inquiry, struct solver *solver,
                        const struct framework *part, const uint8_t *labels)
{
    size_t count = 0;
    for (uint32_t a = 0; a < part->count; a++) {
        int32_t in = solver_in(part, a);
        if (labels[a] == LABEL_IN)
            solver_require_any(solver, &in, 1);
        else if (labels[a] == LABEL_UNDECIDED)
            inquiry->literals[count++] = in;
    }
    if (count > 0)
        solver_require_any(solver, inquiry->literals, count);
    return count > 0;
}

/* Takes in as much of `part` as can be. `labels`, all undecided, become a preferred labelling. */
static enum answer fill(struct inquiry *inquiry, const struct framework *part, uint8_t *labels,
                        struct arena *scratch)
{
    enum answer answer = ANSWER_YES;
    struct solver *solver =
        solver_new(inquiry->kind, part, SCOPE_ADMISSIBLE, &inquiry->left, scratch);
    if (solver == NULL)
        return ANSWER_TOO_LARGE;
    while (answer == ANSWER_YES && demand_more(inquiry, solver, part, labels)) {
        answer = solver_solve(solver);
        if (answer == ANSWER_YES) {
            solver_labels(solver, labels);
            labelling_complete(part, labels, inquiry->work);
        }
    }
    return answer == ANSWER_NO ? ANSWER_YES : answer;
}

/* What is preferred among the undecided arguments makes a preferred labelling of the whole: they
 * are not attacked from what is in, and what is out at hand is harmless. */
enum answer inquiry_enlarge_afresh(struct inquiry *inquiry)
{
    struct arena *scratch = inquiry->scratch;
    const struct framework *part = undecided_part(inquiry->open, inquiry->labels, scratch);
    uint8_t *labels = arena_alloc(scratch, part->count);
    enum answer answer = part->count > 0 ? fill(inquiry, part, labels, scratch) : ANSWER_YES;
    for (uint32_t a = 0; answer == ANSWER_YES && a < part->count; a++)
        inquiry->labels[part->origins[a]] = labels[a];
    return answer;
}

/* --- never again -------------------------------------------------------------------------- */

void inquiry_require_beyond(struct inquiry *inquiry)
{
    size_t count = 0;
    for (uint32_t a = 0; a < inquiry->open->count; a++)
        if (inquiry->labels[a] != LABEL_IN)
            inquiry->literals[count++] = solver_in(inquiry->open, a);
    solver_require_any(inquiry->solver, inquiry->literals, count);
}

void inquiry_require_less(struct inquiry *inquiry)
{
    size_t count = 0;
    for (uint32_t a = 0; a < inquiry->open->count; a++)
        if (inquiry->labels[a] == LABEL_IN)
            inquiry->literals[count++] = -solver_in(inquiry->open, a);
    solver_require_any(inquiry->solver, inquiry->literals, count);
}

void inquiry_require_other(struct inquiry *inquiry)
{
    for (uint32_t a = 0; a < inquiry->open->count; a++) {
        int32_t in = solver_in(inquiry->open, a);
        inquiry->literals[a] = inquiry->labels[a] == LABEL_IN ? -in : in;
    }
    solver_require_any(inquiry->solver, inquiry->literals, inquiry->open->count);
}

/* --- results ------------------------------------------------------------------------------ */

const uint8_t *inquiry_grounded(const struct inquiry *inquiry)
{
    uint8_t *labels = arena_alloc(inquiry->arena, inquiry->whole->count);
    memcpy(labels, inquiry->grounded, inquiry->whole->count);
    return labels;
}

const uint8_t *inquiry_result(const struct inquiry *inquiry)
{
    uint8_t *labels = arena_alloc(inquiry->arena, inquiry->whole->count);
    memcpy(labels, inquiry->grounded, inquiry->whole->count);
    for (uint32_t a = 0; a < inquiry->open->count; a++)
        labels[inquiry->open->origins[a]] = inquiry->labels[a];
    return labels;
}

static enum answer some_preferred(struct inquiry *inquiry, const uint8_t **labels)
{
    /* There always is one: the search is only for those who want to see it. */
    if (labels == NULL)
        return ANSWER_YES;
    inquiry_open(inquiry);
    enum answer answer = inquiry_enlarge_afresh(inquiry);
    if (answer == ANSWER_YES)
        *labels = inquiry_result(inquiry);
    return answer;
}

static enum answer some_stable(struct inquiry *inquiry, const uint8_t **labels)
{
    inquiry_open(inquiry);
    if (!inquiry_solver(inquiry))
        return ANSWER_TOO_LARGE;
    enum answer answer = inquiry_ask(inquiry);
    if (answer == ANSWER_YES && labels != NULL)
        *labels = inquiry_result(inquiry);
    return answer;
}

enum answer inquiry_some(struct inquiry *inquiry, const uint8_t **labels)
{
    if (inquiry->semantics == SEMANTICS_PREFERRED)
        return some_preferred(inquiry, labels);
    if (inquiry->semantics == SEMANTICS_STABLE)
        return some_stable(inquiry, labels);
    if (labels != NULL)
        *labels = inquiry_grounded(inquiry);
    return ANSWER_YES;
}
