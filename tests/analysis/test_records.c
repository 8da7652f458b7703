/* Populations from tables of records: what they hold, and what is refused with which words. */
#include "analysis/records_loaded.h"

#include <fcntl.h>

/* --- what a population holds ------------------------------------------------------------------ */

static const char usual[] = "  file: t.csv\n"
                            "  smallest_cell: 1\n"
                            "  class: {column: kind, names: {1: drug, 2: fraud}}\n"
                            "  weight: w\n"
                            "  codes: {term: {life: 9996}}\n"
                            "  columns:\n"
                            "    term: {column: term, codes: {life: 500 month}}\n"
                            "    life: {column: term, is: life}\n";

static const struct premise *premise(struct loaded *loaded, const char *path)
{
    const struct premise *found = scenario_premise(loaded->scenario, path);
    if (found == NULL)
        print_error("%s\n%s", path, loaded_said(loaded));
    assert_non_null(found);
    return found;
}

static void assert_well(struct loaded *loaded)
{
    assert_string_equal(loaded_said(loaded), "");
    assert_int_equal(loaded->status, STATUS_OK);
    assert_non_null(loaded->population);
}

/* Worked out by hand: drug 6, 500 (life) with weights 1, 3; fraud 12, 0 with weights 2, 2. */
static void test_values(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    loaded_open(&loaded, usual, "id,kind,w,term\na,2,2,12\nb,1,1,6\nc,1,3,9996\nd,2,2,0\n");
    assert_well(&loaded);
    const struct population *population = loaded.population;
    assert_int_equal(population->persons, 4);
    assert_int_equal(population->class_count, 2);
    assert_string_equal(loaded.scenario->cases[0], "drug");
    assert_string_equal(loaded.scenario->cases[1], "fraud");
    assert_int_equal(population->first[1], 2);
    const struct premise *term = premise(&loaded, "cases.drug.term");
    const double *terms = population->columns[term->column - 1];
    const double expected[] = {6, 500, 12, 0}; /* by class, then in the file's order */
    for (size_t i = 0; i < 4; i++)
        assert_true(terms[i] == expected[i]);
    assert_true(term->value == (6 + 3 * 500) / 4.0);
    assert_true(premise(&loaded, "cases.fraud.term")->value == 6);
    assert_int_equal(premise(&loaded, "cases.fraud.term")->column, term->column);
    const struct premise *life = premise(&loaded, "cases.drug.life");
    assert_true(population->columns[life->column - 1][1] == 1);
    assert_true(life->value == 1); /* most weight says so */
    assert_true(premise(&loaded, "cases.fraud.life")->value == 0);
    assert_true(population->class_weight[0] == 4 && population->class_weight[1] == 4);
    assert_true(premise(&loaded, "cases.drug.share")->value == 0.5);
    assert_true(population->weights[1] == 3);
    loaded_close(&loaded);
}

/* 1 year = 12 month; cells are divided by `per`; names of labels; constants. */
static void test_units_and_names(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    loaded_open(&loaded,
                "  file: t.csv\n"
                "  smallest_cell: 1\n"
                "  columns:\n"
                "    term: {column: years, unit: year, per: 2}\n"
                "    quantity: 3\n"
                "    role: {column: r, names: {1: leads, 2: helps, 3: helps}}\n"
                "    rule: {constant: 2B1.1}\n",
                "years,r\n3,1\n1.5,3\n");
    assert_well(&loaded);
    const struct premise *term = premise(&loaded, "cases.all.term");
    const double *terms = loaded.population->columns[term->column - 1];
    assert_true(terms[0] == 18 && terms[1] == 9);
    const struct premise *role = premise(&loaded, "cases.all.role");
    const double *roles = loaded.population->columns[role->column - 1];
    assert_true(roles[0] == 1 && roles[1] == 0);
    assert_int_equal(premise(&loaded, "cases.all.quantity")->column, 0);
    assert_true(premise(&loaded, "cases.all.quantity")->value == 3);
    assert_null(loaded.population->weights);
    assert_true(loaded.population->class_weight[0] == 2);
    loaded_close(&loaded);
}

/* A byte order mark, CRLF, and no line break at the end. */
static void test_windows(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    loaded_begin(&loaded, usual);
    char from[] = "tests/hostile/records/windows.csv", data[256];
    FILE *file = fopen(from, "r");
    assert_non_null(file);
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    loaded_write(&loaded, "t.csv", data, size);
    loaded_end(&loaded);
    assert_well(&loaded);
    assert_int_equal(loaded.population->persons, 2);
    loaded_close(&loaded);
}

static void test_input_is_hashed(void **state)
{
    (void)state;
    struct loaded one = {0}, other = {0};
    loaded_open(&one, usual, "kind,w,term\n1,1,6\n");
    loaded_open(&other, usual, "kind,w,term\n1,1,6\n\n");
    assert_int_equal(one.plugin_library.input_count, 1);
    assert_string_equal(one.plugin_library.inputs[0].file.name, "records");
    assert_int_equal(one.plugin_library.inputs[0].file.size, strlen("kind,w,term\n1,1,6\n"));
    /* sha256sum of the same bytes */
    assert_string_equal(one.plugin_library.inputs[0].hash,
                        "8f0fd0a053c0e2f80b07b8c26b0f7763344f8e2ac3f0ef09390492584d560664");
    assert_int_not_equal(other.status, STATUS_OK); /* a row without cells */
    loaded_close(&one);
    loaded_close(&other);
}

/* --- small classes ---------------------------------------------------------------------------- */

static const char pooling[] = "  file: t.csv\n"
                              "  class: kind\n"
                              "  smallest_cell: 3\n"
                              "  columns: {term: term}\n";

/* The text of a table with `counts[i]` persons of class `names[i]`, each with a term of i. */
static const char *people(char *text, size_t size, const char *const *names, const size_t *counts,
                          size_t count)
{
    size_t at = (size_t)snprintf(text, size, "kind,term\n");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < counts[i]; k++)
            at += (size_t)snprintf(text + at, size - at, "%s,%zu\n", names[i], i);
    return text;
}

struct pool {
    size_t counts[4]; /* of a, b, c, other */
    const char *classes;
    uint64_t pooled;
};

static void test_pooling(void **state)
{
    (void)state;
    static const char *const names[] = {"c", "a", "b", "other"};
    static const struct pool pools[] = {
        {{5, 4, 3, 0}, "a4 b3 c5 ", 0},
        {{5, 2, 1, 0}, "c5 other3 ", 2},  /* together enough */
        {{5, 4, 1, 0}, "c5 other5 ", 2},  /* one alone would be seen: the next goes with it */
        {{5, 2, 0, 0}, "other7 ", 2},     /* nothing else is left */
        {{5, 4, 1, 6}, "c5 other11 ", 3}, /* one is called so itself */
        {{5, 4, 3, 6}, "a4 b3 c5 other6 ", 0},
    };
    for (size_t i = 0; i < COUNT_OF(pools); i++) {
        char text[1024], made[256] = "";
        struct loaded loaded = {0};
        loaded_open(&loaded, pooling, people(text, sizeof text, names, pools[i].counts, 4));
        assert_well(&loaded);
        for (size_t c = 0; c < loaded.population->class_count; c++)
            snprintf(made + strlen(made), sizeof made - strlen(made), "%s%llu ",
                     loaded.scenario->cases[c],
                     (unsigned long long)(loaded.population->first[c + 1] -
                                          loaded.population->first[c]));
        assert_string_equal(made, pools[i].classes);
        assert_int_equal(loaded.population->pooled_classes, pools[i].pooled);
        loaded_close(&loaded);
    }
}

/* --- rows that are dropped -------------------------------------------------------------------- */

/* Kept: 6, 12. Dropped: 30 and 60 lack a weight, the last one all but its kind. */
static void test_dropped(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    loaded_open(&loaded,
                "  file: t.csv\n"
                "  smallest_cell: 2\n"
                "  missing: drop\n"
                "  class: kind\n"
                "  weight: w\n"
                "  columns: {term: term}\n",
                "kind,w,term\na,1,6\na,,30\na,1,12\na,,60\na,,\n");
    assert_well(&loaded);
    const struct population *population = loaded.population;
    assert_int_equal(population->rows, 5);
    assert_int_equal(population->persons, 2);
    assert_int_equal(population->dropped, 3);
    assert_int_equal(population->reason_count, 3);
    assert_string_equal(population->reasons[2].column, "w");
    assert_int_equal(population->reasons[2].rows, 3);
    assert_int_equal(population->reasons[1].rows, 1);
    const struct dropped_compared *compared = &population->compared[0];
    assert_string_equal(compared->name, "term");
    assert_true(compared->kept == 9 && compared->dropped == 45);
    assert_int_equal(compared->dropped_with, 2);
    assert_true(isnan(population->compared[1].dropped)); /* none of them has a weight */
    loaded_close(&loaded);
}

/* --- hostile tables --------------------------------------------------------------------------- */

struct hostile {
    const char *file; /* in tests/hostile/records */
    enum status status;
    const char *said;
};

static const struct hostile hostile_files[] = {
    {"empty", STATUS_SCENARIO, "t.csv:1:0 the table has no header\n"},
    {"header-only", STATUS_SCENARIO, "t.csv:0:0 the table has no rows\n"},
    {"twice", STATUS_SCENARIO, "t.csv:1:0 the column `term` stands twice\n"},
    {"nameless", STATUS_SCENARIO, "t.csv:1:0 column 2 has no name\n"},
    {"text", STATUS_SCENARIO,
     "t.csv:3:5 row 2, column `term`: `seven` is no number = a number such as 12, -0.5 or 1e3; "
     "other texts need a name in `records.codes`\n"},
    {"open-quote", STATUS_SCENARIO, "t.csv:3:5 row 2: a quote is opened and never closed\n"},
    {"cut", STATUS_SCENARIO, "t.csv:3:0 row 2: it has 2 cells, the header 3: is it cut off?\n"},
    {"long", STATUS_SCENARIO, "t.csv:3:0 row 2: it has 4 cells, the header 3: is it cut off?\n"},
    {"class", STATUS_SCENARIO,
     "t.csv:3:1 row 2, column `kind`: `7` has no name among `records.class.names` = add it "
     "there\n"},
    {"missing", STATUS_SCENARIO,
     "t.csv:2:5 row 1, column `term`: the cell is empty = fill it, or write `missing: drop` to "
     "leave such rows out\n"
     "t.csv:3:3 row 2, column `w`: the cell is empty = fill it, or write `missing: drop` to leave "
     "such rows out\n"},
    {"negative", STATUS_SCENARIO,
     "t.csv:3:3 row 2, column `w`: `weight` must be at least 0, not -1\n"},
    {"weightless", STATUS_SCENARIO,
     "scenario.yaml:11:11 every weight is 0 = weights say how many people a person stands for\n"},
    {"weight-sum", STATUS_SCENARIO,
     "scenario.yaml:11:11 the weights add up to more than a number can hold = weights say how many "
     "people a person stands for\n"},
    {"no-number", STATUS_SCENARIO,
     "t.csv:2:5 row 1, column `term`: `nan` is no number = a number such as 12, -0.5 or 1e3; "
     "other texts need a name in `records.codes`\n"
     "t.csv:3:5 row 2, column `term`: `inf` is no number = a number such as 12, -0.5 or 1e3; "
     "other texts need a name in `records.codes`\n"
     "t.csv:4:5 row 3, column `term`: `1e400` is no number = a number such as 12, -0.5 or 1e3; "
     "other texts need a name in `records.codes`\n"
     "t.csv:5:5 row 4, column `term`: `-0x1` is no number = a number such as 12, -0.5 or 1e3; "
     "other texts need a name in `records.codes`\n"
     "t.csv:6:5 row 5, column `term`: `term` must be at most 600 month, not 1e+308\n"},
    {"outside", STATUS_SCENARIO,
     "t.csv:3:5 row 2, column `term`: `term` must be at least 0 month, not -3\n"
     "t.csv:4:5 row 3, column `term`: `term` must be at most 600 month, not 601\n"},
    {"bytes", STATUS_SCENARIO,
     "t.csv:3:5 row 2, column `term`: `` is no number = a number such as 12, -0.5 or 1e3; other "
     "texts need a name in `records.codes`\n"},
    {"nul", STATUS_SCENARIO, "t.csv:3:6 row 2: a byte that is no text\n"},
};

static void open_hostile(struct loaded *loaded, const char *records, const char *name)
{
    char path[64], data[4096];
    snprintf(path, sizeof path, "tests/hostile/records/%s.csv", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    loaded_begin(loaded, records);
    loaded_write(loaded, "t.csv", data, size);
    loaded_end(loaded);
}

static void test_hostile(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(hostile_files); i++) {
        struct loaded loaded = {0};
        open_hostile(&loaded, usual, hostile_files[i].file);
        assert_string_equal(loaded_said(&loaded), hostile_files[i].said);
        assert_int_equal(loaded.status, hostile_files[i].status);
        loaded_close(&loaded);
    }
}

/* Nothing that stands in a cell is said where the records are private. */
static void test_private(void **state)
{
    (void)state;
    static const char *const files[] = {"text", "class", "no-number", "outside", "negative"};
    static const char *const told[] = {"seven", "7", "nan", "-3", "-1", "1e308", "601", "1e400"};
    char records[1024];
    snprintf(records, sizeof records, "%s  private: true\n", usual);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct loaded loaded = {0};
        open_hostile(&loaded, records, files[i]);
        assert_int_equal(loaded.status, STATUS_SCENARIO);
        for (size_t d = 0; d < loaded.diags.count; d++)
            for (size_t k = 0; k < COUNT_OF(told); k++)
                assert_null(strstr(loaded.diags.items[d].message, told[k]));
        loaded_close(&loaded);
    }
}

/* Twenty faults are listed and the rest are counted. */
static void test_many_faults(void **state)
{
    (void)state;
    char text[8192] = "kind,w,term\n";
    struct loaded loaded = {0};
    for (size_t i = 0; i < 500; i++)
        strcat(text, "1,1,many\n");
    loaded_open(&loaded, usual, text);
    assert_int_equal(loaded.diags.count, DIAGS_MOST);
    assert_int_equal(loaded.diags.errors, 500);
    assert_int_equal(loaded.diags.dropped, 500 - DIAGS_MOST);
    loaded_close(&loaded);
}

static void test_huge_row(void **state)
{
    (void)state;
    size_t size = 3u << 20;
    char *text = malloc(size + 64);
    struct loaded loaded = {0};
    assert_non_null(text);
    strcpy(text, "kind,w,term\n1,1,");
    memset(text + strlen(text), '1', size);
    strcpy(text + size, "\n1,1,6\n");
    loaded_open(&loaded, usual, text);
    free(text);
    assert_string_equal(loaded_said(&loaded),
                        "t.csv:2:0 row 1: the row is longer than a row may be: is a quote left "
                        "open?\n");
    loaded_close(&loaded);
}

/* --- files that are none ---------------------------------------------------------------------- */

static void assert_no_table(struct loaded *loaded, const char *said)
{
    loaded_end(loaded);
    assert_string_equal(loaded_said(loaded), said);
    assert_int_equal(loaded->status, STATUS_IO);
    loaded_close(loaded);
}

static void test_no_table(void **state)
{
    (void)state;
    char path[64];
    struct loaded missing = {0}, folder = {0}, pipe = {0}, link = {0}, circle = {0};
    loaded_begin(&missing, usual);
    assert_no_table(&missing, "t.csv:0:0 No such file or directory\n");
    loaded_begin(&folder, usual);
    snprintf(path, sizeof path, "%s/t.csv", folder.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_no_table(&folder, "t.csv:0:0 a folder, not a table\n");
    loaded_begin(&pipe, usual);
    snprintf(path, sizeof path, "%s/t.csv", pipe.folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_no_table(&pipe, "t.csv:0:0 not a regular file\n");
    loaded_begin(&link, usual);
    snprintf(path, sizeof path, "%s/t.csv", link.folder);
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_no_table(&link, "t.csv:0:0 not a regular file\n");
    loaded_begin(&circle, usual);
    snprintf(path, sizeof path, "%s/t.csv", circle.folder);
    assert_int_equal(symlink("t.csv", path), 0);
    assert_no_table(&circle, "t.csv:0:0 Too many levels of symbolic links\n");
}

/* Between the two readings: a value, a row less, a row more, another class. */
static void test_changed(void **state)
{
    (void)state;
    static const char *const later[] = {"kind,w,term\n1,1,7\n2,1,6\n", "kind,w,term\n1,1,6\n",
                                        "kind,w,term\n1,1,6\n1,1,6\n2,1,6\n",
                                        "kind,w,term\n1,1,6\n3,1,6\n"};
    for (size_t i = 0; i < COUNT_OF(later); i++) {
        struct loaded loaded = {.later = later[i]};
        loaded_open(&loaded, usual, "kind,w,term\n1,1,6\n2,1,6\n");
        assert_string_equal(loaded_said(&loaded),
                            "t.csv:0:0 the file has changed while it was being read\n");
        assert_int_equal(loaded.status, STATUS_IO);
        loaded_close(&loaded);
    }
}

/* Two columns, `term` and the weight of 1, of 8 bytes for each person: 2^20 times 16 bytes. */
static void test_memory(void **state)
{
    (void)state;
    enum { PERSONS = 1 << 20 };
    char *text = malloc(2 * PERSONS + 16);
    struct loaded loaded = {.limit = 14 << 20};
    assert_non_null(text);
    strcpy(text, "term\n");
    for (size_t i = 0; i < PERSONS; i++)
        memcpy(text + 5 + 2 * i, "1\n", 3);
    loaded_open(&loaded, "  file: t.csv\n  columns: {term: term}\n", text);
    free(text);
    assert_string_equal(loaded_said(&loaded), "t.csv:0:0 16 MiB are needed to hold the persons, "
                                              "more than there may be\n");
    assert_int_equal(loaded.status, STATUS_IO);
    loaded_close(&loaded);
}

/* --- too few ---------------------------------------------------------------------------------- */

static void test_too_few(void **state)
{
    (void)state;
    struct loaded few = {0}, none = {0};
    loaded_open(&few, pooling, "kind,term\na,1\nb,2\n");
    assert_string_equal(loaded_said(&few),
                        "t.csv:0:0 the table has fewer persons than `smallest_cell`: no figure "
                        "about them may be shown\n");
    loaded_open(&none,
                "  file: t.csv\n"
                "  missing: drop\n"
                "  columns: {term: term}\n",
                "kind,term\na,\nb,\n");
    assert_string_equal(loaded_said(&none),
                        "t.csv:0:0 no person is left: every row lacks a value\n");
    loaded_close(&few);
    loaded_close(&none);
}

/* Classes of `each` persons, and the table of them. */
static char *many_classes(int count, int each)
{
    char *text = calloc(1, 65536), *at = text;
    assert_non_null(text);
    at += sprintf(at, "kind,term\n");
    for (int i = 0; i < count * each; i++)
        at += sprintf(at, "k%d,1\n", i % count);
    return text;
}

static void test_too_many_classes(void **state)
{
    (void)state;
    struct loaded many = {0}, tiny = {0};
    char *text = many_classes(RECORDS_MOST_CLASSES + 1, 3);
    loaded_open(&many, pooling, text);
    assert_string_equal(loaded_said(&many),
                        "scenario.yaml:9:10 the records have more than 200 classes = group them: "
                        "`class: {column: ..., names: {text: class, ...}}`\n");
    free(text);
    text = many_classes(1000, 1); /* too small to stand alone, so put together */
    loaded_open(&tiny, pooling, text);
    assert_well(&tiny);
    assert_int_equal(tiny.scenario->case_count, 1);
    assert_int_equal(tiny.population->pooled_classes, 1000);
    free(text);
    loaded_close(&many);
    loaded_close(&tiny);
}

/* Texts that a file has where nothing is known. */
static void test_missing_codes(void **state)
{
    (void)state;
    struct loaded drops = {0}, refuses = {0};
    loaded_open(&drops,
                "  file: t.csv\n  smallest_cell: 1\n  missing: drop\n"
                "  codes: {missing: [NA, \".\"], term: {missing: 9999}}\n"
                "  columns: {term: term, quantity: q}\n",
                "term,q\n6,1\nNA,2\n.,3\n9999,4\n12,NA\n18,5\n");
    assert_well(&drops);
    assert_int_equal(drops.population->persons, 2);
    assert_int_equal(drops.population->dropped, 4);
    const struct premise *term = premise(&drops, "cases.all.term");
    assert_true(term->value == 12); /* the mean of 6 and 18 */
    loaded_open(&refuses,
                "  file: t.csv\n  smallest_cell: 1\n  codes: {missing: NA}\n"
                "  columns: {term: term}\n",
                "term\n6\nNA\n");
    assert_non_null(strstr(loaded_said(&refuses), "the value is missing"));
    loaded_close(&drops);
    loaded_close(&refuses);
}

/* Nine of ten persons count for nothing, so the class's figures would be one person's. */
static void test_weights_of_nothing(void **state)
{
    (void)state;
    struct loaded loaded = {0};
    char text[256] = "w,term\n1,133\n";
    for (int i = 0; i < 9; i++)
        strcat(text, "0,6\n");
    loaded_open(&loaded, "  file: t.csv\n  weight: w\n  columns: {term: term}\n", text);
    assert_int_equal(loaded.status, STATUS_SCENARIO);
    assert_non_null(strstr(loaded_said(&loaded),
                           "class `all` has fewer than 10 persons with a weight above 0"));
    loaded_close(&loaded);
}

/* --- what the scenario gets wrong ------------------------------------------------------------- */

struct wrong {
    const char *records, *said;
};

static const struct wrong wrongs[] = {
    {"  file: t.csv\n  columns: {term: tern}\n",
     "scenario.yaml:9:19 the records have no column `tern` = did you mean `term`?\n"},
    {"  file: t.csv\n  weight: frequency\n  columns: {term: term}\n",
     "scenario.yaml:9:11 the records have no column `frequency` = a text is the name of a column; "
     "the file "
     "has 3, the first is `kind`; a text for all is written `{constant: text}`\n"},
    {"  file: t.csv\n  columns: {rule: term}\n",
     "scenario.yaml:9:19 `records.columns.rule` cannot come from a column = write `{constant: "
     "...}`: the same for all\n"},
    {"  file: t.csv\n  columns: {blame: w}\n",
     "scenario.yaml:9:20 `records.columns.blame` is a moral choice: no record settles it = write "
     "it with a value and a range\n"},
    {"  file: t.csv\n  columns: {life: {column: term, unit: month}}\n",
     "scenario.yaml:9:19 `records.columns.life` must be `true` or `false` = `per`, `unit` and "
     "`codes` make a number\n"},
    {"  file: t.csv\n  columns: {term: {column: term, unit: hu}}\n",
     "scenario.yaml:9:40 `records.columns.term` must be in month, not in `hu` = write it in "
     "`month`\n"},
    {"  file: t.csv\n  codes: {life: 9996}\n  columns: {term: term}\n",
     "t.csv:3:5 row 2, column `term`: it says `life`, which is no number for `term` = add `codes: "
     "{life: number}` there, or keep the code to its own column: `records.codes: {column: {life: "
     "text}}`\n"},
    {"  file: t.csv\n  columns: {victims: {column: term, per: 4}}\n",
     "t.csv:2:5 row 1, column `term`: `victims` must be a whole number\n"},
    {"  file: t.csv\n  columns: {role: term}\n",
     "t.csv:2:5 row 1, column `term`: `6` is no value of `role` = one of `helps`, `leads`\n"
     "t.csv:3:5 row 2, column `term`: `9996` is no value of `role` = one of `helps`, `leads`\n"},
    {"  file: t.csv\n  class: kind\n  columns: {life: false}\n",
     "t.csv:2:1 row 1, column `kind`: `1` cannot be the name of a class: a letter, then letters, "
     "digits, `-` and `_` = give names: `class: {column: ..., names: {text: name, ...}}`\n"
     "t.csv:3:1 row 2, column `kind`: `2` cannot be the name of a class: a letter, then letters, "
     "digits, `-` and `_` = give names: `class: {column: ..., names: {text: name, ...}}`\n"},
    {"  file: t.csv\n  codes: {trem: {life: 9996}}\n  columns: {life: false}\n",
     "scenario.yaml:9:17 the records have no column `trem` = did you mean `term`?\n"},
};

/* What is wrong before the table is opened. */
static const struct wrong unread[] = {
    {"  fil: t.csv\n",
     "scenario.yaml:7:1 `records.file` is missing = add `file:` with the name of a CSV file\n"
     "scenario.yaml:7:1 `records.columns` is missing = add `columns:` with what stands in every "
     "case\n"
     "scenario.yaml:8:3 unknown key `fil` = did you mean `file`?\n"},
    {"  file: t.csv\n  missing: skip\n  columns: {term: term}\n",
     "scenario.yaml:9:12 rows that lack a value are refused or dropped, not `skip` = one of "
     "`refuse`, `drop`\n"},
    {"  file: t.csv\n  smallest_cell: 0\n  columns: {term: term}\n",
     "scenario.yaml:9:18 `records.smallest_cell` cannot be 0 = a whole number of persons, 1 or "
     "more\n"},
    {"  file: t.csv\n  codes: {life: 9996, death: 9996}\n  columns: {term: term}\n",
     "scenario.yaml:9:30 `9996` is the text of two codes = a text has one name in a column\n"},
    {"  file: t.csv\n  codes: {life: 9996}\n  columns: {life: {column: term, is: lief}}\n",
     "scenario.yaml:10:38 there is no code `lief` = did you mean `life`?\n"},
    {"  file: t.csv\n  columns: {term: {column: term, per: 0}}\n",
     "scenario.yaml:9:39 cells cannot be divided by 0 = a number above 0\n"},
    {"  file: t.csv\n  columns: {share: w}\n",
     "scenario.yaml:9:13 the share of a person is his weight = write `weight:` beside "
     "`columns:`\n"},
    {"  file: t.csv\n  class: {column: kind, names: {1: unit, 2: no drug}}\n  columns: {life: "
     "true}\n",
     "scenario.yaml:9:36 `unit` cannot be the name of a class = it is a key of the scenario: "
     "choose another name\n"
     "scenario.yaml:9:45 `no drug` cannot be the name of a class = a letter, then letters, "
     "digits, `-` and `_`\n"},
    {"  file: t.csv\n  codes: {life: 1}\n  columns: {life: {column: term, is: life, per: 2}}\n",
     "scenario.yaml:10:19 `records.columns.life` is a number (`per`, `unit`, `codes`), a truth "
     "(`is`) or a name (`names`), not several = use the column twice, under two names\n"},
    {"  file: t.csv\n  columns: {term: term}\ncases: {a: {share: 1}}\n",
     "scenario.yaml:7:1 `records` stand in place of `cases`, not beside them = keep one of "
     "them\n"},
};

static void test_unread(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(unread); i++) {
        struct loaded loaded = {0};
        loaded_open(&loaded, unread[i].records, "kind,w,term\n1,1,6\n");
        assert_string_equal(loaded_said(&loaded), unread[i].said);
        assert_int_equal(loaded.status, STATUS_SCENARIO);
        loaded_close(&loaded);
    }
}

static void test_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
        char records[1024];
        struct loaded loaded = {0};
        snprintf(records, sizeof records, "%s  smallest_cell: 1\n", wrongs[i].records);
        loaded_open(&loaded, records, "kind,w,term\n1,1,6\n2,1,9996\n");
        assert_string_equal(loaded_said(&loaded), wrongs[i].said);
        assert_int_equal(loaded.status, STATUS_SCENARIO);
        loaded_close(&loaded);
    }
}

/* --- settings --------------------------------------------------------------------------------- */

static const char with_constant[] = "  file: t.csv\n"
                                    "  smallest_cell: 1\n"
                                    "  class: {column: kind, names: {1: drug, 2: fraud}}\n"
                                    "  columns: {term: term, quantity: 3}\n";

static const char two[] = "kind,term\n1,6\n2,9\n";

static void test_settings(void **state)
{
    (void)state;
    static const struct setting of_one[] = {{"cases.fraud.quantity", "5"}};
    static const struct setting of_all[] = {{"records.columns.quantity", "7"}};
    struct loaded one = {.settings = of_one, .setting_count = 1};
    struct loaded all = {.settings = of_all, .setting_count = 1};
    loaded_open(&one, with_constant, two);
    assert_well(&one);
    assert_true(premise(&one, "cases.drug.quantity")->value == 3);
    assert_true(premise(&one, "cases.fraud.quantity")->value == 5);
    loaded_open(&all, with_constant, two);
    assert_well(&all);
    assert_true(premise(&all, "cases.drug.quantity")->value == 7);
    assert_true(premise(&all, "cases.fraud.quantity")->set);
    loaded_close(&one);
    loaded_close(&all);
}

static void test_data_is_not_set(void **state)
{
    (void)state;
    static const char *const paths[] = {"cases.drug.term", "records.columns.term",
                                        "cases.drug.share"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        const struct setting setting = {paths[i], "12"};
        struct loaded loaded = {.settings = &setting, .setting_count = 1};
        char said[256];
        loaded_open(&loaded, with_constant, two);
        snprintf(said, sizeof said,
                 "--set %s=12:0:0 `%s` comes from a column = what stands in the records is data: "
                 "it cannot be set\n",
                 paths[i], paths[i]);
        assert_string_equal(loaded_said(&loaded), said);
        assert_int_equal(loaded.status, STATUS_USAGE);
        loaded_close(&loaded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_units_and_names),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_input_is_hashed),
        cmocka_unit_test(test_pooling),
        cmocka_unit_test(test_dropped),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_private),
        cmocka_unit_test(test_many_faults),
        cmocka_unit_test(test_huge_row),
        cmocka_unit_test(test_no_table),
        cmocka_unit_test(test_too_few),
        cmocka_unit_test(test_too_many_classes),
        cmocka_unit_test(test_missing_codes),
        cmocka_unit_test(test_weights_of_nothing),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_unread),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_data_is_not_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
