/* Loads and weighs a scenario from a file or from text, for tests of core/analysis. */
#ifndef ASSIZE_TESTS_WEIGHED_H
#define ASSIZE_TESTS_WEIGHED_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analysis/weigh.h"
#include "cmocka_all.h"

struct weighed {
    struct arena arena;
    struct diags diags;
    const char *path;
    const struct setting *settings;
    size_t setting_count;
    const char *const *drop;
    size_t drop_count;
    const char *draws_from;
    uint64_t draws, resamples;
    enum draw_kind sampling;
    struct model *model;
    struct result *result; /* NULL when loading or weighing failed */
};

static void weighed_body(void *argument)
{
    struct weighed *weighed = argument;
    static const char *const folders[] = {"tests/plugins", "plugins"};
    struct plugin_library *library = arena_alloc(&weighed->arena, sizeof *library);
    struct model_request request = {.path = weighed->path,
                                    .settings = weighed->settings,
                                    .setting_count = weighed->setting_count,
                                    .drop = weighed->drop,
                                    .drop_count = weighed->drop_count,
                                    .draws_from = weighed->draws_from};
    struct weigh_options options = {.sampling = weighed->sampling,
                                    .draws = weighed->draws,
                                    .resamples = weighed->resamples,
                                    .seed = 1};
    diags_init(&weighed->diags, &weighed->arena);
    if (library_open(&weighed->arena, folders, COUNT_OF(folders), library, &weighed->diags) ==
            STATUS_OK &&
        model_load(&weighed->arena, library, &request, &weighed->model, &weighed->diags) ==
            STATUS_OK)
        weigh(&weighed->arena, weighed->model, &options, &weighed->result, &weighed->diags);
}

static inline void weighed_print_faults(const struct weighed *weighed)
{
    struct text text;
    text_init(&text, weighed->diags.arena);
    for (size_t i = 0; i < weighed->diags.count; i++)
        diag_print(&text, &weighed->diags.items[i]);
    print_error("%s", text.data);
}

/* Fills the rest of `weighed` from its path, settings, drop and draws. */
static inline void weighed_run(struct weighed *weighed)
{
    arena_init(&weighed->arena, &allocator_heap);
    assert_true(arena_try(&weighed->arena, weighed_body, weighed));
}

/* As above; faults fail the test. */
static inline void weighed_open(struct weighed *weighed)
{
    weighed_run(weighed);
    if (weighed->result == NULL)
        weighed_print_faults(weighed);
    assert_non_null(weighed->result);
}

static inline void weighed_close(struct weighed *weighed)
{
    arena_release(&weighed->arena);
}

/* That the weighing was refused, for the fault that is named; closes it. */
static inline void weighed_expect_fault(struct weighed *weighed, const char *says)
{
    struct text said;
    text_init(&said, weighed->diags.arena);
    for (size_t i = 0; i < weighed->diags.count; i++)
        diag_print(&said, &weighed->diags.items[i]);
    if (strstr(said.data, says) == NULL)
        print_error("\"%s\" is not in:\n%s", says, said.data);
    assert_non_null(strstr(said.data, says));
    assert_int_equal(diags_status(&weighed->diags), STATUS_SCENARIO);
    assert_null(weighed->result);
    weighed_close(weighed);
}

/* Writes `text` to a new temporary file and returns its path, to be freed by weighed_remove(). */
static inline char *weighed_write(const char *text)
{
    char *path = strdup("/tmp/assize-test-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    size_t length = strlen(text);
    assert_int_equal(write(descriptor, text, length), (ssize_t)length);
    close(descriptor);
    return path;
}

static inline void weighed_remove(char *path)
{
    unlink(path);
    free(path);
}

/* Fails with every expectation of the scenario that is not met, and where it has fewer than
 * `least`. */
static inline void weighed_meets(const char *path, size_t least)
{
    struct weighed weighed = {.path = path};
    weighed_open(&weighed);
    const struct scenario *scenario = weighed.model->scenario;
    size_t failed = 0;
    for (size_t i = 0; i < scenario->expectation_count; i++) {
        struct text actual;
        text_init(&actual, &weighed.arena);
        if (result_meets(weighed.result, &scenario->expectations[i], &actual))
            continue;
        print_error("%s: %s is %s\n", path, scenario->expectations[i].id, actual.data);
        failed++;
    }
    assert_int_equal(failed, 0);
    assert_true(scenario->expectation_count >= least);
    weighed_close(&weighed);
}

#endif
