#include "cmocka_all.h"

#include <string.h>

#include "graph/unit.h"

/* 1 year = 12 month = 365.25 day is the rule in unit.h; the rest follows by hand. */
static void test_reads_and_writes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
        double scale;
    } rows[] = {
        {"1", "1", 1},
        {"month", "month", 1},
        {"year", "month", 12},
        {"day", "month", 12 / 365.25},
        {"week", "month", 7 * 12 / 365.25},
        {"1/year", "1/month", 1.0 / 12},
        {"1/day", "1/month", 365.25 / 12},
        {"year/day", "1", 365.25},
        {"day^2", "month^2", (12 * 12) / (365.25 * 365.25)},
        {"day^-1", "1/month", 365.25 / 12},
        {"person", "person", 1},
        {"item", "item", 1},
        {"hu", "hu", 1},
        {"pme", "pme", 1},
        {"pme/month", "pme/month", 1},
        {"pme/year", "pme/month", 1.0 / 12},
        {"hu/person/year", "hu/person/month", 1.0 / 12},
        {"hu*person", "hu*person", 1},
        {"person*hu", "hu*person", 1},
        {"person^2", "person^2", 1},
        {"1/month^2", "1/month^2", 1},
        {"1/month/month", "1/month^2", 1},
        {"month^-2*hu", "hu/month^2", 1},
        {"hu/hu", "1", 1},
        {"hu^0", "1", 1},
        {"1^3*hu", "hu", 1},
        {"USD", "USD", 1},
        {"USD/person", "USD/person", 1},
        {"USD/EUR", "USD/EUR", 1},
        {"USD*EUR", "EUR*USD", 1},
        {"USD*EUR/GBP*GBP", NULL, 0}, /* a third currency on the way */
        {"USD*EUR/USD*GBP", "EUR*GBP", 1},
        {"hu^20", "hu^20", 1},
        {"hu^-20", "1/hu^20", 1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct unit unit;
        double scale = -1;
        char text[UNIT_TEXT];
        bool read = unit_parse(rows[i].text, &unit, &scale);
        assert_int_equal(read, rows[i].written != NULL);
        if (!read)
            continue;
        assert_string_equal(unit_write(text, &unit), rows[i].written);
        assert_close(scale, rows[i].scale, 1e-15, 0);
        struct unit again;
        assert_true(unit_parse(text, &again, &scale));
        assert_true(unit_equal(&unit, &again));
        assert_close(scale, 1, 0, 0);
    }
}

/* One over twelve and 365.25 over twelve are rounded once, not twice. */
static void test_scale_is_rounded_once(void **state)
{
    (void)state;
    struct unit unit;
    double scale;
    assert_true(unit_parse("1/year", &unit, &scale));
    assert_true(scale == 1.0 / 12);
    assert_true(unit_parse("pme/day", &unit, &scale));
    assert_true(scale == 365.25 / 12);
    assert_true(unit_parse("1/week", &unit, &scale));
    assert_true(scale == 365.25 / 84);
}

static void test_refuses(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",       " ",        "hu ",   " hu",   "years",  "Month", "usd",         "US",
        "USDX",   "2",        "12",    "1hu",   "hu1",    "hu/",   "/hu",         "hu**hu",
        "hu//hu", "hu^",      "hu^-",  "hu^+2", "hu^2.5", "hu^21", "hu^-21",      "hu^999999999999",
        "hu^1x",  "hu^20*hu", "hu hu", "hu\n",  "hu^ 2",  "1/",    "USD*EUR*GBP", "h\xc3\xbc",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct unit unit = {.power = {7}};
        double scale = 5;
        assert_false(unit_parse(wrong[i], &unit, &scale));
        assert_int_equal(unit.power[0], 7); /* out-parameters stand as they were */
        assert_true(scale == 5);
    }
}

static struct unit unit_of(const char *text)
{
    struct unit unit;
    double scale;
    assert_true(unit_parse(text, &unit, &scale));
    return unit;
}

static void test_multiply(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int power;
        const char *product; /* NULL: refused */
    } rows[] = {
        {"hu", "person", 1, "hu*person"},     {"hu", "person", -1, "hu/person"},
        {"1", "month", 3, "month^3"},         {"month^20", "month", 1, NULL},
        {"month^20", "month^20", -1, "1"},    {"1", "1", 1 << 30, "1"},
        {"1", "hu", 1 << 30, NULL},           {"1", "hu^20", -(1 << 30), NULL},
        {"1", "USD", 1 << 30, NULL},          {"USD*EUR", "GBP", 1, NULL},
        {"USD*EUR", "GBP/USD", 1, "EUR*GBP"}, {"GBP*USD", "EUR/GBP", 1, "EUR*USD"},
        {"USD*EUR", "USD*EUR", -1, "1"},      {"USD*EUR", "AAA*BBB", 1, NULL},
        {"USD", "USD", -2, "1/USD"},          {"AAA", "ZZZ/AAA", 1, "ZZZ"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct unit a = unit_of(rows[i].a), b = unit_of(rows[i].b);
        bool fits = unit_multiply(&a, &a, &b, rows[i].power); /* in place */
        assert_int_equal(fits, rows[i].product != NULL);
        const char *expected = fits ? rows[i].product : rows[i].a;
        struct unit wanted = unit_of(expected);
        assert_true(unit_equal(&a, &wanted)); /* refused: as it was */
    }
}

static void test_root(void **state)
{
    (void)state;
    struct unit even = unit_of("hu^2*USD^4/month^2"), odd = unit_of("hu^2/month"), root = unit_one;
    struct unit coin = unit_of("USD^3");
    char text[UNIT_TEXT];
    assert_true(unit_root(&root, &even));
    assert_string_equal(unit_write(text, &root), "USD^2*hu/month");
    assert_false(unit_root(&root, &odd));
    assert_false(unit_root(&root, &coin));
    assert_string_equal(unit_write(text, &root), "USD^2*hu/month");
    assert_true(unit_root(&root, &unit_one));
    assert_true(unit_is_one(&root));
}

/* The longest unit there is fits the buffer that unit.h names. */
static void test_longest_fits(void **state)
{
    (void)state;
    struct unit unit = unit_of("hu^20*pme^20*item^20*person^20*month^20*AAA^20*BBB^20");
    char text[UNIT_TEXT];
    assert_true(strlen(unit_write(text, &unit)) < UNIT_TEXT);
    struct unit under = unit_of("1/hu^20/pme^20/item^20/person^20/month^20/AAA^20/BBB^20");
    assert_true(strlen(unit_write(text, &under)) < UNIT_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_and_writes),
        cmocka_unit_test(test_scale_is_rounded_once),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_multiply),
        cmocka_unit_test(test_root),
        cmocka_unit_test(test_longest_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
