/* The dispute graph of a thread of comments on the aggregation puzzle, with the outside evidence
 * (E...) added in its analysis: 63 arguments, 55 full attacks, 5 partial attacks, 21 supports.
 * Expected values about it are the keys af.* of the golden values, computed by an independent
 * implementation; each test names its key. */
#ifndef ASSIZE_TESTS_ARGUE_THREAD_H
#define ASSIZE_TESTS_ARGUE_THREAD_H

#include <string.h>

#include "argue/framework.h"
#include "cmocka_all.h"

static const char *const thread_names[] = {
    "A00", "A01", "A02", "A03",  "A03b", "A04",  "A05", "A06", "A07", "A08", "A09", "A10", "A11",
    "A12", "A13", "A14", "A14c", "A15",  "A16",  "A17", "A18", "A19", "A20", "A21", "A22", "A23",
    "A24", "A25", "A26", "A27",  "A28",  "A29",  "A30", "A31", "A32", "A33", "A34", "A35", "A36",
    "A37", "A38", "A39", "A40",  "A41",  "ATTR", "E1",  "E10", "E2",  "E2c", "E2r", "E3",  "E3b",
    "E4",  "E5",  "E6",  "E7",   "E8",   "E9",   "HM",  "HP",  "HR",  "NEC", "SEV"};

struct thread_arrow {
    const char *from, *to;
    double strength;
};

static const struct thread_arrow thread_attacks[] = {
    {"A01", "A02", 1}, {"A02", "A01", 1}, {"E6", "A01", 1},   {"E7", "E6", 1},
    {"E10", "E6", 1},  {"A03", "HM", 1},  {"A03", "A05", 1},  {"A05", "A03", 1},
    {"A18", "A03", 1}, {"A08", "HM", 1},  {"A08", "A05", 1},  {"E2", "A08", 1},
    {"A08", "E2", 1},  {"A11", "HM", 1},  {"A11", "A05", 1},  {"A13", "A11", 1},
    {"A14", "A11", 1}, {"A19", "A13", 1}, {"A24", "A02", 1},  {"A25", "A24", 1},
    {"E5", "A24", 1},  {"A22", "A02", 1}, {"A23", "A22", 1},  {"A39", "HR", 1},
    {"E2r", "A39", 1}, {"A39", "E2r", 1}, {"A30", "ATTR", 1}, {"A30", "A25", 1},
    {"E1", "A30", 1},  {"E8", "E1", 1},   {"E8", "ATTR", 1},  {"E2c", "E8", 1},
    {"E9", "A30", 1},  {"E9", "E1", 1},   {"A03b", "SEV", 1}, {"A06", "A03b", 1},
    {"A17", "A06", 1}, {"A36", "A06", 1}, {"A37", "A06", 1},  {"A27", "A17", 1},
    {"A33", "A17", 1}, {"A33", "A36", 1}, {"A36", "A33", 1},  {"A37", "A33", 1},
    {"A04", "SEV", 1}, {"A07", "SEV", 1}, {"A09", "SEV", 1},  {"A01", "SEV", 1},
    {"A20", "SEV", 1}, {"A21", "A20", 1}, {"A28", "SEV", 1},  {"E3", "A28", 1},
    {"A41", "SEV", 1}, {"E4", "A41", 1},  {"A40", "NEC", 1}};

static const struct thread_arrow thread_partial_attacks[] = {{"A14c", "A05", 0.3},
                                                             {"A38", "A05", 0.3},
                                                             {"E4", "A20", 0.5},
                                                             {"A38", "SEV", 0.3},
                                                             {"E3b", "SEV", 0.5}};

static const struct thread_arrow thread_supports[] = {
    {"A00", "A01", 1},  {"A00", "A02", 1}, {"HM", "A02", 1},  {"HP", "A02", 1},  {"HR", "A02", 1},
    {"ATTR", "A02", 1}, {"A02", "SEV", 1}, {"NEC", "SEV", 1}, {"A12", "A11", 1}, {"A15", "A11", 1},
    {"A18", "A05", 1},  {"A16", "HP", 1},  {"A26", "HP", 1},  {"A31", "A27", 1}, {"A10", "A00", 1},
    {"A34", "A09", 1},  {"A32", "A09", 1}, {"A29", "A28", 1}, {"A35", "A04", 1}, {"A38", "A14c", 1},
    {"E4", "A21", 1}};

enum { THREAD_COUNT = sizeof thread_names / sizeof thread_names[0] };

static inline uint32_t thread_number(const char *name)
{
    for (uint32_t i = 0; i < THREAD_COUNT; i++)
        if (strcmp(thread_names[i], name) == 0)
            return i;
    return UINT32_MAX;
}

static inline const struct framework *thread_framework(struct arena *arena)
{
    struct framework_draft *draft = framework_draft_new(arena, THREAD_COUNT, thread_names);
    for (size_t i = 0; i < COUNT_OF(thread_attacks); i++)
        assert_true(framework_draft_attack(draft, thread_number(thread_attacks[i].from),
                                           thread_number(thread_attacks[i].to)));
    for (size_t i = 0; i < COUNT_OF(thread_partial_attacks); i++)
        assert_true(framework_draft_partial_attack(
            draft, thread_number(thread_partial_attacks[i].from),
            thread_number(thread_partial_attacks[i].to), thread_partial_attacks[i].strength));
    for (size_t i = 0; i < COUNT_OF(thread_supports); i++)
        assert_true(framework_draft_support(draft, thread_number(thread_supports[i].from),
                                            thread_number(thread_supports[i].to)));
    return framework_draft_finish(draft);
}

/* Asserts that exactly `names` (NULL at the end) of those in `framework` have `label`. */
static inline void assert_labelled(const struct framework *framework, const uint8_t *labels,
                                   uint8_t label, const char *const *names)
{
    uint32_t found = 0, wanted = 0;
    for (uint32_t a = 0; a < framework->count; a++)
        found += labels[a] == label;
    for (; names[wanted] != NULL; wanted++)
        for (uint32_t a = 0; a < framework->count; a++)
            if (strcmp(framework->names[a], names[wanted]) == 0 && labels[a] != label)
                fail_msg("%s has label %d, not %d", names[wanted], labels[a], label);
    assert_int_equal(found, wanted);
}

#endif
