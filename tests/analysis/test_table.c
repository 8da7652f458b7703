/* Tables of records: each row as its own worksheet would have it, and what stops a run. Expected
 * levels by hand over tests/plugins/data/test/ledger.yaml, as in test_worksheet.c. */
#include "sentenced.h"

static char *write_table(const char *text, size_t size)
{
    char *path = strdup("/tmp/assize-table-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    while (size > 0) {
        ssize_t put = write(descriptor, text, size);
        assert_true(put > 0);
        text += put;
        size -= (size_t)put;
    }
    close(descriptor);
    return path;
}

static void remove_file(char *path)
{
    unlink(path);
    free(path);
}

/* Runs a table given as text under a kind of regime, with facts for all rows. */
static void run_table(struct sentenced *all, const char *kind, const char *table, const char *facts)
{
    struct given_facts given;
    char *path = write_table(table, strlen(table));
    given_facts_read(&given, facts);
    all->table.kind = kind;
    all->table.records = path;
    all->table.given = given.settings;
    all->table.given_count = given.count;
    sentenced_run(all);
    remove_file(path);
}

static const char header[] = "row,level,category,low,high,statutory_low,statutory_high,zone,"
                             "custody\n";

static void expect_table(const char *table, const char *facts, const char *rows)
{
    struct sentenced all = {0};
    run_table(&all, "ledger", table, facts);
    assert_string_equal(sentenced_said(&all), "");
    assert_int_equal(strncmp(all.out.data, header, sizeof header - 1), 0);
    assert_string_equal(all.out.data + sizeof header - 1, rows);
    sentenced_close(&all);
}

static void test_rows(void **state)
{
    (void)state;
    expect_table("images,computer\n9,false\n10,false\n100,true\n", "",
                 "1,10,,10,20,10,20,,10\n2,12,,12,24,12,24,,12\n3,17,,17,34,17,34,,17\n");
}

/* Rows of several editions keep their order. */
static void test_editions(void **state)
{
    (void)state;
    expect_table("edition,images,computer\n2001-01-01,9,true\n2010-01-01,9,true\n"
                 "2005-01-01,100,true\n2020-01-01,0,false\n",
                 "",
                 "1,11,,11,22,11,22,,11\n2,13,,13,26,13,26,,13\n3,15,,15,30,15,30,,15\n"
                 "4,10,,10,20,10,20,,10\n");
}

static void test_facts_for_all_rows(void **state)
{
    (void)state;
    expect_table("images\n9\n10\n", "computer=true edition=2001-01-01",
                 "1,11,,11,22,11,22,,11\n2,13,,13,26,13,26,,13\n");
}

/* Entries that are there count in their own row alone. */
static void test_lists(void **state)
{
    (void)state;
    expect_table("images,computer,groups.2.level,groups.2.grave,groups.1.grave,groups.1.level\n"
                 "0,false,,,,\n0,false,,,true,5\n0,false,7,false,true,5\n",
                 "", "1,10,,10,20,10,20,,10\n2,16,,16,32,16,32,,16\n3,23,,23,46,23,46,,23\n");
}

static void test_unread_column(void **state)
{
    struct sentenced all = {0};
    (void)state;
    run_table(&all, "ledger", "images,computer,kind_of_case\n9,true,minor\n", "");
    assert_int_equal(all.status, STATUS_OK);
    sentenced_says(&all, "warning: no step reads column `kind_of_case` in any row");
    sentenced_close(&all);
}

static void test_id(void **state)
{
    struct sentenced all = {0};
    (void)state;
    run_table(&all, "ledger", "images,id,computer\n9,\"a,b\",false\n", "");
    assert_non_null(strstr(all.out.data, "row,id,level,"));
    assert_non_null(strstr(all.out.data, "1,\"a,b\",10,,10,20,10,20,,10\n"));
    sentenced_close(&all);
}

/* --- faults ---------------------------------------------------------------------------------- */

static void test_faults(void **state)
{
    static const struct {
        const char *table, *says;
    } cases[] = {
        {"images,computer\n9,false\n-5,true\n", ":3:1: error: row 2, column `images`: must be at "
                                                "least 0, not -5\n    3 | -5,true\n      | ^"},
        {"images,computer\n9,fals\n", "row 1, column `computer`: `fals` is neither"},
        {"images,computer\n9\n", "row 1: the row has 1 cell, the header 2: is it cut off?"},
        {"images,computer\n9,\"true\n", "row 1: a quote is opened and never closed"},
        {"images,computer\n9,true,1\n", "row 1: the row has 3 cells"},
        {"images,computer\n0,true\n",
         "row 1, columns `images` and `computer`: a computer without images"},
        {"images,computer\n9,\n", "row 1: missing facts: computer; so are all rows like it"},
        {"images\n9\n", "row 1: missing facts: computer"},
        {"imagess,computer\n9,true\n",
         "column `imagess` is no fact that the regime reads\n      = did you mean `images`?"},
        {"images,computer,images\n9,true,1\n", "the column `images` stands twice"},
        {"images,computer,edition\n9,true,1999-01-01\n", "row 1: no edition for 1999-01-01"},
        {"images,computer,edition\n9,true,soon\n", "row 1: `facts.edition` is not a date"},
        {"images,computer,groups\n9,true,1\n", "column `groups` holds more than one value"},
        {"images,computer,groups.4.level\n9,true,1\n", "entries are numbered from 1 to 3"},
        {"images,computer,groups.1.level,groups.1.grave\n9,true,1,\n",
         "row 1, column `groups.1.grave`: an entry of a list is given whole or not at all"},
        {"", "the table has no header"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        run_table(&all, "ledger", cases[i].table, "");
        assert_int_not_equal(all.status, STATUS_OK);
        sentenced_says(&all, cases[i].says);
        assert_string_equal(all.out.data, ""); /* nothing is written */
        sentenced_close(&all);
    }
}

static void test_given_twice(void **state)
{
    struct sentenced all = {0};
    (void)state;
    run_table(&all, "ledger", "images,computer\n9,true\n", "computer=true");
    sentenced_says(&all, "column `computer` is given for all rows already");
    sentenced_close(&all);
}

/* The last row of a file that was cut off may look whole: it is said. */
static void test_cut_off(void **state)
{
    struct sentenced all = {0};
    (void)state;
    run_table(&all, "ledger", "images,computer\n9,true\n95,false", "");
    assert_int_equal(all.status, STATUS_OK);
    sentenced_says(&all, "warning: the table ends inside a line: its last row may be cut off");
    sentenced_close(&all);
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = calloc(1, 100000);
    assert_true(fread(text, 1, 99999, file) > 0);
    fclose(file);
    return text;
}

static void test_rejects(void **state)
{
    struct sentenced all = {0};
    char path[] = "/tmp/assize-rejects-XXXXXX";
    (void)state;
    close(mkstemp(path));
    all.table.rejects = path;
    run_table(&all, "ledger", "images,computer\n9,true\n-5,true\n0,true\n100,false\n9,\n10,no\n",
              "");
    assert_int_equal(all.status, STATUS_OK);
    assert_non_null(strstr(all.out.data, "1,13,,13,26,13,26,,13\n4,14,,14,28,14,28,,14\n"));
    char *rejects = read_whole(path);
    assert_string_equal(rejects, "row,reason,images,computer\n"
                                 "2,\"images: must be at least 0, not -5\",-5,true\n"
                                 "3,images and computer: a computer without images,0,true\n"
                                 "5,missing facts: computer,9,\n"
                                 "6,computer: `no` is neither `true` nor `false`,10,no\n");
    free(rejects);
    unlink(path);
    sentenced_close(&all);
}

/* --- many rows ------------------------------------------------------------------------------- */

enum { MANY = 1000000, BAD = 876543 };

/* A million rows; the row numbered `bad` has a value that is none. */
static struct text many_rows(struct arena *arena, size_t bad)
{
    struct text text;
    text_init(&text, arena);
    text_add(&text, "images,computer\n");
    for (size_t i = 1; i <= MANY; i++)
        if (i == bad)
            text_add(&text, "x12,true\n");
        else
            text_printf(&text, "%zu,%s\n", i % 200, i % 200 != 0 && i % 7 == 0 ? "true" : "false");
    return text;
}

static void test_one_bad_value_in_a_million(void **state)
{
    struct sentenced all = {0};
    struct arena arena;
    (void)state;
    arena_init(&arena, &allocator_heap);
    struct text text = many_rows(&arena, BAD);
    run_table(&all, "ledger", text.data, "");
    assert_int_equal(all.status, STATUS_SCENARIO);
    sentenced_says(&all, ":876544:1: error: row 876543, column `images`: `x12` is no number");
    assert_string_equal(all.out.data, "");
    assert_int_equal(all.diags.errors, 1);
    sentenced_close(&all);
    arena_release(&arena);
}

/* Every row comes to what its facts say, in its own place. */
static void test_a_million(void **state)
{
    struct sentenced all = {0};
    struct arena arena;
    (void)state;
    arena_init(&arena, &allocator_heap);
    struct text text = many_rows(&arena, 0);
    run_table(&all, "ledger", text.data, "");
    assert_int_equal(all.status, STATUS_OK);
    const char *at = all.out.data + sizeof header - 1;
    for (unsigned long i = 1; i <= MANY; i++) {
        char *end;
        unsigned long images = i % 200, computer = images != 0 && i % 7 == 0 ? 3 : 0;
        unsigned long level = 10 + computer + (images >= 100 ? 4 : images >= 10 ? 2 : 0);
        assert_int_equal(strtoul(at, &end, 10), i);
        assert_int_equal(strtoul(end + 1, &end, 10), level);
        at = strchr(end, '\n') + 1;
    }
    assert_int_equal(*at, '\0');
    sentenced_close(&all);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_editions),
        cmocka_unit_test(test_lists),     cmocka_unit_test(test_facts_for_all_rows),
        cmocka_unit_test(test_id),        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_cut_off),   cmocka_unit_test(test_given_twice),
        cmocka_unit_test(test_rejects),   cmocka_unit_test(test_one_bad_value_in_a_million),
        cmocka_unit_test(test_a_million), cmocka_unit_test(test_unread_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
