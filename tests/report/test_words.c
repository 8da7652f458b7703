/* Numbers, words and the writers of CSV and JSON. Expected texts follow by hand from the rules in
 * the headers: four digits that count, no leading zero, thousands apart. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "cmocka_all.h"
#include "report/csv.h"
#include "report/figure.h"
#include "report/json.h"
#include "report/words.h"

static int open_arena(void **state)
{
    struct arena *arena = malloc(sizeof *arena);
    arena_init(arena, &allocator_heap);
    *state = arena;
    return 0;
}

static int close_arena(void **state)
{
    arena_release(*state);
    free(*state);
    return 0;
}

struct figure_row {
    double value;
    const char *text;
};

static void test_numbers(void **state)
{
    static const struct figure_row rows[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {84, "84"},
        {0.362, ".362"},
        {0.1754385965, ".1754"},
        {0.03500, ".035"},
        {-0.5, "-.5"},
        {3.62, "3.62"},
        {10.93042294, "10.93"},
        {118.6341841, "118.6"},
        {999.96, "1,000"},
        {9999.6, "10,000"},
        {0.99999, "1"},
        {15752.30771, "15,752"},
        {19966.31027, "19,966"},
        {-1234567, "-1,234,567"},
        {999999999999999, "999,999,999,999,999"},
        {1e15, "1e15"},
        {6.02214e23, "6.022e23"},
        {1e-4, ".0001"},
        {0.00001819, "1.819e-5"},
        {-1.8e-9, "-1.8e-9"},
        {5e-324, "4.941e-324"},
        {(double)NAN, "-"},
        {(double)INFINITY, "inf"},
        {-(double)INFINITY, "-inf"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_string_equal(figure_number(*state, rows[i].value), rows[i].text);
}

static void test_signs_and_decimals(void **state)
{
    assert_string_equal(figure_signed(*state, 15752.3), "+15,752");
    assert_string_equal(figure_signed(*state, -0.25), "-.25");
    assert_string_equal(figure_signed(*state, 0), "0");
    assert_string_equal(figure_fixed(*state, 0.7157, 3), ".716");
    assert_string_equal(figure_fixed(*state, 0.7157, 2), ".72");
    assert_string_equal(figure_fixed(*state, 1, 2), "1.00");
    assert_string_equal(figure_fixed(*state, -0.001, 2), ".00");
    assert_string_equal(figure_fixed(*state, -0.12, 2), "-.12");
    assert_string_equal(figure_fixed(*state, 1234.56, 1), "1,234.6");
    assert_string_equal(figure_fixed(*state, (double)NAN, 2), "-");
    assert_string_equal(figure_count(*state, 0), "0");
    assert_string_equal(figure_count(*state, 999), "999");
    assert_string_equal(figure_count(*state, 10000), "10,000");
    assert_string_equal(figure_count(*state, 18446744073709551615u), "18,446,744,073,709,551,615");
}

static void test_shares(void **state)
{
    assert_string_equal(figure_share(*state, 0.05), "5 %");
    assert_string_equal(figure_share(*state, 1), "100 %");
    assert_string_equal(figure_share(*state, 0), "0 %");
    assert_string_equal(figure_share(*state, 0.9987), "99.9 %");
    assert_string_equal(figure_share(*state, 0.004), ".4 %");
    assert_string_equal(figure_share(*state, (double)NAN), "-");
}

static void test_quantities(void **state)
{
    struct unit month, pme, rate;
    double scale;
    assert_true(unit_parse("month", &month, &scale));
    assert_true(unit_parse("pme", &pme, &scale));
    assert_true(unit_parse("1/year", &rate, &scale));
    assert_string_equal(figure_quantity(*state, 84, &month), "84 months");
    assert_string_equal(figure_quantity(*state, 1, &month), "1 month");
    assert_string_equal(figure_quantity(*state, 10.93042294, &pme), "10.93 pme");
    assert_string_equal(figure_quantity(*state, 0.5, &unit_one), ".5");
    struct premise premise = {
        .kind = VALUE_NUMBER, .unit = rate, .unit_text = "1/year", .unit_scale = scale};
    assert_string_equal(figure_premise(*state, &premise, 0.01 * scale), ".01 1/year");
    premise = (struct premise){
        .kind = VALUE_NUMBER, .unit = month, .unit_text = "month", .unit_scale = 1};
    assert_string_equal(figure_premise(*state, &premise, 24), "24 months");
    assert_string_equal(figure_premise(*state, &premise, 1), "1 month");
    premise = (struct premise){.kind = VALUE_TRUTH, .unit_scale = 1};
    assert_string_equal(figure_premise(*state, &premise, 1), "true");
    static const char *const labels[] = {"low", "high"};
    premise =
        (struct premise){.kind = VALUE_LABEL, .unit_scale = 1, .labels = labels, .label_count = 2};
    assert_string_equal(figure_premise(*state, &premise, 1), "high");
}

/* --- strangers' texts ------------------------------------------------------------------------ */

static void test_what_is_shown_is_safe(void **state)
{
    assert_string_equal(words_shown(*state, NULL), "");
    assert_string_equal(words_shown(*state, "  two\n\twords  "), "two words");
    assert_string_equal(words_shown(*state, "\033[31mred\033[0m"), "?[31mred?[0m");
    assert_string_equal(words_shown(*state, "bell\a del\x7f"), "bell? del?");
    /* U+009B is a control sequence introducer of its own; U+202E turns the writing round. */
    assert_string_equal(words_shown(*state, "a\xC2\x9B"
                                            "31mb"),
                        "a?31mb");
    assert_string_equal(words_shown(*state, "a\xE2\x80\xAE"
                                            "b"),
                        "a?b");
    assert_string_equal(words_shown(*state, "a\xEF\xBB\xBF"
                                            "b"),
                        "a?b");
    assert_string_equal(words_shown(*state, "Stra\xC3\x9F"
                                            "e"),
                        "Stra\xC3\x9F"
                        "e");
    assert_string_equal(words_shown(*state, "\xC3"), "?");
    assert_string_equal(words_shown(*state, "\xF0\x9F\x98"), "???");
    assert_string_equal(words_shown(*state, "\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
}

static void test_clipping_counts_columns(void **state)
{
    assert_string_equal(words_clip(*state, "graduated", 9), "graduated");
    assert_string_equal(words_clip(*state, "graduated", 8), "graduat~");
    assert_string_equal(words_clip(*state, "\xC3\xA4\xC3\xB6\xC3\xBC", 3),
                        "\xC3\xA4\xC3\xB6\xC3\xBC");
    assert_string_equal(words_clip(*state, "\xC3\xA4\xC3\xB6\xC3\xBC", 2), "\xC3\xA4~");
}

static void test_sentences_and_steps(void **state)
{
    assert_string_equal(words_sentence(*state, "a reason"), "A reason.");
    assert_string_equal(words_sentence(*state, "why?"), "Why?");
    assert_string_equal(words_sentence(*state, ""), "");
    assert_string_equal(words_last_step("theories.desert.theta"), "theta");
    assert_string_equal(words_last_step("facts.\"2.2\""), "\"2.2\"");
    assert_string_equal(words_last_step("theta"), "theta");
    assert_string_equal(words_count(*state, 1, "case"), "1 case");
    assert_string_equal(words_count(*state, 12000, "case"), "12,000 cases");
}

static void test_filling(void **state)
{
    struct text out;
    text_init(&out, *state);
    text_pad(&out, 'x', 95);
    words_fill(&out, " ab cdef gh", "  ");
    const char *second = strchr(out.data, '\n') + 1;
    assert_string_equal(second, "  cdef gh\n");
    assert_int_equal(second - out.data, 98); /* 95 and "ab" and the end */
    text_init(&out, *state);
    char word[251];
    memset(word, 'w', 250);
    word[250] = '\0';
    words_fill(&out, word, "  "); /* 100, then 98 behind the two blanks, then 52 */
    assert_int_equal(strcspn(out.data, "\n"), 100);
    assert_int_equal(out.length, 250 + 2 * 2 + 3);
    text_init(&out, *state);
    words_fill(&out, "", "  ");
    assert_string_equal(out.data, "\n");
}

static void test_templates(void **state)
{
    struct template_words words = {"10.93 pme", "low", "fines"};
    assert_string_equal(words_template(*state, "{case} deserves {value} under {regime}", &words),
                        "low deserves 10.93 pme under fines");
    assert_string_equal(words_template(*state, "{", &words), "{");
    assert_string_equal(words_template(*state, "{other} {value", &words), "{other} {value");
    /* What is filled in is not filled again. */
    struct template_words twice = {"{case}", "low", "fines"};
    assert_string_equal(words_template(*state, "{value}", &twice), "{case}");
    assert_string_equal(words_template(*state, NULL, &words), "");
}

static void test_colour_takes_no_columns(void **state)
{
    struct text out;
    text_init(&out, *state);
    words_verdict(&out, VERDICT_BORDERLINE, "*", 15, true);
    assert_string_equal(out.data, "\033[33mborderline*\033[0m    ");
    assert_int_equal(words_column(&out), 15);
    text_init(&out, *state);
    words_verdict(&out, VERDICT_NOT_RULED_OUT, "", 15, false);
    assert_string_equal(out.data, "not ruled out  ");
}

/* --- writers --------------------------------------------------------------------------------- */

/* RFC 4180, section 2, rules 5 to 7. */
static void test_csv_quotes(void **state)
{
    struct text out;
    text_init(&out, *state);
    csv_text(&out, "aaa");
    csv_text(&out, "b,bb");
    csv_text(&out, "b\"bb");
    csv_text(&out, "b\nbb");
    csv_text(&out, NULL);
    csv_text(&out, "");
    csv_number(&out, 0.1);
    csv_number(&out, (double)NAN);
    csv_text(&out, "\033[1mx");
    csv_end(&out);
    csv_text(&out, "zzz");
    csv_end(&out);
    assert_string_equal(out.data, "aaa,\"b,bb\",\"b\"\"bb\",\"b\nbb\",,,0.1,,[1mx\nzzz\n");
}

static void test_json_round_trips(void **state)
{
    static const double values[] = {0.1, 1e300, 5e-324, 1.0 / 3, -2, 0, 9007199254740993.0};
    struct json json;
    struct text out;
    text_init(&out, *state);
    json_init(&json, &out);
    json_open_object(&json, NULL);
    json_text(&json, "quo\"te", "back\\slash \n \033 \x7f \xC2\x9B \xC3\xA9 \xC3");
    json_open_line(&json, "values");
    for (size_t i = 0; i < COUNT_OF(values); i++)
        json_number(&json, NULL, values[i]);
    json_close_array(&json);
    json_number(&json, "nan", (double)NAN);
    json_open_array(&json, "empty");
    json_close_array(&json);
    json_truth(&json, "yes", true);
    json_count(&json, "most", 9223372036854775807u);
    json_close_object(&json);
    json_finish(&json);
    json_t *read = json_loads(out.data, 0, NULL);
    assert_non_null(read);
    assert_string_equal(json_string_value(json_object_get(read, "quo\"te")),
                        "back\\slash \n \033 \x7f \xC2\x9B \xC3\xA9 \xEF\xBF\xBD");
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        json_t *value = json_array_get(json_object_get(read, "values"), i);
        assert_true(json_number_value(value) == values[i]);
    }
    assert_true(json_is_null(json_object_get(read, "nan")));
    assert_true(json_integer_value(json_object_get(read, "most")) == INT64_MAX);
    json_decref(read);
    assert_null(strchr(out.data, '\033'));
    assert_null(strstr(out.data, "\xC2\x9B"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_signs_and_decimals),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_quantities),
        cmocka_unit_test(test_what_is_shown_is_safe),
        cmocka_unit_test(test_clipping_counts_columns),
        cmocka_unit_test(test_sentences_and_steps),
        cmocka_unit_test(test_filling),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_colour_takes_no_columns),
        cmocka_unit_test(test_csv_quotes),
        cmocka_unit_test(test_json_round_trips),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
