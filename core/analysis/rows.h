/* Questions to a model whose cases are classes of persons: every lane goes through all persons.
 * Internal to core/analysis. */
#ifndef ASSIZE_ANALYSIS_ROWS_H
#define ASSIZE_ANALYSIS_ROWS_H

#include "analysis/lanes.h"

struct row_question;
struct phases;

/* What is asked of all persons. Lives in `arena`; NULL with an error in `diags` where the graph
 * cannot be evaluated person by person. */
struct row_question *rows_ask(struct arena *arena, const struct model *model, const node_id *wanted,
                              size_t count, struct diags *diags);

/* As engine_evaluate() for the lanes of the plan. `weights`: one for each person, or NULL: those of
 * the population. `fault` may be NULL. */
bool rows_answer(struct row_question *question, const struct lane_plan *plan, const double *weights,
                 double *out, struct engine_fault *fault);

/* How the graph was taken apart for it. */
const struct phases *rows_phases(const struct row_question *question);

#endif
