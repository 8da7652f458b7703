#include "argue/session.h"

#include <string.h>

/* --- begin and end ------------------------------------------------------------------------ */

static void scratch_release(void *resource)
{
    arena_release(resource);
}

/* An arena to be released early, and in any case together with `arena`; when it is full, control
 * goes where it would go from `arena`. */
static struct arena *scratch_new(struct arena *arena)
{
    struct arena *scratch = arena_alloc(arena, sizeof *scratch);
    arena_init(scratch, &arena->allocator);
    scratch->on_full = arena->on_full;
    scratch->limit = arena->limit;
    arena_defer(arena, scratch_release, scratch);
    return scratch;
}

void session_begin(struct session *session, const struct framework *framework,
                   enum semantics semantics, const struct search *search, struct arena *arena)
{
    const struct budget *budget = &search->budget;
    *session = (struct session){.arena = arena, .whole = framework, .semantics = semantics};
    session->kind = search->solver != NULL ? search->solver : solver_kind_usual();
    session->left.calls = budget->calls > 0 ? budget->calls : UINT64_MAX;
    session->left.conflicts = budget->conflicts > 0 ? budget->conflicts : UINT64_MAX;
    session->scratch = scratch_new(arena);
    session->grounded = arena_alloc(session->scratch, framework->count);
    uint32_t *work =
        arena_array(session->scratch, (size_t)framework->count * GROUNDED_WORK, sizeof *work);
    labelling_grounded(framework, NULL, session->grounded, work);
}

void session_end(struct session *session)
{
    arena_release(session->scratch);
}

static const struct framework *undecided_part(const struct framework *framework,
                                              const uint8_t *labels, struct arena *arena)
{
    bool *keep = arena_array(arena, framework->count, sizeof *keep);
    for (uint32_t a = 0; a < framework->count; a++)
        keep[a] = labels[a] == LABEL_UNDECIDED;
    return framework_restrict(framework, keep, arena);
}

void session_open(struct session *session)
{
    struct arena *scratch = session->scratch;
    session->open = undecided_part(session->whole, session->grounded, scratch);
    size_t count = session->open->count;
    session->labels = arena_alloc(scratch, count);
    session->work = arena_array(scratch, count * GROUNDED_WORK, sizeof *session->work);
    session->literals = arena_array(scratch, count, sizeof *session->literals);
}

/* The largest admissible labellings are the preferred ones. */
static enum scope scope_of(enum semantics semantics)
{
    if (semantics == SEMANTICS_PREFERRED)
        return SCOPE_ADMISSIBLE;
    return semantics == SEMANTICS_STABLE ? SCOPE_STABLE : SCOPE_COMPLETE;
}

bool session_solver(struct session *session)
{
    session->solver = solver_new(session->kind, session->open, scope_of(session->semantics),
                                 &session->left, session->scratch);
    return session->solver != NULL;
}

enum answer session_ask(struct session *session)
{
    enum answer answer = solver_solve(session->solver);
    if (answer == ANSWER_YES) {
        solver_labels(session->solver, session->labels);
        labelling_complete(session->open, session->labels, session->work);
    }
    return answer;
}

/* --- larger ------------------------------------------------------------------------------- */

void session_suppose_kept(struct session *session)
{
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] == LABEL_IN)
            solver_suppose(session->solver, solver_in(session->open, a));
}

enum answer session_enlarge(struct session *session)
{
    for (;;) {
        size_t count = 0;
        for (uint32_t a = 0; a < session->open->count; a++)
            if (session->labels[a] == LABEL_UNDECIDED)
                session->literals[count++] = solver_in(session->open, a);
        if (count == 0)
            return ANSWER_YES;
        solver_suppose_any(session->solver, session->literals, count);
        session_suppose_kept(session);
        enum answer answer = session_ask(session);
        if (answer != ANSWER_YES)
            return answer == ANSWER_NO ? ANSWER_YES : answer;
    }
}

/* From now on something undecided must come in, and what is in must stay. False when nothing is
 * undecided. */
static bool demand_more(struct session *session, struct solver *solver,
                        const struct framework *part, const uint8_t *labels)
{
    size_t count = 0;
    for (uint32_t a = 0; a < part->count; a++) {
        int32_t in = solver_in(part, a);
        if (labels[a] == LABEL_IN)
            solver_require_any(solver, &in, 1);
        else if (labels[a] == LABEL_UNDECIDED)
            session->literals[count++] = in;
    }
    if (count > 0)
        solver_require_any(solver, session->literals, count);
    return count > 0;
}

/* Takes in as much of `part` as can be. `labels`, all undecided, become a preferred labelling. */
static enum answer fill(struct session *session, const struct framework *part, uint8_t *labels,
                        struct arena *scratch)
{
    enum answer answer = ANSWER_YES;
    struct solver *solver =
        solver_new(session->kind, part, SCOPE_ADMISSIBLE, &session->left, scratch);
    if (solver == NULL)
        return ANSWER_TOO_LARGE;
    while (answer == ANSWER_YES && demand_more(session, solver, part, labels)) {
        answer = solver_solve(solver);
        if (answer == ANSWER_YES) {
            solver_labels(solver, labels);
            labelling_complete(part, labels, session->work);
        }
    }
    return answer == ANSWER_NO ? ANSWER_YES : answer;
}

/* What is preferred among the undecided arguments makes a preferred labelling of the whole: they
 * are not attacked from what is in, and what is out at hand is harmless. */
enum answer session_enlarge_afresh(struct session *session)
{
    struct arena *scratch = session->scratch;
    const struct framework *part = undecided_part(session->open, session->labels, scratch);
    uint8_t *labels = arena_alloc(scratch, part->count);
    enum answer answer = part->count > 0 ? fill(session, part, labels, scratch) : ANSWER_YES;
    for (uint32_t a = 0; answer == ANSWER_YES && a < part->count; a++)
        session->labels[part->origins[a]] = labels[a];
    return answer;
}

/* --- never again -------------------------------------------------------------------------- */

void session_require_beyond(struct session *session)
{
    size_t count = 0;
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] != LABEL_IN)
            session->literals[count++] = solver_in(session->open, a);
    solver_require_any(session->solver, session->literals, count);
}

void session_require_less(struct session *session)
{
    size_t count = 0;
    for (uint32_t a = 0; a < session->open->count; a++)
        if (session->labels[a] == LABEL_IN)
            session->literals[count++] = -solver_in(session->open, a);
    solver_require_any(session->solver, session->literals, count);
}

void session_require_other(struct session *session)
{
    for (uint32_t a = 0; a < session->open->count; a++) {
        int32_t in = solver_in(session->open, a);
        session->literals[a] = session->labels[a] == LABEL_IN ? -in : in;
    }
    solver_require_any(session->solver, session->literals, session->open->count);
}

/* --- results ------------------------------------------------------------------------------ */

const uint8_t *session_grounded(const struct session *session)
{
    uint8_t *labels = arena_alloc(session->arena, session->whole->count);
    memcpy(labels, session->grounded, session->whole->count);
    return labels;
}

const uint8_t *session_result(const struct session *session)
{
    uint8_t *labels = arena_alloc(session->arena, session->whole->count);
    memcpy(labels, session->grounded, session->whole->count);
    for (uint32_t a = 0; a < session->open->count; a++)
        labels[session->open->origins[a]] = session->labels[a];
    return labels;
}

static enum answer some_preferred(struct session *session, const uint8_t **labels)
{
    /* There always is one: the search is only for those who want to see it. */
    if (labels == NULL)
        return ANSWER_YES;
    session_open(session);
    enum answer answer = session_enlarge_afresh(session);
    if (answer == ANSWER_YES)
        *labels = session_result(session);
    return answer;
}

static enum answer some_stable(struct session *session, const uint8_t **labels)
{
    session_open(session);
    if (!session_solver(session))
        return ANSWER_TOO_LARGE;
    enum answer answer = session_ask(session);
    if (answer == ANSWER_YES && labels != NULL)
        *labels = session_result(session);
    return answer;
}

enum answer session_some(struct session *session, const uint8_t **labels)
{
    if (session->semantics == SEMANTICS_PREFERRED)
        return some_preferred(session, labels);
    if (session->semantics == SEMANTICS_STABLE)
        return some_stable(session, labels);
    if (labels != NULL)
        *labels = session_grounded(session);
    return ANSWER_YES;
}
