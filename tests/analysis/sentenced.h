/* Worksheets and tables of records for tests of core/analysis, under the plugins of the tests. */
#ifndef ASSIZE_TESTS_SENTENCED_H
#define ASSIZE_TESTS_SENTENCED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/table.h"
#include "analysis/worksheet.h"
#include "cmocka_all.h"

struct sentenced {
    struct arena arena;
    struct diags diags;
    struct plugin_library plugin_library;
    struct worksheet *worksheet;
    struct worksheet_request request;
    struct table_request table;
    enum status status;
    struct text out; /* what a table wrote */
};

static bool sentenced_write(void *context, const char *data, size_t size)
{
    text_add_n(context, data, size);
    return true;
}

static void sentenced_body(void *argument)
{
    struct sentenced *all = argument;
    static const char *const folders[] = {"tests/plugins", "plugins"};
    diags_init(&all->diags, &all->arena);
    text_init(&all->out, &all->arena);
    all->table.write = sentenced_write;
    all->table.context = &all->out;
    all->status = library_open(&all->arena, folders, 2, &all->plugin_library, &all->diags);
    if (all->status != STATUS_OK)
        return;
    all->status = all->table.records != NULL
                      ? table_sentence(&all->arena, &all->plugin_library, &all->table, &all->diags)
                      : worksheet_make(&all->arena, &all->plugin_library, &all->request,
                                       &all->worksheet, &all->diags);
}

static inline void sentenced_run(struct sentenced *all)
{
    arena_init(&all->arena, &allocator_heap);
    assert_true(arena_try(&all->arena, sentenced_body, all));
}

static inline void sentenced_close(struct sentenced *all)
{
    arena_release(&all->arena);
}

/* All that was reported, as a person reads it. */
static inline const char *sentenced_said(struct sentenced *all)
{
    struct text text;
    text_init(&text, &all->arena);
    for (size_t i = 0; i < all->diags.count; i++)
        diag_print(&text, &all->diags.items[i]);
    return text.data;
}

static inline void sentenced_says(struct sentenced *all, const char *part)
{
    const char *said = sentenced_said(all);
    if (strstr(said, part) == NULL)
        print_error("\"%s\" is not in:\n%s", part, said);
    assert_non_null(strstr(said, part));
}

/* A worksheet from facts written "name=value name=value"; `settings` holds them. */
enum { SENTENCED_MOST = 24 };
struct given_facts {
    char text[1024];
    struct setting settings[SENTENCED_MOST];
    size_t count;
};

static inline void given_facts_read(struct given_facts *given, const char *text)
{
    given->count = 0;
    snprintf(given->text, sizeof given->text, "%s", text);
    for (char *at = strtok(given->text, " "); at != NULL; at = strtok(NULL, " ")) {
        char *equals = strchr(at, '=');
        *equals = '\0';
        given->settings[given->count++] = (struct setting){at, equals + 1};
    }
}

static inline void sentenced_facts(struct sentenced *all, const char *kind, const char *facts)
{
    struct given_facts given;
    given_facts_read(&given, facts);
    all->request.kind = kind;
    all->request.given = given.settings;
    all->request.given_count = given.count;
    sentenced_run(all);
}

static inline double sentenced_step(const struct sentenced *all, const char *name)
{
    const struct worksheet_step *step = worksheet_step(all->worksheet, name);
    assert_non_null(step);
    return step->values[0];
}

#endif
