/* A population from a scenario's `records:` and a table, without plugins: what they read is
 * declared here. */
#ifndef ASSIZE_TESTS_RECORDS_LOADED_H
#define ASSIZE_TESTS_RECORDS_LOADED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/population.h"
#include "cmocka_all.h"

struct loaded {
    struct arena arena;
    struct diags diags;
    struct plugin_library plugin_library;
    struct scenario *scenario;
    struct population *population;
    const struct setting *settings;
    size_t setting_count;
    char folder[32];   /* holds scenario.yaml and t.csv */
    const char *later; /* what t.csv holds when it is read again, or NULL: the same */
    size_t limit;      /* of the arena when it is read again */
    enum status status;
};

static inline void loaded_write(const struct loaded *loaded, const char *name, const char *data,
                                size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", loaded->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline struct schema declared_number(const char *name, const char *unit, double low,
                                            double high)
{
    struct schema schema = {.kind = SCHEMA_NUMBER,
                            .name = name,
                            .unit_text = unit,
                            .optional = true,
                            .low = low,
                            .high = high,
                            .line = 7};
    assert_true(unit_parse(unit, &schema.unit, &schema.unit_scale));
    return schema;
}

/* cases: {term: 0 to 600 month, quantity: at most 100, life: truth, role: label, rule: text,
 * victims: whole} */
static inline enum status loaded_bind(struct loaded *loaded)
{
    static const char *const roles[] = {"helps", "leads"};
    static struct schema fields[7], cases;
    static const struct declaration regime = {.plugin = "regimes/r.lua", .cases = &cases};
    static const struct declaration theory = {.plugin = "theories/t.lua"};
    static const struct declaration *const regimes[] = {&regime}, *const theories[] = {&theory};
    const struct declarations declarations = {regimes, theories};
    fields[0] = declared_number("term", "month", 0, 600);
    fields[1] = declared_number("quantity", "1", -HUGE_VAL, 100);
    fields[2] = (struct schema){.kind = SCHEMA_TRUTH, .name = "life", .optional = true, .line = 8};
    fields[3] = (struct schema){.kind = SCHEMA_LABEL,
                                .name = "role",
                                .optional = true,
                                .labels = roles,
                                .label_count = 2,
                                .line = 9};
    fields[4] = (struct schema){.kind = SCHEMA_TEXT, .name = "rule", .optional = true, .line = 10};
    fields[5] = declared_number("blame", "1", 0, 1);
    fields[5].moral = true;
    fields[6] = declared_number("victims", "person", 0, HUGE_VAL);
    fields[6].whole = true;
    cases = (struct schema){
        .kind = SCHEMA_RECORD, .name = "cases", .fields = fields, .field_count = 7, .line = 5};
    return scenario_bind(loaded->scenario, &declarations, NULL, &loaded->diags);
}

static inline void loaded_read(struct loaded *loaded)
{
    struct buffer file;
    char path[64];
    snprintf(path, sizeof path, "%s/scenario.yaml", loaded->folder);
    loaded->status = file_read(&loaded->arena, path, YAML_MOST_BYTES, &file, &loaded->diags);
    if (loaded->status == STATUS_OK)
        loaded->status = scenario_read(&loaded->arena, &file, loaded->settings,
                                       loaded->setting_count, &loaded->scenario, &loaded->diags);
}

static inline void loaded_body(void *argument)
{
    struct loaded *loaded = argument;
    diags_init(&loaded->diags, &loaded->arena);
    loaded->plugin_library.arena = &loaded->arena;
    loaded_read(loaded);
    if (loaded->status == STATUS_OK)
        loaded->status = population_open(&loaded->plugin_library, loaded->scenario,
                                         &loaded->population, &loaded->diags);
    if (loaded->status == STATUS_OK)
        loaded->status = loaded_bind(loaded);
    if (loaded->later != NULL)
        loaded_write(loaded, "t.csv", loaded->later, strlen(loaded->later));
    loaded->arena.limit = loaded->limit;
    if (loaded->status == STATUS_OK)
        loaded->status = population_fill(loaded->scenario, loaded->population, &loaded->diags);
}

/* Makes the folder with the scenario whose `records:` hold these lines. */
static inline void loaded_begin(struct loaded *loaded, const char *records)
{
    static const char head[] = "assize: 1\n"
                               "title: T\n"
                               "status: illustrative\n"
                               "model: {population: {shares_of: sentenced}}\n"
                               "regimes: {r: {kind: r}}\n"
                               "theories: {t: {kind: t}}\n"
                               "records:\n";
    char text[4096];
    strcpy(loaded->folder, "/tmp/assize-records-XXXXXX");
    assert_non_null(mkdtemp(loaded->folder));
    arena_init(&loaded->arena, &allocator_heap);
    snprintf(text, sizeof text, "%s%s", head, records);
    loaded_write(loaded, "scenario.yaml", text, strlen(text));
}

static inline void loaded_end(struct loaded *loaded)
{
    static const char *const names[] = {"scenario.yaml", "t.csv"};
    char path[64];
    assert_true(arena_try(&loaded->arena, loaded_body, loaded));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(path, sizeof path, "%s/%s", loaded->folder, names[i]);
        if (remove(path) != 0)
            continue;
    }
    rmdir(loaded->folder);
}

static inline void loaded_open(struct loaded *loaded, const char *records, const char *table)
{
    loaded_begin(loaded, records);
    loaded_write(loaded, "t.csv", table, strlen(table));
    loaded_end(loaded);
}

static inline void loaded_close(struct loaded *loaded)
{
    arena_release(&loaded->arena);
}

static inline void said_place(struct text *text, const struct place *place)
{
    const char *slash = place->file != NULL ? strrchr(place->file, '/') : NULL;
    text_printf(text, "%s:%u:%u", slash != NULL ? slash + 1 : place->file, place->line,
                place->column);
}

/* What was reported, a line each: "t.csv:3:5 message = remedy". */
static inline const char *loaded_said(struct loaded *loaded)
{
    struct text text;
    text_init(&text, &loaded->arena);
    for (size_t i = 0; i < loaded->diags.count; i++) {
        const struct diag *diag = &loaded->diags.items[i];
        said_place(&text, &diag->place);
        text_printf(&text, " %s", diag->message);
        if (diag->remedy != NULL)
            text_printf(&text, " = %s", diag->remedy);
        text_add_char(&text, '\n');
    }
    return text.data;
}

#endif
