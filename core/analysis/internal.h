/* What the files of core/analysis share beyond weigh.h. */
#ifndef ASSIZE_ANALYSIS_INTERNAL_H
#define ASSIZE_ANALYSIS_INTERNAL_H

#include "analysis/weigh.h"

/* The verdict from a theory's three truths, by its role. */
enum verdict verdict_from(const struct model *model, size_t theory, bool applies, bool acceptable,
                          bool ruled_out);

/* Whether a theory that is borderline is so only because a minimum over cases is too low.
 * holds[i]: whether requirement i holds. */
bool only_worst_case_fails(const struct model *model, const struct conclusion *conclusion,
                           const double *holds);

/* strips.c: fills strips, movers and along. */
enum status weigh_strips(struct arena *arena, struct result *result, struct diags *diags);

/* outcomes_weigh.c: the opinions in every outcome, and how many agree with the base. */
enum status weigh_outcomes(struct arena *arena, struct result *result, struct diags *diags);

struct outcomes;
enum status outcomes_weigh(struct arena *arena, const struct model *model,
                           const struct outcomes *outcomes, const struct outcome_opinion **opinions,
                           struct diags *diags);

/* What the base leaves of each theory: marks what is in question, takes the score from what is
 * unsupported. */
void weigh_support(struct arena *arena, struct result *result);

/* sample.c: fills ranges, shares, ties and findings from the draws. */
enum status weigh_draws(struct arena *arena, struct result *result, struct diags *diags);

/* The nodes that it asks for: scores, verdicts and findings. Returns how many. */
size_t weigh_wanted(struct arena *arena, const struct model *model, node_id **wanted);

/* Some of the draws alone, which may be none: what they come to is joined to the others' and given
 * to weigh() as options.drawn. `options` are settled. Faults stand in `diags`; where
 * `options->progress` ended it, `summaries` has fewer lanes. */
struct draw_share;
struct drawn_size {
    size_t cells, pairs; /* summaries */
};
struct drawn_size weigh_share(struct arena *arena, const struct model *model,
                              const struct weigh_options *options, struct draw_share share,
                              struct summaries *summaries, struct diags *diags);
struct drawn_size weigh_drawn_size(struct arena *arena, const struct model *model);

/* weigh.c: how many draws and resamples are meant, where nobody said. */
void weigh_settle(const struct model *model, struct weigh_options *options);

/* weigh.c: an error where settled options ask for other draws than the model's table has. */
enum status weigh_check_draws(const struct model *model, const struct weigh_options *options,
                              struct diags *diags);

/* resample.c: what another sample of persons would have given, where the cases are classes of
 * persons. Fills result.sample. */
enum status weigh_resamples(struct arena *arena, struct result *result, struct diags *diags);

/* rests.c: counts the premises in use. */
void weigh_rests(struct arena *arena, struct result *result);

/* How many draws or resamples are taken unless somebody says. */
uint64_t suitable_draws(const struct model *model, uint64_t most);

#endif
