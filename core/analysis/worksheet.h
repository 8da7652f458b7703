/* One case sentenced under one regime: the regime's claims in their order, with their values.
 *
 * The facts are made into a scenario, which is loaded, traced and linked as any other; the
 * worksheet is a reading of its graph at the centre. So what `assize sentence` prints is what the
 * theories weigh.
 */
#ifndef ASSIZE_ANALYSIS_WORKSHEET_H
#define ASSIZE_ANALYSIS_WORKSHEET_H

#include "analysis/model.h"

struct worksheet_request {
    const char *kind;            /* of regime: plugins/regimes/<kind>.lua */
    const char *facts;           /* a YAML file of facts, or NULL */
    const struct setting *given; /* facts one by one: name and value */
    size_t given_count;
};

/* A claim of the regime in the case at hand. One that varies along axes beside regime and case (the
 * entries of a list) has a value for each of their cells. */
struct worksheet_step {
    const struct claim *claim;
    const char *name; /* without the regime's id in front */
    node_id node;
    size_t cells;
    const double *values;  /* [cells] */
    const double *applies; /* [cells], 0 or 1; NULL: always */
};

/* A port of the sentence. */
struct worksheet_output {
    const struct output *output;
    double value;
};

struct worksheet {
    const struct model *model;
    struct worksheet_step *steps;
    size_t step_count;
    struct worksheet_output *outputs;
    size_t output_count;
};

/* What is missing, unknown, contradictory or not carried is an error, each at its place. */
enum status worksheet_make(struct arena *arena, struct plugin_library *library,
                           const struct worksheet_request *request, struct worksheet **worksheet,
                           struct diags *diags);

/* The step or port of this name, or NULL. */
const struct worksheet_step *worksheet_step(const struct worksheet *worksheet, const char *name);
const struct worksheet_output *worksheet_output(const struct worksheet *worksheet,
                                                const char *name);

/* Whether a step applies at a cell, and the level change, figure or truth that it comes to. */
bool worksheet_applies(const struct worksheet_step *step, size_t cell);

/* Whether a step rests on a number whose status is `unverified`. What it takes over from another
 * step counts there. */
bool worksheet_unverified(struct arena *scratch, const struct worksheet *worksheet,
                          const struct worksheet_step *step);

/* --- the figures that every worksheet shows if the regime has them -------------------------- */

/* A column of the results of a table of records. */
struct worksheet_column {
    const char *name;          /* "level" */
    const char *const *claims; /* the first of these claims that the regime makes... */
    size_t claim_count;
    const char *port; /* ...else this port, or NULL */
    const char *life; /* a truth: the figure stands for life; or NULL */
    enum { FIGURE_NUMBER, FIGURE_ROMAN, FIGURE_LETTER } form;
};

extern const struct worksheet_column worksheet_columns[];
size_t worksheet_column_count(void);

/* "3", "III" or "C"; `text` holds at least NUMBER_TEXT bytes. */
const char *worksheet_figure(char *text, const struct worksheet_column *column, double value);

#endif
