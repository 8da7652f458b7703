#include "argue/enumerate.h"

#include <stdlib.h>

#include "argue/inquiry.h"

struct found {
    const uint8_t *labels;
    uint32_t count; /* arguments */
};

static int found_compare(const void *a, const void *b)
{
    const struct found *first = a, *second = b;
    return labelling_compare(first->labels, second->labels, first->count);
}

static void keep_sorted(struct inquiry *inquiry, struct found *found, size_t count,
                        struct labellings *labellings)
{
    if (count > 1)
        qsort(found, count, sizeof *found, found_compare);
    const uint8_t **labels = arena_array(inquiry->arena, count, sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = found[i].labels;
    *labellings = (struct labellings){count, labels};
}

/* The next labelling of the semantics, which is ruled out for the future. */
static enum answer next_labelling(struct inquiry *inquiry)
{
    enum answer answer = inquiry_ask(inquiry);
    if (answer == ANSWER_YES && inquiry->semantics == SEMANTICS_PREFERRED)
        answer = inquiry_enlarge(inquiry);
    if (answer != ANSWER_YES)
        return answer;
    if (inquiry->semantics == SEMANTICS_PREFERRED)
        inquiry_require_beyond(inquiry);
    else if (inquiry->semantics == SEMANTICS_STABLE)
        inquiry_require_less(inquiry);
    else
        inquiry_require_other(inquiry);
    return ANSWER_YES;
}

static enum answer search_all(struct inquiry *inquiry, struct labellings *labellings)
{
    struct found *found = NULL;
    size_t count = 0;
    enum answer answer;
    inquiry_open(inquiry);
    if (!inquiry_solver(inquiry))
        return ANSWER_TOO_LARGE;
    while ((answer = next_labelling(inquiry)) == ANSWER_YES) {
        found = arena_grow(inquiry->scratch, found, count, sizeof *found);
        found[count++] = (struct found){inquiry_result(inquiry), inquiry->whole->count};
    }
    if (answer != ANSWER_NO)
        return answer;
    keep_sorted(inquiry, found, count, labellings);
    return ANSWER_YES;
}

enum answer labellings_all(const struct framework *framework, enum semantics semantics,
                           const struct search *search, struct arena *arena,
                           struct labellings *labellings)
{
    struct inquiry inquiry;
    enum answer answer = ANSWER_YES;
    inquiry_begin(&inquiry, framework, semantics, search, arena);
    if (semantics == SEMANTICS_GROUNDED) {
        struct found found = {inquiry_grounded(&inquiry), framework->count};
        keep_sorted(&inquiry, &found, 1, labellings);
    } else {
        answer = search_all(&inquiry, labellings);
    }
    inquiry_end(&inquiry);
    return answer;
}

enum answer labellings_some(const struct framework *framework, enum semantics semantics,
                            const struct search *search, struct arena *arena,
                            const uint8_t **labels)
{
    struct inquiry inquiry;
    inquiry_begin(&inquiry, framework, semantics, search, arena);
    enum answer answer = inquiry_some(&inquiry, labels);
    inquiry_end(&inquiry);
    return answer;
}
