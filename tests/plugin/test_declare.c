/* What a plugin says of itself: every kind of declaration, how they are merged, and what is refused
 * and where. */
#include "cmocka_all.h"

#include <string.h>

#include "fixture.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

#define READS(reads)                                                                               \
    "return theory { id = 't', version = '1.2', title = 'T', role = 'limit', about = 'A.',\n"      \
    "argue = function() end, reads = {\n" reads "\n} }"

static const struct declaration *declared(struct arena *arena, const char *source)
{
    struct kit kit = kit_describe(arena, source);
    assert_string_equal(kit_faults(&kit), "");
    assert_int_equal(kit.status, STATUS_OK);
    return kit.declaration;
}

static const struct schema *field(const struct schema *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (strcmp(record->fields[i].name, name) == 0)
            return &record->fields[i];
    fail_msg("%s is not declared", name);
    return NULL;
}

/* --- kinds ----------------------------------------------------------------------------------- */

static void test_head(void **state)
{
    const struct declaration *theory = declared(*state, READS(""));
    assert_string_equal(theory->plugin, "theories/t.lua");
    assert_string_equal(theory->id, "t");
    assert_string_equal(theory->version, "1.2");
    assert_string_equal(theory->title, "T");
    assert_string_equal(theory->role, "limit");
    assert_string_equal(theory->about, "A.");
    assert_null(theory->model);
    assert_null(theory->cases);
    assert_null(theory->params);
    const struct declaration *regime =
        declared(*state, "return regime { id = 'r', version = '1', title = 'R', reads = {}, "
                         "sentence = function() end }");
    assert_null(regime->role);
}

static void test_number(void **state)
{
    const struct declaration *theory =
        declared(*state, READS("params = {\n"
                               "a = number { unit = 'year', within = {0, 5}, about = 'years' },\n"
                               "b = number { above = 0, below = 1, moral = true },\n"
                               "c = number { default = 12, unit = 'pme', status = 'unverified',\n"
                               "  source = 'smith2001' },\n"
                               "d = number(),\n"
                               "e = number { optional = true, only_with = { basis = 'x' } } }"));
    struct unit month = kit_unit("month"), pme = kit_unit("pme");
    const struct schema *a = field(theory->params, "a"), *b = field(theory->params, "b"),
                        *c = field(theory->params, "c"), *d = field(theory->params, "d"),
                        *e = field(theory->params, "e");
    assert_int_equal(a->kind, SCHEMA_NUMBER);
    assert_true(unit_equal(&a->unit, &month));
    assert_string_equal(a->unit_text, "year");
    assert_close(a->unit_scale, 12, 0, 0); /* months in a year */
    assert_close(a->low, 0, 0, 0);
    assert_close(a->high, 5, 0, 0);
    assert_false(a->low_open || a->high_open || a->moral || a->optional || a->has_default);
    assert_string_equal(a->about, "years");
    assert_int_equal(a->line, 4);
    assert_true(b->low_open && b->high_open && b->moral);
    assert_close(b->low, 0, 0, 0);
    assert_close(b->high, 1, 0, 0);
    assert_true(c->has_default && unit_equal(&c->unit, &pme));
    assert_close(c->value, 12, 0, 0);
    assert_int_equal(c->status, PREMISE_UNVERIFIED);
    assert_string_equal(c->source, "smith2001");
    assert_true(isinf(d->low) && isinf(d->high) && unit_is_one(&d->unit));
    assert_string_equal(d->unit_text, "1");
    assert_true(e->optional);
    assert_string_equal(e->only_field, "basis");
    assert_string_equal(e->only_value, "x");
}

static void test_other_leaves(void **state)
{
    const struct declaration *theory = declared(
        *state, READS("model = {\n"
                      "a = truth { default = true, source = 'a decision' },\n"
                      "b = one_of { 'low', 'high', default = 'high', status = 'illustrative' },\n"
                      "c = fact {}, d = text { among = { 'x', 'y' }, default = 'y' },\n"
                      "e = text(), f = date {}, g = count { within = {1, 20} },\n"
                      "h = table_of_data { default = 'us-table' } }"));
    const struct schema *model = theory->model;
    assert_int_equal(field(model, "a")->kind, SCHEMA_TRUTH);
    assert_close(field(model, "a")->value, 1, 0, 0);
    assert_int_equal(field(model, "a")->status, PREMISE_SOURCED);
    assert_int_equal(field(model, "b")->kind, SCHEMA_LABEL);
    assert_close(field(model, "b")->value, 1, 0, 0);
    assert_int_equal(field(model, "b")->label_count, 2);
    assert_string_equal(field(model, "b")->labels[0], "low");
    assert_int_equal(field(model, "c")->kind, SCHEMA_FACT);
    assert_int_equal(field(model, "d")->kind, SCHEMA_TEXT);
    assert_string_equal(field(model, "d")->text_default, "y");
    assert_string_equal(field(model, "d")->labels[1], "y");
    assert_int_equal(field(model, "e")->label_count, 0);
    assert_int_equal(field(model, "f")->kind, SCHEMA_DATE);
    assert_int_equal(field(model, "g")->kind, SCHEMA_COUNT);
    assert_close(field(model, "g")->high, 20, 0, 0);
    assert_int_equal(field(model, "h")->kind, SCHEMA_DATA);
}

static void test_tables(void **state)
{
    const struct declaration *theory = declared(
        *state, READS("model = {\n"
                      "a = record { x = number {}, about = 'a record', optional = true },\n"
                      "b = { x = truth {}, y = { z = number {} } },\n"
                      "c = map { of = { loss = number {} }, about = 'a map' },\n"
                      "d = kinds { market = { p = number {} }, other = {} },\n"
                      "g = list { of = { n = number {} }, at_most = 3 } },\n"
                      "cases = { e = by_case { of = number { unit = 'hu' } } }"));
    const struct schema *model = theory->model;
    const struct schema *a = field(model, "a"), *b = field(model, "b"), *d = field(model, "d");
    assert_int_equal(a->kind, SCHEMA_RECORD);
    assert_true(a->optional);
    assert_int_equal(a->field_count, 1);
    assert_int_equal(b->kind, SCHEMA_RECORD);
    assert_int_equal(field(field(b, "y"), "z")->kind, SCHEMA_NUMBER);
    assert_int_equal(field(model, "c")->kind, SCHEMA_MAP);
    assert_int_equal(field(model, "c")->of->kind, SCHEMA_RECORD);
    assert_int_equal(d->kind, SCHEMA_KINDS);
    assert_int_equal(field(d, "market")->field_count, 1);
    assert_int_equal(field(d, "other")->field_count, 0);
    assert_int_equal(field(model, "g")->kind, SCHEMA_LIST);
    assert_int_equal(field(theory->cases, "e")->kind, SCHEMA_CASES);
    assert_int_equal(field(theory->cases, "e")->of->kind, SCHEMA_NUMBER);
}

/* Tables in front are merged in; what is declared twice alike stands once; records are joined. */
static void test_merge(void **state)
{
    const struct declaration *theory =
        declared(*state, "local one = { model = { a = number {}, r = { x = truth {} } } }\n"
                         "local two = { one, model = { a = number {}, b = text {},\n"
                         "  r = { y = truth {} } }, params = { q = number {} } }\n" READS(
                             "one, two, model = { c = count {} }"));
    assert_int_equal(theory->model->field_count, 4);
    assert_int_equal(field(theory->model, "r")->field_count, 2);
    assert_int_equal(field(theory->params, "q")->kind, SCHEMA_NUMBER);
    assert_int_equal(field(theory->model, "c")->kind, SCHEMA_COUNT);
}

/* --- refusals -------------------------------------------------------------------------------- */

static void assert_refused(struct arena *arena, const char *source, const char *expected)
{
    struct kit kit = kit_describe(arena, source);
    assert_string_equal(kit_faults(&kit), expected);
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_null(kit.declaration);
}

struct refusal {
    const char *reads, *message;
};

/* Declarations in line 3 of the file; read when theory{} is called, in line 1. */
static void assert_refusals(struct arena *arena, const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_refused(arena, refusals[i].reads,
                       arena_printf(arena,
                                    "theories/t.lua:3: error: %s\n"
                                    "      called from theories/t.lua:1\n",
                                    refusals[i].message));
}

#define PARAM(declaration, message)                                                                \
    {                                                                                              \
        READS("params = { a = " declaration " }"), (message)                                       \
    }

static void test_refused_leaves(void **state)
{
    static const struct refusal refusals[] = {
        PARAM("number { default = 1 }", "a default needs a `source` or a `status`"),
        PARAM("truth { default = true }", "a default needs a `source` or a `status`"),
        PARAM("number { default = 1, moral = true, status = 'illustrative' }",
              "a moral choice has no default"),
        PARAM("number { default = 2, within = {0, 1}, status = 'illustrative' }",
              "the default lies outside `within`"),
        PARAM("number { default = 0, above = 0, status = 'illustrative' }",
              "the default lies outside `within`"),
        PARAM("number { default = 0/0, status = 'illustrative' }",
              "the default lies outside `within`"),
        PARAM("number { default = 0.5, whole = true, status = 'illustrative' }",
              "the default is no whole number"),
        PARAM("number { whole = true, moral = true }", "a moral choice cannot be `whole`"),
        PARAM("number { whole = 1 }", "`whole` is true or false, not a number"),
        PARAM("truth { whole = true }", "a declaration `truth` has no `whole`"),
        PARAM("number { default = '1', status = 'illustrative' }",
              "the default does not fit the declaration"),
        PARAM("number { default = 1, status = 'guess' }",
              "`status` is sourced, illustrative or unverified, not `guess`"),
        PARAM("number { within = {1, 0} }", "no number lies between 1 and 0"),
        PARAM("number { within = {0/0, 1} }", "`within` is a pair of numbers"),
        PARAM("number { above = 1, below = 1 }", "no number lies between 1 and 1"),
        PARAM("number { within = 3 }", "`within` is a pair of numbers"),
        PARAM("number { above = '0' }", "`above` is a number, not a string"),
        PARAM("number { unit = 'foo' }", "`foo` is no unit"),
        PARAM("number { unti = 'hu' }",
              "a declaration `number` has no `unti`: did you mean `unit`?"),
        PARAM("truth { unit = 'hu' }", "a declaration `truth` has no `unit`"),
        PARAM("text { unit = 'hu' }", "a declaration `text` has no `unit`"),
        PARAM("map { of = number {}, default = 1 }", "a declaration `map` has no `default`"),
        PARAM("number { 5 }", "a declaration holds something that has no name"),
        PARAM("number { optional = 'yes' }", "`optional` is true or false, not a string"),
        PARAM("number { only_with = { a = 'x', b = 'y' } }",
              "`only_with` names one text and its value"),
        PARAM("one_of { 'x' }", "one_of needs at least two names"),
        PARAM("one_of { 'x', 'x' }", "`x` stands twice among the names"),
        PARAM("one_of { 'x', 3 }", "a name to choose from is a text, not a number"),
        PARAM("one_of { 'x', 'y', [4] = 'z' }", "a declaration holds something that has no name"),
        PARAM("one_of { 'x', 'y', default = 'z', status = 'sourced' }",
              "the default `z` is not one of the names"),
        PARAM("text { among = { 'x' }, default = 'z' }", "the default `z` is not one of the names"),
        PARAM("text { default = '\\27[2J' }",
              "the default holds control characters or is not UTF-8"),
        PARAM("number { about = 'caf\\xe9' }", "`about` holds control characters or is not UTF-8"),
        PARAM("map {}", "this declaration needs `of = ...`"),
        PARAM("by_case { of = { b = number {} } }", "by_case holds numbers, truths or labels"),
        PARAM("kinds { x = number {} }", "each of `kinds` is a record"),
        PARAM("list { of = { x = text {} }, at_most = 3 }",
              "an entry of a list holds numbers, truths and labels, which `x` is not"),
        PARAM("list { of = { x = number {} } }",
              "a list needs `at_most`, a whole number from 1 to 256"),
    };
    assert_refusals(*state, refusals, COUNT_OF(refusals));
}

#define HEAD_FAULT(source, message)                                                                \
    {                                                                                              \
        source, "theories/t.lua:1: error: " message "\n"                                           \
    }

static void test_refused_tables(void **state)
{
    static const struct refusal refusals[] = {
        HEAD_FAULT(READS("params = { a = 5 }"), "a declaration is needed here, not a number"),
        HEAD_FAULT(READS("params = { 5 }"),
                   "a table of declarations holds declarations and tables"),
        HEAD_FAULT(READS("params = { [true] = number {} }"),
                   "a table of declarations holds something that has no name"),
        HEAD_FAULT(READS("params = { kind = number {} }"),
                   "`kind` belongs to the core: a plugin cannot declare it"),
        HEAD_FAULT(READS("params = { ['a\\0'] = number {} }"),
                   "a name holds control characters or is not UTF-8"),
        HEAD_FAULT(READS("modle = { a = number {} }"),
                   "`reads` has `model`, `cases` and `params`, not `modle`"),
        HEAD_FAULT(READS("model = number {}"),
                   "`reads` has `model`, `cases` and `params`, not `model`"),
        HEAD_FAULT(READS("{ params = { a = number {} } }, params = { a = truth {} }"),
                   "`a` is declared twice, and not alike"),
        HEAD_FAULT(READS("{ params = { a = number { unit = 'year' } } }, "
                         "params = { a = number { unit = 'month' } }"),
                   "`a` is declared twice, and not alike"),
        HEAD_FAULT(READS("{ params = { a = number { above = 0 } } }, "
                         "params = { a = number { within = {0, math.huge} } }"),
                   "`a` is declared twice, and not alike"),
        HEAD_FAULT("local t = {} number(t) truth(t)", "this table is a declaration already"),
        HEAD_FAULT("local t = {} t.t = t return theory { id = 't', version = '1', title = 'T', "
                   "role = 'aim', argue = print, reads = t }",
                   "declarations nest too deeply"),
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++)
        assert_refused(*state, refusals[i].reads, refusals[i].message);
}

#define THEORY_HEAD "return theory { version = '1', title = 'T', "

static void test_refused_heads(void **state)
{
    static const struct refusal refusals[] = {
        HEAD_FAULT(THEORY_HEAD "}", "the plugin needs `id = \"...\"`"),
        HEAD_FAULT(THEORY_HEAD "id = 't' }", "the plugin needs `role = \"...\"`"),
        HEAD_FAULT(THEORY_HEAD "id = 't', role = 'goal' }",
                   "`role` is aim, limit, comparison or conduct, not `goal`"),
        HEAD_FAULT(THEORY_HEAD "id = 't', role = 'aim' }", "the plugin needs `reads = { ... }`"),
        HEAD_FAULT(THEORY_HEAD "id = 't', role = 'aim', reads = {} }",
                   "the plugin needs `argue = function ... end`"),
        HEAD_FAULT(THEORY_HEAD "id = 't', reeds = {} }",
                   "a theory has no `reeds`: did you mean `reads`?"),
        HEAD_FAULT(THEORY_HEAD "id = 5 }", "`id` is a text, not a number"),
        HEAD_FAULT("return theory(5)", "a theory is a table, not number"),
        HEAD_FAULT("return regime { id = 'r', version = '1', title = 'R', reads = {} }",
                   "the plugin needs `sentence = function ... end`"),
        HEAD_FAULT("return 1 +", "unexpected symbol near <eof>"),
        HEAD_FAULT("x = 1 + p.y", "attempt to index a nil value (global 'p')"),
        HEAD_FAULT("axis('a', { 1 })", "symbols exist only inside argue and sentence"),
        HEAD_FAULT("claim { 'a', text = 't', value = 1 }",
                   "claims and conclusions belong inside argue and sentence"),
        {"return {}", "theories/t.lua: error: theories/t.lua does not return a theory { ... } or a "
                      "regime { ... }\n"},
        {"", "theories/t.lua: error: theories/t.lua does not return a theory { ... } or a regime { "
             "... }\n"},
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++)
        assert_refused(*state, refusals[i].reads, refusals[i].message);
}

/* --- the reply that carries a declaration ---------------------------------------------------- */

static const char rich_plugin[] =
    READS("model = {\n"
          "a = number { unit = '1/year', above = 0, below = 1, about = 'x', optional = true },\n"
          "b = one_of { 'low', 'high', default = 'high', status = 'illustrative' },\n"
          "c = map { of = { loss = number { unit = 'hu' } } }, d = fact {},\n"
          "e = kinds { market = { p = number { moral = true } }, other = {} },\n"
          "f = text { among = {'x', 'y'}, default = 'x' }, g = table_of_data {},\n"
          "h = list { of = { n = number {} }, at_most = 3 } },\n"
          "cases = { i = by_case { of = truth {} } },\n"
          "params = { j = number { default = 3, source = 's', only_with = { f = 'x' } } }");

static void test_reply(void **state)
{
    struct arena *arena = *state;
    struct kit kit = kit_describe(arena, rich_plugin);
    struct reply sent = {.declaration = kit.declaration}, got;
    struct wire_writer writer, again;
    assert_int_equal(kit.status, STATUS_OK);
    wire_writer_init(&writer, arena);
    reply_write(&writer, &sent);
    assert_int_equal(reply_read(arena, "theories/t.lua", writer.bytes.data, writer.bytes.length,
                                &got, &kit.diags),
                     STATUS_OK);
    assert_string_equal(got.declaration->role, "limit");
    const struct schema *a = field(got.declaration->model, "a");
    assert_true(a->low_open && a->high_open && a->optional);
    assert_close(a->unit_scale, 1.0 / 12, 1e-15, 0);
    wire_writer_init(&again, arena);
    reply_write(&again, &got);
    assert_int_equal(again.bytes.length, writer.bytes.length);
    assert_memory_equal(again.bytes.data, writer.bytes.data, writer.bytes.length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_merge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_leaves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_heads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reply, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
