/* A JSON writer: members in the order of the calls, numbers in their shortest exact form, so that
 * the same result gives the same bytes everywhere. Internal to core/report. */
#ifndef ASSIZE_REPORT_JSON_H
#define ASSIZE_REPORT_JSON_H

#include <stdint.h>

#include "base/text.h"

enum { JSON_MOST_DEPTH = 16 };

struct json {
    struct text *out;
    size_t depth;
    bool filled[JSON_MOST_DEPTH + 1];  /* whether the container at a depth has a member */
    bool in_line[JSON_MOST_DEPTH + 1]; /* whether its members stand on one line */
};

void json_init(struct json *json, struct text *out);

/* `key` is NULL inside an array, and for the whole. */
void json_open_object(struct json *json, const char *key);
void json_open_array(struct json *json, const char *key);
void json_open_line(struct json *json, const char *key); /* an array on one line */
void json_close_object(struct json *json);
void json_close_array(struct json *json);

void json_text(struct json *json, const char *key, const char *value); /* NULL: null */
void json_number(struct json *json, const char *key, double value);    /* not finite: null */
void json_count(struct json *json, const char *key, uint64_t value);
void json_truth(struct json *json, const char *key, bool value);
void json_nothing(struct json *json, const char *key);

/* Ends the last line. */
void json_finish(struct json *json);

#endif
