/* Finding outcomes, step by step. Private to the files outcomes*.c. */
#ifndef ASSIZE_ANALYSIS_OUTCOMES_PARTS_H
#define ASSIZE_ANALYSIS_OUTCOMES_PARTS_H

#include "analysis/outcomes.h"

struct finding_outcomes {
    struct arena *arena;
    const struct model *model;
    const struct debate *debate;
    struct outcomes *outcomes;
    struct diags *diags;
};

static inline const struct argument *argument_at(const struct debate *debate, size_t number)
{
    return &debate->arguments->list[number];
}

/* Reports a mistake at a key, and another key that has to do with it, or NULL. */
void outcome_fault(const struct finding_outcomes *finding, const struct tree *node,
                   const struct tree *also, const char *remedy, const char *message);

/* The value in force for a premise; NULL: none. */
const struct accepted_value *outcome_sets(const struct outcome *outcome,
                                          const struct premise *premise);

/* The argument whose value it is. */
const struct argument *outcome_setter(const struct debate *debate,
                                      const struct accepted_value *value);

/* [argument]: whether it is in. */
bool *outcome_accepted(const struct finding_outcomes *finding, const uint8_t *labels);

/* Puts in force what is accepted. False, with a diagnostic: two accepted values disagree, or an
 * accepted attack sets nothing. */
bool outcome_fill(const struct finding_outcomes *finding, struct outcome *outcome);

/* Fills it and adds it to those found. */
enum status outcome_add(struct finding_outcomes *finding, struct outcome outcome);

#endif
