/* How a regime differs from the one that it is like. Internal to core/report. */
#ifndef ASSIZE_REPORT_CHANGES_H
#define ASSIZE_REPORT_CHANGES_H

#include "report/json.h"
#include "report/report.h"

/* Whether regime `regime` drops, sets or adds anything. */
bool changes_any(const struct model *model, size_t regime);

/* "- computer; ~ data.table.levels.1: 5, not 4; + community", on one line. */
const char *changes_words(struct arena *arena, const struct model *model, size_t regime);

/* Whether its entry differs from the one that it is like in any of this, or in a value of its own:
 * whether changes_diff() has a line to show. */
bool changes_differ(struct arena *arena, const struct model *model, size_t regime);

/* All of that as a diff, a line for each change:
 *
 *   --- guidelines
 *   +++ no-computer
 *   + discretion.below: 0.4
 *   - step computer
 *   - data.table.levels.1: 4
 *   + data.table.levels.1: 5
 *   + step community
 */
void changes_diff(struct text *out, const struct model *model, size_t regime);

/* The members `like`, and `changes`: an object, or null where the regime is like no other. */
void changes_json(struct json *json, const struct model *model, size_t regime);

#endif
