/* What the parts of the screen of `assize explain` share. Internal to core/report. */
#ifndef ASSIZE_REPORT_EXPLAIN_H
#define ASSIZE_REPORT_EXPLAIN_H

#include "report/outline.h"
#include "report/report.h"

/* An explanation under way: one theory on one regime, told for one case. */
struct telling {
    struct text *out;
    struct arena *arena;
    const struct result *result;
    const struct model *model;
    const struct scenario *scenario;
    const struct conclusion *conclusion;
    const struct opinion *opinion;
    const struct explain_view *view;
    const struct outline *outline;
};

void telling_init(struct telling *telling, struct text *out, const struct result *result,
                  const struct explain_view *view);

/* A claim's own text, or what it says where it does not apply, with its figures. */
const char *telling_claim(const struct telling *telling, const struct outline_claim *claim);
bool telling_claim_applies(const struct telling *telling, const struct outline_claim *claim);

/* --- parts, in the order of the screen ----------------------------------------------------- */

void explain_verdict(
    struct telling *telling); /* the conclusion and what decided (explain_text.c) */
void explain_outline(struct telling *telling); /* the steps (explain_outline.c) */
void explain_cases(struct telling *telling);   /* all types of case (explain_cases.c) */

void explain_switches(struct telling *telling); /* where it switches (switches_text.c) */

/* What moves the score, where view->sensitivity is there (sensitivity_text.c). */
void explain_sensitivity(struct telling *telling);

#endif
