/* Tables in CSV against RFC 4180 (Shafranovich, 2005), section 2, and what breaks it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "records/column.h"
#include "records/csv.h"
#include "records/sink.h"

struct opened {
    struct arena arena;
    struct diags diags;
    struct csv *csv;
    enum status status;
    const char *path;
};

static char *write_file(const char *data, size_t size)
{
    char *path = strdup("/tmp/assize-csv-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    while (size > 0) {
        ssize_t put = write(descriptor, data, size);
        assert_true(put > 0);
        data += put;
        size -= (size_t)put;
    }
    close(descriptor);
    return path;
}

static void open_body(void *argument)
{
    struct opened *opened = argument;
    opened->status = csv_open(&opened->arena, opened->path, &opened->csv, &opened->diags);
}

static void open_bytes(struct opened *opened, const char *data, size_t size)
{
    char *path = write_file(data, size);
    *opened = (struct opened){.path = path};
    arena_init(&opened->arena, &allocator_heap);
    diags_init(&opened->diags, &opened->arena);
    assert_true(arena_try(&opened->arena, open_body, opened));
    unlink(path);
    free(path);
}

static void open_text(struct opened *opened, const char *text)
{
    open_bytes(opened, text, strlen(text));
}

/* The rest of the table as "a|b|c;": cells, rows, and "!fault@column" for a row with a fault. */
static const char *all_rows(struct opened *opened)
{
    struct text out;
    struct csv_row row;
    text_init(&out, &opened->arena);
    while (csv_next(opened->csv, &row)) {
        if (row.fault != NULL) {
            text_printf(&out, "!%s@%zu;", row.fault, row.fault_column);
            continue;
        }
        for (size_t i = 0; i < row.count; i++) {
            text_add(&out, i == 0 ? "" : "|");
            text_add_n(&out, row.cells[i].text, row.cells[i].length);
        }
        text_add_char(&out, ';');
    }
    return out.data;
}

static void test_forms(void **state)
{
    static const struct {
        const char *table, *rows;
    } cases[] = {
        {"a,b\n1,2\n3,4\n", "1|2;3|4;"},
        {"a,b\r\n1,2\r\n3,4\r\n", "1|2;3|4;"},
        {"a,b\n1,2", "1|2;"},                             /* 2.2: the last break may be missing */
        {"a,b\n\"1\",\"2\"\n", "1|2;"},                   /* 2.5 */
        {"a,b\n\"1,5\",\"2\n3\"\n", "1,5|2\n3;"},         /* 2.6 */
        {"a,b\n\"say \"\"x\"\"\",\"\"\n", "say \"x\"|;"}, /* 2.7 */
        {"a,b\n,\n", "|;"},
        {"a,b\n \"x,y\n", "!a quote inside a cell that does not begin with one@2;"},
        {"a,b\n1,2,3\n", "1|2|3;"},
        {"\xEF\xBB\xBF"
         "a,b\n1,2\n",
         "1|2;"},
        {"\"a\",\"b\"\n1,2\n", "1|2;"},
        {"a\n\n1\n", ";1;"},
        {"a,b\n\"x\"y,2\n3,4\n", "!text behind a closing quote@4;3|4;"},
        {"a,b\n1,\"open\n3,4\n", "!a quote is opened and never closed@3;"},
        {"a,b\n1\r2,3\n4,5\n", "!a carriage return inside a row@2;4|5;"},
        {"a,b\n\xC3\xA9\"x,y\n", "!a quote inside a cell that does not begin with one@2;"},
        {"a,b\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct opened opened;
        open_text(&opened, cases[i].table);
        assert_int_equal(opened.status, STATUS_OK);
        assert_string_equal(all_rows(&opened), cases[i].rows);
        arena_release(&opened.arena);
    }
}

static void test_byte_of_no_text(void **state)
{
    struct opened opened;
    (void)state;
    open_bytes(&opened, "a,b\n1,\0\n2,\"\0\"\n3,4\n", 18);
    assert_string_equal(all_rows(&opened),
                        "!a byte that is no text@3;!a byte that is no text@4;3|4;");
    arena_release(&opened.arena);
}

static void test_headers(void **state)
{
    static const struct {
        const char *table, *says;
    } cases[] = {{"", "the table has no header"},
                 {"a,,c\n", "column 2 has no name"},
                 {"a,b,a\n", "the column `a` stands twice"},
                 {"a,\"b\n1,2\n", "a quote is opened and never closed"},
                 {"a,\xFF\n", "the name of column 2 is no text"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct opened opened;
        open_text(&opened, cases[i].table);
        assert_int_equal(opened.status, STATUS_SCENARIO);
        assert_string_equal(opened.diags.items[0].message, cases[i].says);
        arena_release(&opened.arena);
    }
}

static void test_places(void **state)
{
    struct opened opened;
    struct csv_row row;
    (void)state;
    open_text(&opened, "a,b\n1,\"x\ny\"\n3,4");
    assert_true(csv_next(opened.csv, &row));
    assert_int_equal(row.number, 1);
    assert_int_equal(row.line, 2);
    assert_false(csv_ended_open(opened.csv));
    assert_true(csv_next(opened.csv, &row));
    assert_int_equal(row.number, 2);
    assert_int_equal(row.line, 4); /* the row before has two lines */
    assert_int_equal(row.raw_length, 3);
    assert_true(csv_ended_open(opened.csv));
    assert_false(csv_next(opened.csv, &row));
    arena_release(&opened.arena);
}

/* Rows that straddle the window's end come out as they went in. */
static void test_long_table(void **state)
{
    enum { ROWS = 700000 };
    struct opened opened;
    struct csv_row row;
    struct arena arena;
    struct text text;
    (void)state;
    arena_init(&arena, &allocator_heap);
    text_init(&text, &arena);
    text_add(&text, "a,b\n");
    for (size_t i = 0; i < ROWS; i++)
        text_printf(&text, i % 3 == 0 ? "%zu,\"x,\"\"%zu\"\n" : "%zu,x%zu\n", i, i);
    open_bytes(&opened, text.data, text.length);
    for (size_t i = 0; i < ROWS; i++) {
        char expected[40];
        assert_true(csv_next(opened.csv, &row));
        assert_null(row.fault);
        assert_int_equal(row.count, 2);
        snprintf(expected, sizeof expected, i % 3 == 0 ? "x,\"%zu" : "x%zu", i);
        assert_int_equal(row.cells[1].length, strlen(expected));
        assert_memory_equal(row.cells[1].text, expected, strlen(expected));
    }
    assert_false(csv_next(opened.csv, &row));
    arena_release(&opened.arena);
    arena_release(&arena);
}

/* An open quote does not swallow a long table: the row is told and reading goes on. */
static void test_open_quote_in_long_table(void **state)
{
    struct opened opened;
    struct csv_row row;
    struct arena arena;
    struct text text;
    size_t rows = 0;
    (void)state;
    arena_init(&arena, &allocator_heap);
    text_init(&text, &arena);
    text_add(&text, "a,b\n1,\"open\n");
    while (text.length < 3 * CSV_MOST_ROW)
        text_add(&text, "2,3\n");
    open_bytes(&opened, text.data, text.length);
    assert_true(csv_next(opened.csv, &row));
    assert_string_equal(row.fault, "the row is longer than a row may be: is a quote left open?");
    while (csv_next(opened.csv, &row)) {
        assert_null(row.fault);
        rows++;
    }
    assert_int_equal(rows, (text.length - strlen("a,b\n1,\"open\n")) / 4);
    arena_release(&opened.arena);
    arena_release(&arena);
}

static void test_no_file(void **state)
{
    struct opened opened = {.path = "/nowhere/at/all.csv"};
    (void)state;
    arena_init(&opened.arena, &allocator_heap);
    diags_init(&opened.diags, &opened.arena);
    assert_true(arena_try(&opened.arena, open_body, &opened));
    assert_int_equal(opened.status, STATUS_IO);
    arena_release(&opened.arena);
}

/* --- columns --------------------------------------------------------------------------------- */

static void test_cells(void **state)
{
    static const char *const labels[] = {"minor", "grave"};
    static const struct schema number = {
        .kind = SCHEMA_NUMBER, .unit_scale = 2, .low = 0, .high = 1e6, .high_open = true};
    static const struct schema whole = {
        .kind = SCHEMA_NUMBER, .unit_scale = 1, .low = 0, .high = 9, .whole = true};
    static const struct schema truth = {.kind = SCHEMA_TRUTH};
    static const struct schema label = {.kind = SCHEMA_LABEL, .labels = labels, .label_count = 2};
    static const struct {
        const struct schema *schema;
        const char *cell;
        double value; /* NAN: a fault */
        const char *fault;
    } cases[] = {
        {&number, "0", 0, NULL},
        {&number, "12", 24, NULL},
        {&number, "1.5", 3, NULL},
        {&number, "2e3", 4000, NULL},
        {&number, "999999.5", 1999999, NULL},
        {&number, "-5", (double)NAN, "must be at least 0, not -5"},
        {&number, "1000000", (double)NAN, "must be below 1000000, not 1000000"},
        {&number, "many", (double)NAN, "`many` is no number"},
        {&number, "012", (double)NAN, "`012` is no number"},
        {&number, "1 2", (double)NAN, "`1 2` is no number"},
        {&number, "nan", (double)NAN, "`nan` is no number"},
        {&whole, "3", 3, NULL},
        {&whole, "3.0", 3, NULL},
        {&whole, "2.5", (double)NAN, "must be a whole number, not 2.5"},
        {&whole, "10.5", (double)NAN, "must be at most 9, not 10.5"},
        {&truth, "true", 1, NULL},
        {&truth, "false", 0, NULL},
        {&truth, "True", (double)NAN, "`True` is neither `true` nor `false`"},
        {&label, "grave", 1, NULL},
        {&label, "grabe", (double)NAN, "there is no `grabe`: did you mean `grave`?"},
        {&label, "x", (double)NAN, "there is no `x`: one of `minor`, `grave`"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, &allocator_heap);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct csv_cell cell = {cases[i].cell, strlen(cases[i].cell)};
        const char *fault = NULL;
        double value = -1;
        bool good = column_value(cases[i].schema, &cell, &value, &arena, &fault);
        assert_int_equal(good, cases[i].fault == NULL);
        if (good)
            assert_close(value, cases[i].value, 0, 0);
        else
            assert_string_equal(fault, cases[i].fault);
    }
    arena_release(&arena);
}

/* --- what is written -------------------------------------------------------------------------- */

static bool collect(void *context, const char *data, size_t size)
{
    text_add_n(context, data, size);
    return true;
}

static void sink_body(void *argument)
{
    struct arena *arena = argument;
    struct diags diags;
    struct text out;
    struct sink *sink = NULL;
    diags_init(&diags, arena);
    text_init(&out, arena);
    assert_int_equal(sink_open(arena, NULL, collect, &out, &sink, &diags), STATUS_OK);
    sink_add_cell(sink, "a,\"b\"", 5);
    sink_add(sink, ",", 1);
    const double numbers[] = {0, -7, 87.5, 0.1, -0.05, 1e15, 123456789012, 0.1 + 0.2, 10};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        sink_add_number(sink, numbers[i]);
        sink_add(sink, ";", 1);
    }
    assert_string_equal(out.data, ""); /* nothing before it is kept */
    assert_int_equal(sink_keep(sink, &diags), STATUS_OK);
    assert_string_equal(out.data, "\"a,\"\"b\"\"\",0;-7;87.5;0.1;-0.05;1e+15;123456789012;"
                                  "0.30000000000000004;10;");
}

static void test_sink(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, &allocator_heap);
    assert_true(arena_try(&arena, sink_body, &arena));
    arena_release(&arena);
}

/* --- any bytes ------------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea & Flood 2014) */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

/* Whatever stands in a file, reading it ends, and every cell lies where it should. */
static void test_random_bytes(void **state)
{
    static const char alphabet[] = {'a', ',', '"', '\n', '\r', '\0', ' ', '\xC3'};
    uint64_t seed = 7;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        char bytes[64] = "a,b\n";
        struct opened opened;
        struct csv_row row;
        size_t size = 4 + random_next(&seed) % 60, rows = 0, read = 0;
        for (size_t at = 4; at < size; at++)
            bytes[at] = alphabet[random_next(&seed) % sizeof alphabet];
        open_bytes(&opened, bytes, size);
        assert_int_equal(opened.status, STATUS_OK);
        while (csv_next(opened.csv, &row)) {
            assert_true(++rows <= size);
            read += row.raw_length;
            for (size_t c = 0; c < row.count; c++)
                assert_true(row.cells[c].length <= row.raw_length);
        }
        assert_true(read <= size);
        assert_null(csv_failed(opened.csv));
        arena_release(&opened.arena);
    }
}

static void round_trip_body(void *argument)
{
    struct opened *opened = argument;
    static const char alphabet[] = "ab,\"\n\r ";
    uint64_t seed = 11;
    char cells[500][2][12];
    struct sink *sink = NULL;
    struct csv_row row;
    assert_int_equal(sink_open(&opened->arena, opened->path, NULL, NULL, &sink, &opened->diags),
                     STATUS_OK);
    sink_add_text(sink, "a,b\n");
    for (size_t r = 0; r < 500; r++)
        for (size_t c = 0; c < 2; c++) {
            size_t length = random_next(&seed) % 11;
            for (size_t i = 0; i < length; i++)
                cells[r][c][i] = alphabet[random_next(&seed) % (sizeof alphabet - 1)];
            cells[r][c][length] = '\0';
            sink_add_cell(sink, cells[r][c], length);
            sink_add_text(sink, c == 0 ? "," : "\n");
        }
    assert_int_equal(sink_keep(sink, &opened->diags), STATUS_OK);
    assert_int_equal(csv_open(&opened->arena, opened->path, &opened->csv, &opened->diags),
                     STATUS_OK);
    for (size_t r = 0; r < 500; r++) {
        assert_true(csv_next(opened->csv, &row));
        assert_null(row.fault);
        assert_int_equal(row.count, 2);
        for (size_t c = 0; c < 2; c++) {
            assert_int_equal(row.cells[c].length, strlen(cells[r][c]));
            assert_memory_equal(row.cells[c].text, cells[r][c], row.cells[c].length);
        }
    }
    assert_false(csv_next(opened->csv, &row));
}

/* What is written is read back, whatever the cells hold. */
static void test_round_trip(void **state)
{
    char *path = write_file("", 0);
    struct opened opened = {.path = path};
    (void)state;
    arena_init(&opened.arena, &allocator_heap);
    diags_init(&opened.diags, &opened.arena);
    assert_true(arena_try(&opened.arena, round_trip_body, &opened));
    arena_release(&opened.arena);
    unlink(path);
    free(path);
}

/* A file that is not kept leaves what stood there, and nothing beside it. */
static void drop_body(void *argument)
{
    struct opened *opened = argument;
    struct sink *sink = NULL;
    assert_int_equal(sink_open(&opened->arena, opened->path, NULL, NULL, &sink, &opened->diags),
                     STATUS_OK);
    sink_add_text(sink, "half");
}

static void test_sink_dropped(void **state)
{
    char folder[] = "/tmp/assize-sink-XXXXXX";
    char path[64];
    struct opened opened = {.path = path};
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/out.csv", folder);
    arena_init(&opened.arena, &allocator_heap);
    diags_init(&opened.diags, &opened.arena);
    assert_true(arena_try(&opened.arena, drop_body, &opened));
    arena_release(&opened.arena);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(rmdir(folder), 0); /* it is empty */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),      cmocka_unit_test(test_byte_of_no_text),
        cmocka_unit_test(test_headers),    cmocka_unit_test(test_places),
        cmocka_unit_test(test_long_table), cmocka_unit_test(test_open_quote_in_long_table),
        cmocka_unit_test(test_no_file),    cmocka_unit_test(test_cells),
        cmocka_unit_test(test_sink),       cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_sink_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
