/* Parts of JSON documents that several of them share. Internal to core/report. */
#ifndef ASSIZE_REPORT_JSON_PARTS_H
#define ASSIZE_REPORT_JSON_PARTS_H

#include "report/json.h"
#include "report/report.h"

enum { RESULT_FORMAT_VERSION = 1 };

/* settings and dropped: what was asked to differ from the scenario. */
void json_changes(struct json *json, const struct setting *settings, size_t setting_count,
                  const char *const *dropped, size_t dropped_count);

/* format, format_version, assize, scenario, settings, dropped, seed, draws, outcomes, hashes. */
void json_identity(struct json *json, const char *format, const struct result *result);

/* The unit that values of a node or premise are given in; "1" for a pure number, null for none. */
void json_unit(struct json *json, const char *key, const struct unit *unit);

/* A value of a node: number, true or false, or a label. */
void json_value(struct json *json, const char *key, const struct node *node, double value);

/* A value of a premise, given in base units, in the unit it was declared in. */
void json_premise_value(struct json *json, const char *key, const struct premise *premise,
                        double value);
const char *json_premise_unit(const struct premise *premise);

void json_range(struct json *json, const char *key, const struct range *range);

/* Every requirement and every ground for ruling out. */
void json_requirements(struct json *json, const struct result *result, size_t theory,
                       size_t regime);

/* The findings of a theory on a regime: for each case where they differ by case. */
void json_findings(struct json *json, const struct result *result, size_t theory, size_t regime);

/* One premise with all that is known of it. */
void json_premise(struct json *json, const char *key, const struct premise *premise);

/* Which premises are drawn together (correlations.c); nothing where none are. */
void json_correlations(struct json *json, const struct model *model);

/* The persons of the records; null where the cases stand in the scenario (run_population.c). */
void json_population(struct json *json, const struct model *model);

/* What other samples of the persons would give; nothing where the cases are no persons. */
void json_sample(struct json *json, const struct result *result, size_t theory, size_t regime);

#endif
