/* What `assize run` says of the scenario's disputes: nothing where it has no arguments. */
#ifndef ASSIZE_REPORT_RUN_OUTCOMES_H
#define ASSIZE_REPORT_RUN_OUTCOMES_H

#include "report/json.h"
#include "report/screen.h"

/* Verdicts by outcome where they differ, and what the base leaves in question. */
void screen_outcomes(struct screen *screen);

/* The claims and steps that the base leaves out, as a sentence. */
const char *unsupported_words(struct arena *arena, const struct model *model);

/* The member "disputes". */
void json_outcomes(struct json *json, const struct result *result);

#endif
