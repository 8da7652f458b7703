#include "argue/enumerate.h"

#include <stdlib.h>

#include "argue/session.h"

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
    enum answer answer = session_ask(session);
    if (answer == ANSWER_YES && session->semantics == SEMANTICS_PREFERRED)
        answer = session_enlarge(session);
    if (answer != ANSWER_YES)
        return answer;
    if (session->semantics == SEMANTICS_PREFERRED)
        session_require_beyond(session);
    else if (session->semantics == SEMANTICS_STABLE)
        session_require_less(session);
    else
        session_require_other(session);
    return ANSWER_YES;
}

static enum answer search_all(struct session *session, struct labellings *labellings)
{
    struct found *found = NULL;
    size_t count = 0;
    enum answer answer;
    session_open(session);
    if (!session_solver(session))
        return ANSWER_TOO_LARGE;
    while ((answer = next_labelling(session)) == ANSWER_YES) {
        found = arena_grow(session->scratch, found, count, sizeof *found);
        found[count++] = (struct found){session_result(session), session->whole->count};
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
    struct session session;
    enum answer answer = ANSWER_YES;
    session_begin(&session, framework, semantics, search, arena);
    if (semantics == SEMANTICS_GROUNDED) {
        struct found found = {session_grounded(&session), framework->count};
        keep_sorted(&session, &found, 1, labellings);
    } else {
        answer = search_all(&session, labellings);
    }
    session_end(&session);
    return answer;
}

enum answer labellings_some(const struct framework *framework, enum semantics semantics,
                            const struct search *search, struct arena *arena,
                            const uint8_t **labels)
{
    struct session session;
    session_begin(&session, framework, semantics, search, arena);
    enum answer answer = session_some(&session, labels);
    session_end(&session);
    return answer;
}
