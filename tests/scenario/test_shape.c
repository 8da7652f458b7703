/* The structure that a plugin's session sees, and tables of data. */
#include "scenario/fixture.h"

static void shape_text(struct text *text, const struct shape *shape, int depth);

static void children_text(struct text *text, const struct shape *shape, int depth)
{
    for (size_t i = 0; i < shape->child_count; i++)
        shape_text(text, &shape->children[i], depth + 1);
}

static void premise_text(struct text *text, const struct shape *shape)
{
    char unit[UNIT_TEXT];
    static const char *const kinds[] = {"number", "truth", "label"};
    text_printf(text, " %s %s", kinds[shape->value_kind], shape->path);
    if (shape->value_kind == VALUE_NUMBER)
        text_printf(text, " in %s", unit_write(unit, &shape->unit));
    for (size_t i = 0; i < shape->label_count; i++)
        text_printf(text, "%s%s", i == 0 ? " of " : ",", shape->labels[i]);
}

/* A shape as indented lines. */
static void shape_text(struct text *text, const struct shape *shape, int depth)
{
    text_pad(text, ' ', (size_t)depth * 2);
    text_add(text, shape->name);
    if (shape->kind == SHAPE_PREMISE)
        premise_text(text, shape);
    if (shape->kind == SHAPE_CASES)
        text_add(text, " by case");
    if (shape->kind == SHAPE_TEXT)
        text_printf(text, " text %s", shape->text);
    if (shape->kind == SHAPE_COUNT)
        text_printf(text, " count %u", (unsigned)shape->count);
    if (shape->kind == SHAPE_TABLE)
        text_printf(text, " table%s%s", shape->kind_text != NULL ? " " : "",
                    shape->kind_text != NULL ? shape->kind_text : "");
    text_add_char(text, '\n');
    children_text(text, shape, depth);
}

#define SCENE                                                                                      \
    HEAD "model:\n  channels: {t: {kind: threshold, at: 9 item, loss: 1 hu}, m: {kind: market, "   \
         "supply: 1, demand: 2}}\n"                                                                \
         "  population: {shares_of: participants}\n  detection: 0.1 1/month\n"                     \
         "cases:\n  a: {share: 0.3, quantity: 1, class: minor, facts: {boats: 1 item, crew: "      \
         "small, night: true}}\n"                                                                  \
         "  b: {share: 0.7, quantity: 2, class: minor, facts: {boats: 3 item, crew: big, night: "  \
         "false}}\n"                                                                               \
         "regimes:\n  r: {kind: schedule, custody: {b: 1 month, a: 2 month}, rounds: 3, since: "   \
         "2020-01-31, table: table}\n"                                                             \
         "  s: {kind: schedule, open: true, custody: 5 month}\n"                                   \
         "shared: {theta: {moral: true, value: 0.2, range: [0, 1]}}\n"                             \
         "theories: {t: {kind: desert, harm_basis: exponent}, u: {kind: desert}}\n"

static const char *const table_text =
    "title: A table\nsource: The book\nedition: {year: 2020, name: \"12\"}\n"
    "rows:\n  - {I: [0, 6 month], \"2G\": true}\n  - {I: [1, 7 month]}\n";

static void open_scene(struct fixture *fixture)
{
    fixture_open(fixture);
    fixture->data = table_text;
    fixture_bind(fixture, SCENE);
    assert_string_equal(fixture_said(fixture), "");
}

static const char *shapes_text(struct fixture *fixture, bool is_theory, size_t use)
{
    struct declared_plugins *all = declare_plugins(&fixture->arena);
    struct shapes shapes;
    const struct scenario *scenario = fixture->scenario;
    scenario_shapes(fixture->scenario, is_theory ? &all->theory : &all->regime,
                    is_theory ? &scenario->theories[use] : &scenario->regimes[use], is_theory,
                    &shapes);
    struct text text;
    text_init(&text, &fixture->arena);
    shape_text(&text, &shapes.model, 0);
    shape_text(&text, &shapes.cases, 0);
    shape_text(&text, &shapes.params, 0);
    return text.data;
}

/* In file order; what the file lacks comes behind. */
static void test_shapes_of_a_theory(void **state)
{
    (void)state;
    struct fixture fixture;
    open_scene(&fixture);
    assert_string_equal(shapes_text(&fixture, true, 0),
                        "model table\n"
                        "  channels table\n"
                        "    t table threshold\n"
                        "      at number model.channels.t.at in item\n"
                        "      loss number model.channels.t.loss in hu\n"
                        "    m table market\n"
                        "      supply number model.channels.m.supply in 1\n"
                        "      demand number model.channels.m.demand in 1\n"
                        "  detection number model.detection in 1/month\n"
                        "  exchange table\n"
                        "    custody number model.exchange.custody in pme/month\n"
                        "cases table\n"
                        "  share by case\n"
                        "    a number cases.a.share in 1\n"
                        "    b number cases.b.share in 1\n"
                        "  quantity by case\n"
                        "    a number cases.a.quantity in 1\n"
                        "    b number cases.b.quantity in 1\n"
                        "  class by case\n"
                        "    a label cases.a.class of minor,grave\n"
                        "    b label cases.b.class of minor,grave\n"
                        "  facts table\n"
                        "    boats by case\n"
                        "      a number cases.a.facts.boats in item\n"
                        "      b number cases.b.facts.boats in item\n"
                        "    crew by case\n"
                        "      a label cases.a.facts.crew of big,small\n"
                        "      b label cases.b.facts.crew of big,small\n"
                        "    night by case\n"
                        "      a truth cases.a.facts.night\n"
                        "      b truth cases.b.facts.night\n"
                        "t table\n"
                        "  harm_basis text exponent\n"
                        "  theta number shared.theta in 1\n"
                        "  acceptable_from number theories.t.acceptable_from in 1\n");
    fixture_close(&fixture);
}

static void test_defaults_in_shapes(void **state)
{
    (void)state;
    struct fixture fixture;
    open_scene(&fixture);
    const char *said = shapes_text(&fixture, true, 1);
    assert_string_equal(strstr(said, "u table"),
                        "u table\n"
                        "  harm_basis text marginal\n"
                        "  acceptable_from number theories.u.acceptable_from in 1\n");
    fixture_close(&fixture);
}

/* Values by case in the order of the cases; one value for all is one premise. */
static void test_shapes_of_regimes(void **state)
{
    (void)state;
    struct fixture fixture;
    open_scene(&fixture);
    assert_string_equal(shapes_text(&fixture, false, 0),
                        "model table\n"
                        "cases table\n"
                        "  share by case\n"
                        "    a number cases.a.share in 1\n"
                        "    b number cases.b.share in 1\n"
                        "r table\n"
                        "  custody by case\n"
                        "    a number regimes.r.custody.a in month\n"
                        "    b number regimes.r.custody.b in month\n"
                        "  rounds count 3\n"
                        "  since text 2020-01-31\n"
                        "  table table\n"
                        "    title text A table\n"
                        "    source text The book\n"
                        "    edition table\n"
                        "      year number data.table.edition.year in 1\n"
                        "      name text 12\n"
                        "    rows table\n"
                        "      1 table\n"
                        "        I table\n"
                        "          1 number data.table.rows.1.I.1 in 1\n"
                        "          2 number data.table.rows.1.I.2 in month\n"
                        "        2G truth data.table.rows.1.\"2G\"\n"
                        "      2 table\n"
                        "        I table\n"
                        "          1 number data.table.rows.2.I.1 in 1\n"
                        "          2 number data.table.rows.2.I.2 in month\n");
    assert_string_equal(strstr(shapes_text(&fixture, false, 1), "\ns table"),
                        "\ns table\n"
                        "  open truth regimes.s.open\n"
                        "  custody by case\n"
                        "    a number regimes.s.custody in month\n"
                        "    b number regimes.s.custody in month\n");
    fixture_close(&fixture);
}

static void test_data_premises(void **state)
{
    (void)state;
    struct fixture fixture;
    open_scene(&fixture);
    const struct premise *premise = scenario_premise(fixture.scenario, "data.table.rows.2.I.2");
    assert_close(premise->value, 7, 0, 0);
    assert_string_equal(premise->source, "The book");
    assert_int_equal(premise->status, PREMISE_SOURCED);
    assert_string_equal(premise->place.file, "table.yaml");
    assert_int_equal(premise->place.line, 6);
    assert_close(premise_value_at(&fixture, "data.table.rows.1.\"2G\""), 1, 0, 0);
    assert_null(scenario_premise(fixture.scenario, "data.table.edition.name"));
    fixture_close(&fixture);
}

static void assert_table_said(const char *name, const char *data, const char *brief)
{
    struct fixture fixture;
    fixture_open(&fixture);
    fixture.data = data;
    fixture_bind(
        &fixture,
        arena_printf(&fixture.arena,
                     HEAD MODEL CASES
                     "regimes: {r: {kind: schedule, custody: 1 month, table: %s}}\n" THEORIES,
                     name));
    assert_string_equal(fixture_brief(&fixture), brief);
    fixture_close(&fixture);
}

static void test_data_faults(void **state)
{
    (void)state;
    static const char *const unsafe[] = {"../x", "/etc/passwd", "a//b", "a/", ".x", "a/.b", "a\\b"};
    struct fixture names;
    fixture_open(&names);
    for (size_t i = 0; i < COUNT_OF(unsafe); i++)
        assert_table_said(unsafe[i], table_text,
                          arena_printf(&names.arena,
                                       "8:56+%zu `%s` cannot be the name of a table of data\n",
                                       strlen(unsafe[i]), unsafe[i]));
    fixture_close(&names);
    assert_table_said("other", table_text, ": no table `other`\n");
    assert_table_said("us/2G2.2", NULL, ": no table `us/2G2.2`\n");
    assert_table_said("table", "a: *x\n",
                      "1:4+2 aliases (`*x`) are not read = write the value where it is needed\n");
    assert_table_said("table", "a: 1\n",
                      "1:1+1 the numbers of `table` have neither a source nor a status = add "
                      "`source:` at the top of the file\n");
}

/* A file is read once, however many regimes name it. */
static void test_data_is_read_once(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    fixture.data = table_text;
    fixture_bind(&fixture, HEAD MODEL CASES
                 "regimes: {r: {kind: schedule, custody: 1 month, table: table}, s: {kind: "
                 "schedule, custody: 1 month, table: table}}\n" THEORIES);
    assert_string_equal(fixture_said(&fixture), "");
    assert_int_equal(fixture.scenario->data_count, 1);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes_of_a_theory), cmocka_unit_test(test_defaults_in_shapes),
        cmocka_unit_test(test_shapes_of_regimes),  cmocka_unit_test(test_data_premises),
        cmocka_unit_test(test_data_faults),        cmocka_unit_test(test_data_is_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
