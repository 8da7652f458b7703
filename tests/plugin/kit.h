/* What the tests of plugins share: a small scenario's structure made by hand, plugins given as
 * text, and the value of a node by the plainest walk over the graph. */
#ifndef ASSIZE_TESTS_PLUGIN_KIT_H
#define ASSIZE_TESTS_PLUGIN_KIT_H

#include <stdio.h>
#include <string.h>

#include "plugin/session.h"

/* --- a scenario's structure ------------------------------------------------------------------ */

static const char *const kit_cases[] = {"careless", "knowing"};
static const char *const kit_regimes[] = {"fines", "mandatory"};
static const char *const kit_bases[] = {"marginal", "theta", "whole"};

/* The premises' values, for kit_value(). Shares are not normalised: 3 and 7 of 10. */
static const struct kit_premise {
    const char *path;
    double value;
} kit_premises[] = {
    {"model.theta", 0.5},
    {"model.harm", 8},
    {"model.time", 6},
    {"model.basis", 1},
    {"model.sure", 1},
    {"model.channels.zebra.loss", 3},
    {"model.channels.apple.loss", 5},
    {"model.rule.size", 4},
    {"model.grid.1.months", 10},
    {"model.grid.2.months", 16},
    {"cases.careless.guilt", 0.2},
    {"cases.knowing.guilt", 0.8},
    {"cases.careless.share", 3},
    {"cases.knowing.share", 7},
    {"theories.t.cut", 0.25},
};

/* What a plugin must declare to read them: one line. */
#define KIT_READS                                                                                  \
    "reads = { model = { theta = number { within = {0, 1} }, harm = number { unit = 'hu' }, "      \
    "time = number { unit = 'month' }, basis = one_of { 'marginal', 'theta', 'whole' }, "          \
    "sure = truth {}, word = text {}, day = date {}, trials = count {}, "                          \
    "channels = map { of = { loss = number { unit = 'hu' } } }, "                                  \
    "rule = kinds { simple = { size = number {} }, none = { of_no_size = truth {} } }, "           \
    "grid = table_of_data {}, missing = number { optional = true } }, "                            \
    "cases = { guilt = number {} }, "                                                              \
    "params = { cut = number { default = 0.25, status = 'illustrative' } } },\n"

/* The modules that every plugin may require. */
static const char kit_sentence[] =
    "return { ports = {\n"
    "  custody = { unit = 'month', default = 0, headline = 'months' },\n"
    "  high = { unit = 'month', default = 'custody' },\n"
    "  fine = { unit = 'USD' , default = 0 },\n"
    "  enforced = { kind = 'truth', default = true } } }\n";

static inline struct buffer kit_buffer(const char *name, const char *text)
{
    return (struct buffer){name, text, strlen(text)};
}

static inline struct unit kit_unit(const char *text)
{
    struct unit unit = unit_one;
    double scale;
    unit_parse(text, &unit, &scale);
    return unit;
}

static inline struct shape kit_number(const char *name, const char *path, const char *unit)
{
    return (struct shape){
        .kind = SHAPE_PREMISE, .name = name, .path = path, .unit = kit_unit(unit)};
}

static inline struct shape kit_table(struct arena *arena, const char *name, const char *path,
                                     const struct shape *children, size_t count)
{
    struct shape table = {.kind = SHAPE_TABLE, .name = name, .path = path, .child_count = count};
    table.children = arena_array(arena, count, sizeof *children);
    memcpy(table.children, children, count * sizeof *children);
    return table;
}

static inline struct shape kit_channel(struct arena *arena, const char *name, const char *path)
{
    struct shape loss = kit_number("loss", arena_printf(arena, "%s.loss", path), "hu");
    return kit_table(arena, name, path, &loss, 1);
}

static inline struct shape kit_row(struct arena *arena, const char *name, const char *path)
{
    struct shape months = kit_number("months", arena_printf(arena, "%s.months", path), "month");
    return kit_table(arena, name, path, &months, 1);
}

static inline struct shape kit_by_case(struct arena *arena, const char *name)
{
    struct shape cases = {.kind = SHAPE_CASES, .name = name, .child_count = 2};
    cases.path = arena_printf(arena, "cases.*.%s", name);
    cases.children = arena_array(arena, 2, sizeof *cases.children);
    for (size_t i = 0; i < 2; i++)
        cases.children[i] =
            kit_number(name, arena_printf(arena, "cases.%s.%s", kit_cases[i], name), "1");
    return cases;
}

static inline struct shape kit_model(struct arena *arena)
{
    struct shape basis = {.kind = SHAPE_PREMISE,
                          .name = "basis",
                          .path = "model.basis",
                          .value_kind = VALUE_LABEL,
                          .labels = kit_bases,
                          .label_count = 3};
    struct shape sure = {
        .kind = SHAPE_PREMISE, .name = "sure", .path = "model.sure", .value_kind = VALUE_TRUTH};
    struct shape channels[] = {kit_channel(arena, "zebra", "model.channels.zebra"),
                               kit_channel(arena, "apple", "model.channels.apple")};
    struct shape rows[] = {kit_row(arena, "1", "model.grid.1"),
                           kit_row(arena, "2", "model.grid.2")};
    struct shape size = kit_number("size", "model.rule.size", "1");
    struct shape rule = kit_table(arena, "rule", "model.rule", &size, 1);
    rule.kind_text = "simple";
    struct shape children[] = {
        kit_number("theta", "model.theta", "1"),
        kit_number("harm", "model.harm", "hu"),
        kit_number("time", "model.time", "month"),
        basis,
        sure,
        {.kind = SHAPE_TEXT, .name = "word", .path = "model.word", .text = "exponent"},
        {.kind = SHAPE_TEXT, .name = "day", .path = "model.day", .text = "2020-02-29"},
        {.kind = SHAPE_COUNT, .name = "trials", .path = "model.trials", .count = 12},
        kit_table(arena, "channels", "model.channels", channels, 2),
        rule,
        kit_table(arena, "grid", "model.grid", rows, 2),
    };
    return kit_table(arena, "model", "model", children, sizeof children / sizeof *children);
}

static inline struct trace_request kit_request(struct arena *arena, bool is_theory)
{
    struct shape cases[] = {kit_by_case(arena, "share"), kit_by_case(arena, "guilt")};
    struct shape cut = kit_number("cut", "theories.t.cut", "1");
    struct trace_request request = {.instance = "t",
                                    .is_theory = is_theory,
                                    .shares_of = "participants",
                                    .cases = kit_cases,
                                    .case_count = 2,
                                    .regimes = kit_regimes,
                                    .regime_count = 2};
    request.shapes.model = kit_model(arena);
    request.shapes.cases = kit_table(arena, "cases", "cases", cases, 2);
    request.shapes.params = kit_table(arena, "t", "theories.t", &cut, 1);
    return request;
}

/* --- plugins as text ------------------------------------------------------------------------- */

#define KIT_THEORY                                                                                 \
    "return theory { id = 't', version = '1', title = 'T', role = 'aim',\n" KIT_READS              \
    "argue = function(s, p)\n"
#define KIT_REGIME                                                                                 \
    "return regime { id = 't', version = '1', title = 'T',\n" KIT_READS                            \
    "sentence = function(c, p)\n"
#define KIT_END "\nend }\n"

/* A theory whose body is BODY: it begins in line 4 of the file. */
#define THEORY(body) KIT_THEORY body KIT_END
#define REGIME(body) KIT_REGIME body KIT_END

/* A theory whose score is this expression. */
#define SCORE(expression)                                                                          \
    THEORY("local score = " expression "\n"                                                        \
           "return conclude { score = score, scale = { [0] = 'none', [1] = 'full' },\n"            \
           "requires = { enough = { 'enough', score, at_least = p.cut } } }")

struct kit {
    struct arena *arena;
    struct plugin_files files;
    struct diags diags;
    struct declaration *declaration;
    struct fragment *fragment;
    enum status status;
};

static inline struct plugin_files kit_files(struct arena *arena, const char *name,
                                            const char *source)
{
    struct buffer *modules = arena_array(arena, 6, sizeof *modules);
    modules[0] = kit_buffer("lib/sentence.lua", kit_sentence);
    modules[1] = kit_buffer("lib/first.lua", "return require 'second'\n");
    modules[2] = kit_buffer("lib/second.lua", "\nreturn { x = require 'first' }\n");
    modules[3] = kit_buffer("lib/broken.lua", "local a = 1\nlocal b = = 2\nreturn {}\n");
    modules[4] = kit_buffer("lib/blamer.lua", "local blamer = {}\n"
                                              "function blamer.check(x)\n"
                                              "  if not x then error('x is missing', 2) end\n"
                                              "end\n"
                                              "function blamer.deep(x) return -x.y end\n"
                                              "return blamer\n");
    modules[5] = kit_buffer("lib/nothing.lua", "local x = 1\n");
    return (struct plugin_files){kit_buffer(name, source), modules, 6};
}

static inline struct kit kit_open(struct arena *arena, const char *source)
{
    struct kit kit = {.arena = arena};
    kit.files = kit_files(arena, "theories/t.lua", source);
    diags_init(&kit.diags, arena);
    return kit;
}

static inline struct kit kit_describe(struct arena *arena, const char *source)
{
    struct kit kit = kit_open(arena, source);
    kit.status = session_describe(arena, &kit.files, &kit.declaration, &kit.diags);
    return kit;
}

static inline struct kit kit_trace(struct arena *arena, const char *source)
{
    struct kit kit = kit_open(arena, source);
    struct trace_request request = kit_request(arena, strstr(source, "return theory") != NULL);
    kit.status = session_trace(arena, &kit.files, &request, &kit.fragment, &kit.diags);
    return kit;
}

/* All that is wrong, as a person reads it. */
static inline const char *kit_faults(struct kit *kit)
{
    struct text text;
    text_init(&text, kit->arena);
    for (size_t i = 0; i < kit->diags.count; i++)
        diag_print(&text, &kit->diags.items[i]);
    return text.data;
}

/* --- values ---------------------------------------------------------------------------------- */

/* One cell of the graph: a place along each axis. */
struct kit_cell {
    const struct graph *graph;
    uint32_t places[GRAPH_MOST_AXES];
};

static inline double kit_premise_value(const char *path)
{
    for (size_t i = 0; i < sizeof kit_premises / sizeof *kit_premises; i++)
        if (strcmp(kit_premises[i].path, path) == 0)
            return kit_premises[i].value;
    return (double)NAN;
}

/* Custody is 12 months for the first regime and 60 for the second, and 6 more for each further
 * case; all is enforced; other ports are 0. */
static inline double kit_port_value(const struct kit_cell *cell, const char *name)
{
    uint32_t regime = cell->places[graph_find_axis(cell->graph, "regime")];
    uint32_t kase = cell->places[graph_find_axis(cell->graph, "case")];
    if (strcmp(name, "custody") == 0)
        return (regime == 0 ? 12 : 60) + 6 * (double)kase;
    return strcmp(name, "enforced") == 0 ? 1 : 0;
}

static inline double kit_value(struct kit_cell *cell, node_id id);

static inline double kit_reduce(struct kit_cell *cell, const struct node *node)
{
    uint32_t *place = &cell->places[node->index], kept = *place;
    double result = node->op == OP_SUM          ? 0
                    : node->op == OP_REDUCE_MIN ? (double)INFINITY
                                                : -(double)INFINITY;
    for (*place = 0; *place < cell->graph->axes[node->index].size; (*place)++) {
        double value = kit_value(cell, node->arguments[0]);
        bool taken = node->op == OP_REDUCE_MIN ? value < result : value > result;
        result = node->op == OP_SUM ? result + value : taken ? value : result;
    }
    *place = kept;
    return result;
}

static inline double kit_value(struct kit_cell *cell, node_id id)
{
    const struct node *node = &cell->graph->nodes[id];
    double arguments[600];
    enum op_fault fault = OP_FAULT_NONE;
    switch (node->op) {
    case OP_CONST:
        return node->constant;
    case OP_PREMISE:
        return kit_premise_value(cell->graph->premises[node->index].path);
    case OP_PORT:
        return kit_port_value(cell, cell->graph->ports[node->index].name);
    case OP_COORDINATE:
        return cell->graph->axes[node->index].coordinates[cell->places[node->index]];
    case OP_STACK:
        return kit_value(cell, node->arguments[cell->places[node->index]]);
    case OP_CLAIM:
        return kit_value(cell, node->arguments[0]);
    case OP_SUM:
    case OP_REDUCE_MIN:
    case OP_REDUCE_MAX:
        return kit_reduce(cell, node);
    default:
        for (uint32_t i = 0; i < node->argument_count; i++)
            arguments[i] = kit_value(cell, node->arguments[i]);
        return op_apply(node->op, arguments, node->argument_count, node->index, &fault);
    }
}

#endif
