/* Frameworks to search, and counting what is found. */
#ifndef ASSIZE_TESTS_ARGUE_FRAMEWORKS_H
#define ASSIZE_TESTS_ARGUE_FRAMEWORKS_H

#include "argue/enumerate.h"
#include "brute.h"
#include "cmocka_all.h"

/* Each ordered pair attacks with so many chances in a thousand. */
static inline const struct framework *random_framework(struct arena *arena, uint64_t *random,
                                                       uint32_t count, uint32_t per_thousand)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t from = 0; from < count; from++)
        for (uint32_t to = 0; to < count; to++)
            if (brute_below(random, 1000) < per_thousand)
                framework_draft_attack(draft, from, to);
    return framework_draft_finish(draft);
}

/* Each attacks the next, the last the first. */
static inline const struct framework *circle(struct arena *arena, uint32_t count)
{
    struct framework_draft *draft = framework_draft_new(arena, count, NULL);
    for (uint32_t a = 0; a < count; a++)
        framework_draft_attack(draft, a, (a + 1) % count);
    return framework_draft_finish(draft);
}

static inline size_t count_all(const struct framework *framework, enum semantics semantics,
                               const struct search *search, struct arena *arena)
{
    struct labellings found;
    assert_int_equal(labellings_all(framework, semantics, search, arena, &found), ANSWER_YES);
    return found.count;
}

/* So many pairs that attack each other. */
static inline const struct framework *pairs(struct arena *arena, uint32_t count)
{
    struct framework_draft *draft = framework_draft_new(arena, 2 * count, NULL);
    for (uint32_t a = 0; a < 2 * count; a++)
        framework_draft_attack(draft, a, a ^ 1);
    return framework_draft_finish(draft);
}

#endif
