/* Scenarios with arguments for tests: the world of Toy B (scenarios/toy) with a text put behind it
 * in place of its `tests:`. */
#ifndef ASSIZE_TESTS_DEBATED_H
#define ASSIZE_TESTS_DEBATED_H

#include <string.h>

#include "../analysis/weighed.h"
#include "analysis/outcomes.h"

struct debated {
    struct weighed weighed;
    char *path;
    const char *said; /* faults as a person reads them, with "s.yaml" for the file */
};

static inline char *debated_text(const char *path, const char *arguments)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, sizeof text / 2, file);
    fclose(file);
    text[length] = '\0';
    char *tests = strstr(text, "\n# The values were computed");
    assert_non_null(tests);
    assert_true(strlen(arguments) < sizeof text / 2);
    strcpy(tests + 1, arguments);
    return text;
}

/* The message with the temporary file's name replaced. */
static inline const char *debated_said(struct debated *debated)
{
    struct text text, out;
    text_init(&text, &debated->weighed.arena);
    text_init(&out, &debated->weighed.arena);
    for (size_t i = 0; i < debated->weighed.diags.count; i++)
        diag_print(&text, &debated->weighed.diags.items[i]);
    size_t length = strlen(debated->path);
    for (const char *at = text.data; *at != '\0';) {
        bool is_path = strncmp(at, debated->path, length) == 0;
        if (is_path)
            text_add(&out, "s.yaml");
        else
            text_add_char(&out, *at);
        at += is_path ? length : 1;
    }
    return out.data;
}

/* Loads and weighs Toy B with these arguments; `weighed.result` is NULL when that failed. */
static inline void debated_open(struct debated *debated, const char *arguments)
{
    debated->path = weighed_write(debated_text("scenarios/toy/scenario.yaml", arguments));
    debated->weighed.path = debated->path;
    weighed_run(&debated->weighed);
    debated->said = debated_said(debated);
}

static inline void debated_close(struct debated *debated)
{
    weighed_close(&debated->weighed);
    weighed_remove(debated->path);
}

/* As debated_open; faults fail the test. */
static inline const struct result *debated_result(struct debated *debated, const char *arguments)
{
    debated_open(debated, arguments);
    if (debated->weighed.result == NULL)
        print_error("%s", debated->said);
    assert_non_null(debated->weighed.result);
    return debated->weighed.result;
}

static inline size_t debated_theory(const struct result *result, const char *id)
{
    for (size_t i = 0; i < result->model->scenario->theory_count; i++)
        if (strcmp(result->model->scenario->theories[i].id, id) == 0)
            return i;
    fail_msg("no theory %s", id);
    return 0;
}

static inline size_t debated_regime(const struct result *result, const char *id)
{
    for (size_t i = 0; i < result->model->scenario->regime_count; i++)
        if (strcmp(result->model->scenario->regimes[i].id, id) == 0)
            return i;
    fail_msg("no regime %s", id);
    return 0;
}

static inline size_t debated_argument(const struct result *result, const char *id)
{
    const struct arguments *arguments = result->model->disputes->debate->arguments;
    for (size_t i = 0; i < arguments->count; i++)
        if (strcmp(arguments->list[i].id, id) == 0)
            return i;
    fail_msg("no argument %s", id);
    return 0;
}

/* Whether exactly the arguments in `ids` ("a b c") are accepted in an outcome. */
static inline bool debated_accepts(const struct result *result, const struct outcome *outcome,
                                   const char *ids)
{
    const struct arguments *arguments = result->model->disputes->debate->arguments;
    char padded[1000];
    snprintf(padded, sizeof padded, " %s ", ids);
    for (size_t i = 0; i < arguments->count; i++) {
        char id[200];
        snprintf(id, sizeof id, " %s ", arguments->list[i].id);
        if ((strstr(padded, id) != NULL) != outcome->accepted[i])
            return false;
    }
    return true;
}

#endif
