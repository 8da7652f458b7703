/* Reading what this program wrote as JSON: the first thing that is not as it was written is an
 * error that names the file. Internal to core/report. */
#ifndef ASSIZE_REPORT_JSON_READ_H
#define ASSIZE_REPORT_JSON_READ_H

#include <jansson.h>

#include "analysis/weigh.h"
#include "base/diag.h"
#include "base/file.h"

/* A file under way, and where its faults go. `what` begins messages: "not a saved result". */
struct json_reading {
    struct arena *arena; /* of what is read */
    const struct buffer *file;
    const char *what;
    struct diags *diags;
    bool failed;
};

/* Reports "<what>: <reason>", or <reason> alone where `what` is NULL, unless something failed
 * before. STATUS_USAGE. */
void json_read_fault(struct json_reading *reading, const char *what, const char *reason);

/* The whole file; NULL with a fault where it is no JSON. The tree lives until `scratch` is
 * released. */
json_t *json_read_root(struct json_reading *reading, struct arena *scratch);

/* "" and 0 with a fault where the member is missing, or not such a thing. */
const char *json_read_text(struct json_reading *reading, const json_t *object, const char *key);
uint64_t json_read_count(struct json_reading *reading, const json_t *object, const char *key);

/* The member `sampling`, "random" or "sobol". */
enum draw_kind json_read_sampling(struct json_reading *reading, const json_t *root);

/* The members `settings` and `dropped` of a result. */
const struct setting *json_read_settings(struct json_reading *reading, const json_t *root,
                                         size_t *count);
const char *const *json_read_dropped(struct json_reading *reading, const json_t *root,
                                     size_t *count);

#endif
