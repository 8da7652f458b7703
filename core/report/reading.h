/* Readings of a result that several formats need. Internal to core/report. */
#ifndef ASSIZE_REPORT_READING_H
#define ASSIZE_REPORT_READING_H

#include "report/report.h"

/* The position of a theory or regime by its id; SIZE_MAX when there is none. */
size_t reading_theory(const struct model *model, const char *id);
size_t reading_regime(const struct model *model, const char *id);

/* The requirement that decided a verdict, or NULL: every one holds. */
const struct requirement *reading_decided(const struct conclusion *conclusion,
                                          const struct opinion *opinion);

/* The requirement by which one type of case fails, or NULL. */
const struct requirement *reading_case_requirement(struct arena *arena, const struct result *result,
                                                   size_t theory, size_t regime);

/* What a minimum over cases is taken of, for one case; NAN when it is no such minimum. */
double reading_of_case(const struct result *result, const struct requirement *requirement,
                       size_t regime, size_t kase);

/* The part of the population, by weight, for whom a requirement on the worst class does not hold;
 * NAN where they, or those for whom it holds, may be too few to be told. */
double reading_persons_failing(const struct result *result, const struct requirement_state *state);

/* "12.5 % of persons"; NULL where the cases are no persons. */
const char *reading_persons_failing_words(struct arena *arena, const struct result *result,
                                          const struct requirement_state *state);

/* Sentence less what is deserved; NAN where the theory has no deserved sentence or is silent. */
double reading_difference(const struct result *result, size_t theory, size_t regime, size_t kase);

/* "too harsh by 73.1 pme", "too lenient by 3.2 pme", "as deserved"; NULL without a difference. */
const char *reading_difference_words(struct arena *arena, const struct result *result,
                                     size_t theory, size_t regime, size_t kase);

/* The lowest and highest sentence of a regime over all cases; NAN when the regimes have none. */
struct span {
    double low, high;
};
struct span reading_headline(const struct result *result, size_t regime);
struct span reading_headline_of_case(const struct result *result, size_t regime, size_t kase);

/* The value of a node as text; "(one value for each NAME)" along further axes. */
const char *reading_value(struct arena *arena, const struct result *result, node_id node,
                          size_t regime, size_t kase);

/* Whether a finding's condition holds. */
bool reading_finding_holds(const struct result *result, const struct finding *finding,
                           size_t regime, size_t kase);

/* A finding as a sentence, with its range over the draws, and its note. */
const char *reading_finding(struct arena *arena, const struct result *result, size_t theory,
                            size_t finding, size_t regime, size_t kase);

/* "drawn with model.a .4, model.b -.2" (correlations.c); NULL: a premise is drawn on its own. */
const char *reading_correlations(struct arena *arena, const struct model *model,
                                 const struct premise *premise);

/* What a result is known by: version, hashes, seed, draws, outcomes, settings. */
const char *reading_identity(struct arena *arena, const struct result *result);

/* The letters of `verdicts` that a legend explains: "A acceptable, b borderline". */
const char *reading_legend(struct arena *arena, const char *letters);

/* Whether a type of case fails a requirement on its own. */
bool reading_case_fails(struct arena *arena, const struct result *result, size_t theory,
                        size_t regime, size_t kase);

/* Whether a node varies along the axis `case`, and along `regime`. */
bool reading_varies(const struct model *model, node_id node, uint32_t axis);

const char *reading_relation(enum relation relation);   /* "at least" */
const char *reading_status(enum premise_status status); /* "illustrative" */

/* "moral choice, 0 to 1", "illustrative, assumed", "sourced: agnew2009", with what is disputed. */
const char *reading_premise_tags(struct arena *arena, const struct premise *premise);

/* used[graph premise]: whether any theory depends on it. */
const bool *reading_used(struct arena *arena, const struct model *model);

#endif
