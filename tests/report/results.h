/* Scenarios weighed, and their results as parsed JSON. */
#ifndef ASSIZE_TESTS_RESULTS_H
#define ASSIZE_TESTS_RESULTS_H

#include <jansson.h>

#include "analysis/weighed.h"
#include "report/report.h"

static inline struct weighed open_scenario(const char *path, uint64_t draws)
{
    struct weighed weighed = {.path = path, .draws = draws};
    weighed_open(&weighed);
    return weighed;
}

static inline const char *run_json(struct weighed *weighed)
{
    struct text out;
    struct run_view view = {0};
    text_init(&out, &weighed->arena);
    report_run_json(&out, weighed->result, &view);
    return out.data;
}

static inline json_t *parse(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        print_error("line %d: %s\n", error.line, error.text);
    assert_non_null(json);
    return json;
}

#endif
