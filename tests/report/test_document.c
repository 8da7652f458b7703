/* docs/results.md lists the members that the program writes, all of them and no others. */
#include <string.h>

#include "analysis/listing.h"
#include "analysis/switches.h"
#include "base/file.h"
#include "report/disputes.h"
#include "report/map.h"
#include "report/part.h"
#include "report/tape.h"
#include "results.h"

/* Paths of members, sorted by nothing, each once. */
struct paths {
    struct arena *arena;
    const char **items;
    size_t count;
};

static bool has_path(const struct paths *paths, const char *path)
{
    for (size_t i = 0; i < paths->count; i++)
        if (strcmp(paths->items[i], path) == 0)
            return true;
    return false;
}

static void add_path(struct paths *paths, const char *path)
{
    if (has_path(paths, path))
        return;
    paths->items = arena_grow(paths->arena, paths->items, paths->count, sizeof *paths->items);
    paths->items[paths->count++] = path;
}

/* The paths of everything that is no object and no list of objects. An empty list counts too, for
 * it is a member; what may be null or an object is a member in either shape. */
static void collect(struct paths *paths, const char *path, json_t *value)
{
    const char *key;
    json_t *member;
    size_t at;
    if (json_is_object(value)) {
        const char *dot = path[0] == '\0' ? "" : ".";
        json_object_foreach(value, key, member)
            collect(paths, arena_printf(paths->arena, "%s%s%s", path, dot, key), member);
    } else if (json_is_array(value) && json_is_object(json_array_get(value, 0))) {
        json_array_foreach(value, at, member)
            collect(paths, arena_printf(paths->arena, "%s[]", path), member);
    } else {
        add_path(paths, path);
    }
}

/* Every `path` in the first column of the tables below the heading `## name`. */
static void read_document(struct paths *paths, const char *document, const char *name)
{
    const char *heading = strstr(document, arena_printf(paths->arena, "\n## %s\n", name));
    assert_non_null(heading);
    const char *end = strstr(heading + 1, "\n## ");
    for (const char *line = heading; line != NULL && (end == NULL || line < end);
         line = strchr(line + 1, '\n')) {
        if (strncmp(line, "\n| `", 4) != 0)
            continue;
        const char *stop = strstr(line + 2, " | ");
        for (const char *tick = strchr(line, '`'); tick != NULL && tick < stop;) {
            const char *close = strchr(tick + 1, '`');
            add_path(paths, arena_string_n(paths->arena, tick + 1, (size_t)(close - tick) - 1));
            tick = strchr(close + 1, '`');
        }
    }
}

/* Whether some path of `paths` lies below `path`: then it may be null or empty in one result and
 * filled in another. */
static bool has_below(const struct paths *paths, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < paths->count; i++)
        if (strncmp(paths->items[i], path, length) == 0 &&
            (paths->items[i][length] == '.' || paths->items[i][length] == '['))
            return true;
    return false;
}

static void assert_same_paths(const struct paths *document, const struct paths *real)
{
    size_t wrong = 0;
    for (size_t i = 0; i < real->count; i++)
        if (!has_path(document, real->items[i]) && !has_below(document, real->items[i])) {
            print_error("not in docs/results.md: %s\n", real->items[i]);
            wrong++;
        }
    for (size_t i = 0; i < document->count; i++)
        if (!has_path(real, document->items[i]) && !has_below(real, document->items[i])) {
            print_error("in docs/results.md alone: %s\n", document->items[i]);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void collect_text(struct paths *paths, const char *text)
{
    json_t *json = parse(text);
    collect(paths, "", json);
    json_decref(json);
}

/* Nothing is drawn for a list of premises. */
static void collect_premises(struct paths *premises, struct weighed *weighed)
{
    struct text text;
    struct result *undrawn;
    struct weigh_options options = {.seed = 1};
    assert_int_equal(weigh(&weighed->arena, weighed->model, &options, &undrawn, &weighed->diags),
                     STATUS_OK);
    text_init(&text, premises->arena);
    report_premises_json(&text, undrawn, PREMISES_ALL);
    collect_text(premises, text.data);
}

/* Regimes that drop, set and add steps of another. */
static void collect_changes(struct paths *run)
{
    struct weighed guidelines = open_scenario("tests/scenarios/guidelines.yaml", 0);
    collect_text(run, run_json(&guidelines));
    weighed_close(&guidelines);
}

/* Cases that are classes of persons. */
static void collect_persons(struct paths *run, struct paths *explanation, struct paths *premises)
{
    struct text text;
    struct explain_view view = {.theory = 0, .regime = 1};
    struct weighed persons = open_scenario("tests/scenarios/records", 0);
    struct weigh_options options = {.resamples = 4, .seed = 1};
    assert_int_equal(
        weigh(&persons.arena, persons.model, &options, &persons.result, &persons.diags), STATUS_OK);
    collect_text(run, run_json(&persons));
    persons.result->draws_asked = 7; /* as if it had been interrupted */
    collect_text(run, run_json(&persons));
    text_init(&text, run->arena);
    report_explain_json(&text, persons.result, &view);
    collect_text(explanation, text.data);
    collect_premises(premises, &persons);
    weighed_close(&persons);
}

/* Quasi-random draws, and premises drawn together. */
static void collect_drawn(struct paths *run, struct paths *explanation, struct paths *premises)
{
    struct buffer file;
    struct diags diags;
    struct explain_view view = {.theory = 0, .regime = 1};
    diags_init(&diags, run->arena);
    assert_int_equal(
        file_read(run->arena, "scenarios/possession/scenario.yaml", 1 << 20, &file, &diags),
        STATUS_OK);
    char *path = weighed_write(arena_printf(run->arena, "%.*s%s", (int)file.size, file.data,
                                            "correlate: {model.channels.market.supply_elasticity: "
                                            "{model.population.baseline_rate: 0.5}}\n"));
    struct weighed drawn = {.path = path, .draws = 5000, .sampling = DRAWS_SOBOL};
    weighed_open(&drawn);
    collect_text(run, run_json(&drawn));
    struct text text;
    text_init(&text, run->arena);
    report_explain_json(&text, drawn.result, &view);
    collect_text(explanation, text.data);
    collect_premises(premises, &drawn);
    weighed_close(&drawn);
    weighed_remove(path);
}

/* What the program writes of two scenarios, one of them with a sweep, a setting and a dropped
 * regime, so that every member is filled somewhere. */
static void collect_documents(struct paths *run, struct paths *explanation, struct paths *premises)
{
    static const struct setting setting = {"theories.desert-aggregate.theta", "0.5"};
    static const char *const drop[] = {"light"};
    struct weighed toy = {.path = "scenarios/toy",
                          .settings = &setting,
                          .setting_count = 1,
                          .drop = drop,
                          .drop_count = 1};
    struct weighed possession = open_scenario("scenarios/possession", 200);
    struct weigh_options along = {
        .seed = 1, .along = "model.detection", .along_low = 0.01, .along_high = 0.1};
    weighed_open(&toy);
    assert_int_equal(weigh(&toy.arena, toy.model, &along, &toy.result, &toy.diags), STATUS_OK);
    struct weighed *both[] = {&toy, &possession};
    collect_changes(run);
    for (size_t i = 0; i < 2; i++) {
        struct text text;
        struct explain_view view = {.theory = 3 - i, .regime = 1};
        collect_text(run, run_json(both[i]));
        text_init(&text, run->arena);
        struct switch_list switches;
        assert_int_equal(switches_find(&both[i]->arena, both[i]->result, view.theory, view.regime,
                                       &switches, &both[i]->diags),
                         STATUS_OK);
        view.switches = &switches;
        report_explain_json(&text, both[i]->result, &view);
        collect_text(explanation, text.data);
        collect_premises(premises, both[i]);
        weighed_close(both[i]);
    }
}

/* A fact whose draws stand in a table. */
static void collect_table(struct paths *run, struct paths *explanation)
{
    struct text text;
    struct explain_view view = {.theory = 3, .regime = 1};
    char *table = weighed_write("model.detection\n0.01\n0.02\n");
    struct weighed toy = {.path = "scenarios/toy", .draws_from = table, .draws = 2};
    weighed_open(&toy);
    collect_text(run, run_json(&toy));
    text_init(&text, run->arena);
    report_explain_json(&text, toy.result, &view);
    collect_text(explanation, text.data);
    weighed_close(&toy);
    weighed_remove(table);
}

/* The last shard, so that some values stand behind a whole leaf. */
static void collect_part(struct paths *parts)
{
    static const struct setting setting = {"model.channels.capacity.loss", "5000 hu"};
    static const struct weigh_options options = {.draws = 600, .seed = 1};
    struct weighed possession = {
        .path = "scenarios/possession", .settings = &setting, .setting_count = 1};
    struct part part;
    struct text text;
    bool whole = false;
    weighed_open(&possession);
    assert_int_equal(shard_weigh(&possession.arena, possession.model, &options,
                                 (struct shard){2, 2}, &part, &whole, &possession.diags),
                     STATUS_OK);
    text_init(&text, parts->arena);
    report_part_json(&text, &part);
    collect_text(parts, text.data);
    weighed_close(&possession);
}

/* With a measurement, and without. */
static void collect_tape(struct paths *tapes)
{
    struct weighed littering = open_scenario("scenarios/littering", 0);
    for (int timed = 0; timed < 2; timed++) {
        struct listing *listing;
        struct text text;
        assert_int_equal(
            listing_make(&littering.arena, littering.model, timed != 0, &listing, &littering.diags),
            STATUS_OK);
        text_init(&text, tapes->arena);
        report_tape_json(&text, listing);
        collect_text(tapes, text.data);
    }
    weighed_close(&littering);
}

/* What is at stake in disputes, and a map of them with a theory's claims. */
static void collect_debate(struct paths *disputes, struct paths *maps, struct weighed *weighed)
{
    struct dispute_analysis *analysis;
    struct disputes_view view = {.theory = SIZE_MAX};
    struct map_view map_view = {.theory = 0, .regime = 1};
    struct map *map;
    struct text text;
    weighed_open(weighed);
    assert_int_equal(
        disputes_analyse(&weighed->arena, weighed->result, 0, &analysis, &weighed->diags),
        STATUS_OK);
    text_init(&text, disputes->arena);
    report_disputes_json(&text, analysis, &view);
    collect_text(disputes, text.data);
    assert_int_equal(map_make(&weighed->arena, weighed->result, &map_view, &map, &weighed->diags),
                     STATUS_OK);
    text_init(&text, maps->arena);
    report_map_json(&text, map);
    collect_text(maps, text.data);
    weighed_close(weighed);
}

/* Disputes that ship, and speakers who oppose each other and share something. */
static void collect_debates(struct paths *disputes, struct paths *maps)
{
    static const struct setting setting = {"model.detection", "0.02 1/year"};
    struct weighed possession = {.path = "scenarios/possession"};
    struct buffer file;
    struct diags diags;
    diags_init(&diags, maps->arena);
    assert_int_equal(file_read(maps->arena, "scenarios/toy/scenario.yaml", 1 << 20, &file, &diags),
                     STATUS_OK);
    char *path = weighed_write(arena_printf(
        maps->arena, "%.*s%s", (int)file.size, file.data,
        "arguments:\n"
        "  left: {claim: L, speaker: A, attacks: [right], supports: [model.detection]}\n"
        "  right: {claim: R, speaker: B, attacks: [left], supports: [model.detection]}\n"));
    struct weighed sharing = {.path = path, .settings = &setting, .setting_count = 1};
    collect_debate(disputes, maps, &possession);
    collect_debate(disputes, maps, &sharing);
    weighed_remove(path);
}

static void test_document_holds(void **state)
{
    (void)state;
    struct arena arena;
    struct diags diags;
    struct buffer document;
    arena_init(&arena, &allocator_heap);
    diags_init(&diags, &arena);
    assert_int_equal(file_read(&arena, "docs/results.md", 1 << 20, &document, &diags), STATUS_OK);
    static const char *const names[] = {"assize-result", "assize-explanation", "assize-premises",
                                        "assize-part",   "assize-tape",        "assize-disputes",
                                        "assize-map"};
    struct paths real[COUNT_OF(names)];
    for (size_t i = 0; i < COUNT_OF(names); i++)
        real[i] = (struct paths){&arena, NULL, 0};
    collect_documents(&real[0], &real[1], &real[2]);
    collect_persons(&real[0], &real[1], &real[2]);
    collect_drawn(&real[0], &real[1], &real[2]);
    collect_table(&real[0], &real[1]);
    collect_part(&real[3]);
    collect_tape(&real[4]);
    collect_debates(&real[5], &real[6]);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct paths written = {&arena, NULL, 0};
        read_document(&written, document.data, names[i]);
        assert_true(written.count > 10);
        assert_same_paths(&written, &real[i]);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_document_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
