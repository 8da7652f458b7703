/* A small scenario with its plugins' declarations built by hand, and what the loader says of it. */
#ifndef ASSIZE_TESTS_SCENARIO_FIXTURE_H
#define ASSIZE_TESTS_SCENARIO_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "scenario/scenario.h"

struct fixture {
    struct arena arena;
    struct diags diags;
    struct scenario *scenario;
    enum status status;
    const struct setting *settings;
    size_t setting_count;
    const char *data; /* text of plugins/data/table.yaml, or NULL */
};

static inline void fixture_open(struct fixture *fixture)
{
    *fixture = (struct fixture){0};
    arena_init(&fixture->arena, &allocator_heap);
    diags_init(&fixture->diags, &fixture->arena);
}

static inline void fixture_close(struct fixture *fixture)
{
    arena_release(&fixture->arena);
}

/* Everything that was reported, as a person reads it. */
static inline const char *fixture_said(struct fixture *fixture)
{
    struct text text;
    text_init(&text, &fixture->arena);
    for (size_t i = 0; i < fixture->diags.count; i++)
        diag_print(&text, &fixture->diags.items[i]);
    return text.data;
}

/* The same in one line for each: "4:7+3 message = remedy @ plugin:line"; "w" before a warning. */
static inline const char *fixture_brief(struct fixture *fixture)
{
    struct text text;
    text_init(&text, &fixture->arena);
    for (size_t i = 0; i < fixture->diags.count; i++) {
        const struct diag *diag = &fixture->diags.items[i];
        if (diag->place.line == 0)
            text_printf(&text, "%s: ", diag->place.file != NULL ? diag->place.file : "");
        else
            text_printf(&text, "%s%u:%u+%u ", diag->warning ? "w " : "", diag->place.line,
                        diag->place.column, diag->width);
        text_add(&text, diag->message);
        if (diag->remedy != NULL)
            text_printf(&text, " = %s", diag->remedy);
        if (diag->also.file != NULL)
            text_printf(&text, " @ %s:%u", diag->also.file, diag->also.line);
        text_add_char(&text, '\n');
    }
    return text.data;
}

static inline void fixture_read(struct fixture *fixture, const char *text)
{
    struct buffer buffer = {"s.yaml", text, strlen(text)};
    fixture->status = scenario_read(&fixture->arena, &buffer, fixture->settings,
                                    fixture->setting_count, &fixture->scenario, &fixture->diags);
}

/* --- declarations ------------------------------------------------------------------------- */

struct declared_plugins {
    struct schema market[2], threshold[2], kinds[2], channel_of, exchange_fields[1];
    struct schema model_fields[4], model;
    struct schema fact, case_fields[3], cases;
    struct schema basis_fields[3], theory_params;
    struct schema months, regime_fields[6], regime_params;
    struct declaration theory, regime;
};

static const char *const fixture_classes[] = {"minor", "grave"};
static const char *const fixture_bases[] = {"marginal", "exponent"};

/* A number without ends. */
static inline struct schema number_schema(const char *name, const char *unit)
{
    struct schema schema = {.kind = SCHEMA_NUMBER,
                            .name = name,
                            .unit_text = unit,
                            .low = -HUGE_VAL,
                            .high = HUGE_VAL,
                            .line = 7};
    assert_true(unit_parse(unit, &schema.unit, &schema.unit_scale));
    return schema;
}

static inline struct schema number_within(const char *name, const char *unit, double low,
                                          double high)
{
    struct schema schema = number_schema(name, unit);
    schema.low = low;
    schema.high = high;
    return schema;
}

static inline struct schema record_schema(const char *name, struct schema *fields, size_t count)
{
    return (struct schema){
        .kind = SCHEMA_RECORD, .name = name, .fields = fields, .field_count = count, .line = 5};
}

static inline void declare_model(struct declared_plugins *all)
{
    all->market[0] = number_within("supply", "1", 0, HUGE_VAL);
    all->market[1] = number_within("demand", "1", 0, HUGE_VAL);
    all->threshold[0] = number_within("loss", "hu", 0, HUGE_VAL);
    all->threshold[1] = number_within("at", "item", 0, HUGE_VAL);
    all->kinds[0] = record_schema("market", all->market, 2);
    all->kinds[1] = record_schema("threshold", all->threshold, 2);
    all->channel_of = (struct schema){
        .kind = SCHEMA_KINDS, .name = "channel", .fields = all->kinds, .field_count = 2, .line = 6};
    all->exchange_fields[0] = number_schema("custody", "pme/month");
    all->exchange_fields[0].has_default = true;
    all->exchange_fields[0].value = 1;
    all->exchange_fields[0].status = PREMISE_ILLUSTRATIVE;
    all->model_fields[0] = number_within("detection", "1/year", 0, HUGE_VAL);
    all->model_fields[0].low_open = true;
    all->model_fields[0].about = "chance of sanction";
    all->model_fields[1] =
        (struct schema){.kind = SCHEMA_MAP, .name = "channels", .of = &all->channel_of, .line = 8};
    all->model_fields[2] = record_schema("exchange", all->exchange_fields, 1);
    all->model_fields[3] = number_within("length", "month", 0, 240);
    all->model_fields[3].optional = true;
    all->model = record_schema("model", all->model_fields, 4);
}

static inline void declare_cases(struct declared_plugins *all)
{
    all->fact = (struct schema){.kind = SCHEMA_FACT, .name = "fact", .line = 9};
    all->case_fields[0] = number_within("quantity", "1", 0, HUGE_VAL);
    all->case_fields[1] = (struct schema){.kind = SCHEMA_LABEL,
                                          .name = "class",
                                          .labels = fixture_classes,
                                          .label_count = 2,
                                          .line = 10};
    all->case_fields[2] = (struct schema){
        .kind = SCHEMA_MAP, .name = "facts", .of = &all->fact, .optional = true, .line = 11};
    all->cases = record_schema("cases", all->case_fields, 3);
}

static inline void declare_theory(struct declared_plugins *all)
{
    all->basis_fields[0] = (struct schema){.kind = SCHEMA_TEXT,
                                           .name = "harm_basis",
                                           .labels = fixture_bases,
                                           .label_count = 2,
                                           .text_default = "marginal",
                                           .line = 12};
    all->basis_fields[1] = number_within("theta", "1", 0, 1);
    all->basis_fields[1].moral = true;
    all->basis_fields[1].only_field = "harm_basis";
    all->basis_fields[1].only_value = "exponent";
    all->basis_fields[2] = number_within("acceptable_from", "1", 0, 1);
    all->basis_fields[2].has_default = true;
    all->basis_fields[2].value = 0.7;
    all->basis_fields[2].status = PREMISE_ILLUSTRATIVE;
    all->theory_params = record_schema("params", all->basis_fields, 3);
    all->theory = (struct declaration){.plugin = "desert.lua",
                                       .id = "desert",
                                       .model = &all->model,
                                       .cases = &all->cases,
                                       .params = &all->theory_params};
}

static inline void declare_regime(struct declared_plugins *all)
{
    all->months = number_within("months", "month", 0, HUGE_VAL);
    all->regime_fields[0] =
        (struct schema){.kind = SCHEMA_CASES, .name = "custody", .of = &all->months, .line = 13};
    all->regime_fields[1] = (struct schema){
        .kind = SCHEMA_COUNT, .name = "rounds", .optional = true, .low = 1, .high = 20, .line = 14};
    all->regime_fields[2] =
        (struct schema){.kind = SCHEMA_DATE, .name = "since", .optional = true, .line = 15};
    all->regime_fields[3] =
        (struct schema){.kind = SCHEMA_DATA, .name = "table", .optional = true, .line = 16};
    all->regime_fields[4] =
        (struct schema){.kind = SCHEMA_TRUTH, .name = "open", .optional = true, .line = 17};
    all->regime_fields[5] = number_schema("weight", "1");
    all->regime_fields[5].optional = true;
    all->regime_params = record_schema("params", all->regime_fields, 6);
    all->regime = (struct declaration){
        .plugin = "schedule.lua", .id = "schedule", .params = &all->regime_params};
}

static inline struct declared_plugins *declare_plugins(struct arena *arena)
{
    struct declared_plugins *all = arena_alloc(arena, sizeof *all);
    declare_model(all);
    declare_cases(all);
    declare_theory(all);
    declare_regime(all);
    return all;
}

/* --- reading and binding ------------------------------------------------------------------ */

static inline enum status fixture_data(void *context, const char *name, struct arena *arena,
                                       struct buffer *buffer, struct diags *diags)
{
    const struct fixture *fixture = context;
    if (fixture->data == NULL || strcmp(name, "table") != 0)
        return diags_error(diags, STATUS_PLUGIN, (struct place){NULL, 0, 0}, "no table `%s`", name);
    *buffer =
        (struct buffer){"table.yaml", arena_string(arena, fixture->data), strlen(fixture->data)};
    return STATUS_OK;
}

static inline void fixture_bind(struct fixture *fixture, const char *text)
{
    fixture_read(fixture, text);
    if (fixture->scenario == NULL)
        return;
    struct declared_plugins *all = declare_plugins(&fixture->arena);
    const struct declaration *regimes[8], *theories[8];
    for (size_t i = 0; i < 8; i++) {
        regimes[i] = &all->regime;
        theories[i] = &all->theory;
    }
    const struct declarations declarations = {regimes, theories};
    const struct data_reader data = {fixture_data, fixture};
    enum status status = scenario_bind(fixture->scenario, &declarations, &data, &fixture->diags);
    if (fixture->status == STATUS_OK)
        fixture->status = status;
}

/* The parts of a scenario that is well; a test replaces one. */
#define HEAD "assize: 1\ntitle: T\nstatus: illustrative\n"
#define MODEL                                                                                      \
    "model: {population: {shares_of: participants}, detection: 0.1 1/year, channels: {}}\n"
#define CASES                                                                                      \
    "cases:\n  a: {share: 0.3, quantity: 1, class: minor}\n"                                       \
    "  b: {share: 0.7, quantity: 2, class: grave}\n"
#define REGIMES "regimes: {r: {kind: schedule, custody: 1 month}}\n"
#define THEORIES "theories: {t: {kind: desert}}\n"

/* Reads and binds `text`; everything said must be `said`. */
static inline void assert_said(const char *text, const char *said)
{
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, text);
    assert_string_equal(fixture_said(&fixture), said);
    fixture_close(&fixture);
}

/* The same in the brief form. */
static inline void assert_brief(const char *text, const char *brief)
{
    struct fixture fixture;
    fixture_open(&fixture);
    fixture_bind(&fixture, text);
    assert_string_equal(fixture_brief(&fixture), brief);
    fixture_close(&fixture);
}

static inline double premise_value_at(const struct fixture *fixture, const char *path)
{
    const struct premise *premise = scenario_premise(fixture->scenario, path);
    if (premise == NULL)
        print_error("no premise %s\n", path);
    assert_non_null(premise);
    return premise->value;
}

#endif
