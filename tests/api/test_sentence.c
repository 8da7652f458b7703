/* Worksheets and tables through the public API; and docs/worksheet.md against what is written. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/opened.h"
#include "cmocka_all.h"
#include "plugin/failing.h"

static const char *const folders[] = {"tests/plugins", "plugins"};
static const struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = 2};

static int open_both(void **state)
{
    return open_with(state, config.plugin_folders, config.plugin_folder_count);
}

static const struct assize_change ledger_facts[] = {{"images", "150"},
                                                    {"computer", "true"},
                                                    {"kind_of_case", "grave"},
                                                    {"edition", "2010-01-01"},
                                                    {"groups", "[{level: 5, grave: true}]"}};

static const char *ledger(struct assize *assize, enum assize_format format)
{
    struct assize_sentence_options options = {
        .given = ledger_facts, .given_count = COUNT_OF(ledger_facts), .format = format};
    const char *text = NULL;
    if (assize_sentence(assize, "ledger", &options, &text) != ASSIZE_OK)
        print_error("%s", assize_messages(assize));
    assert_non_null(text);
    return text;
}

static void test_text(void **state)
{
    const char *text = ledger(*state, ASSIZE_TEXT);
    assert_non_null(strstr(text, "ledger 1.0.0: A ledger for tests\nedition 2010-01-01\n"));
    assert_non_null(strstr(text, "    +10  the base level is 10 [1(a)]\n"));
    assert_non_null(strstr(text, "     +3  3 levels for a computer [1(b)]\n"));
    assert_non_null(strstr(text, "   = 23  level 23\n")); /* 10 + 3 + 4 + 6 */
    assert_non_null(strstr(text, "Range                  23 to 46 months\n"));
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(strcspn(line, "\n") <= 100);
}

/* --- docs/worksheet.md ----------------------------------------------------------------------- */

enum { MOST_MEMBERS = 200, MEMBER_BYTES = 128 };

struct members {
    char names[MOST_MEMBERS][MEMBER_BYTES];
    size_t count;
};

static bool has(const struct members *members, const char *name)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->names[i], name) == 0)
            return true;
    return false;
}

static void add(struct members *members, const char *name)
{
    assert_true(members->count < MOST_MEMBERS);
    if (!has(members, name))
        snprintf(members->names[members->count++], MEMBER_BYTES, "%s", name);
}

/* Every member of a document by its path. */
static void walk(struct members *members, const json_t *value, const char *path)
{
    char below[MEMBER_BYTES];
    const char *key;
    json_t *child;
    size_t i;
    if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, key, child)
        {
            bool free_name = strcmp(path, "facts") == 0;
            snprintf(below, sizeof below, "%s%s%s", path, path[0] != '\0' ? "." : "",
                     free_name ? "*" : key);
            walk(members, child, below);
        }
        return;
    }
    bool of_objects = json_is_array(value) && json_is_object(json_array_get(value, 0));
    if (!of_objects) {
        add(members, path);
        return;
    }
    json_array_foreach(value, i, child)
    {
        snprintf(below, sizeof below, "%s[]", path);
        walk(members, child, below);
    }
}

/* The names in backquotes in the first column of the page's table. */
static void read_page(struct members *members)
{
    char line[1024];
    FILE *page = fopen("docs/worksheet.md", "r");
    assert_non_null(page);
    while (fgets(line, sizeof line, page) != NULL) {
        if (strncmp(line, "| `", 3) != 0)
            continue;
        *strchr(line + 1, '|') = '\0';
        for (char *name = strtok(line, "`"); name != NULL; name = strtok(NULL, "`"))
            if (strpbrk(name, "|, ") == NULL)
                add(members, name);
    }
    fclose(page);
}

static void test_page(void **state)
{
    static struct members written, told;
    json_t *document = json_loads(ledger(*state, ASSIZE_JSON), 0, NULL);
    assert_non_null(document);
    walk(&written, document, "");
    read_page(&told);
    for (size_t i = 0; i < written.count; i++) {
        if (!has(&told, written.names[i]))
            print_error("docs/worksheet.md lacks `%s`\n", written.names[i]);
        assert_true(has(&told, written.names[i]));
    }
    for (size_t i = 0; i < told.count; i++) {
        if (!has(&written, told.names[i]))
            print_error("docs/worksheet.md tells of `%s`\n", told.names[i]);
        assert_true(has(&written, told.names[i]));
    }
    json_decref(document);
}

static void test_json_values(void **state)
{
    json_t *document = json_loads(ledger(*state, ASSIZE_JSON), 0, NULL);
    json_t *result = json_object_get(document, "result");
    assert_close(json_number_value(json_object_get(result, "level")), 23, 0, 0);
    assert_close(json_number_value(json_object_get(result, "custody")), 23, 0, 0);
    assert_true(json_is_null(json_object_get(result, "category")));
    json_t *facts = json_object_get(document, "facts");
    assert_close(json_number_value(json_object_get(facts, "groups.1.level")), 5, 0, 0);
    assert_string_equal(json_string_value(json_object_get(facts, "kind_of_case")), "grave");
    json_decref(document);
}

/* The same facts give the same bytes. */
static void test_same_bytes(void **state)
{
    assert_string_equal(ledger(*state, ASSIZE_JSON), ledger(*state, ASSIZE_JSON));
}

/* --- a table --------------------------------------------------------------------------------- */

struct written {
    char text[4096];
    size_t length;
    uint64_t rows;
};

static bool collect(void *context, const char *data, size_t size)
{
    struct written *written = context;
    if (size > sizeof written->text - 1 - written->length)
        return false;
    memcpy(written->text + written->length, data, size);
    written->length += size;
    return true;
}

static void count_rows(void *context, uint64_t rows, double share)
{
    struct written *written = context;
    written->rows = rows;
    assert_true(share >= 0 && share <= 1);
}

static void test_records(void **state)
{
    char path[] = "/tmp/assize-records-XXXXXX";
    static const char table[] = "images,computer\n9,true\n100,false\n";
    struct written written = {.length = 0};
    struct assize_records_options options = {
        .write = collect, .progress = count_rows, .context = &written};
    int descriptor = mkstemp(path);
    assert_int_equal(write(descriptor, table, sizeof table - 1), sizeof table - 1);
    close(descriptor);
    assert_int_equal(assize_sentence_records(*state, "ledger", path, &options), ASSIZE_OK);
    assert_string_equal(written.text,
                        "row,level,category,low,high,statutory_low,statutory_high,zone,custody\n"
                        "1,13,,13,26,13,26,,13\n2,14,,14,28,14,28,,14\n");
    assert_int_equal(written.rows, 2);
    assert_int_equal(assize_sentence_records(*state, "ledger", "/nowhere.csv", &options),
                     ASSIZE_IO);
    unlink(path);
}

static void test_faults(void **state)
{
    const char *text = NULL;
    assert_int_equal(assize_sentence(*state, "leger", NULL, &text), ASSIZE_USAGE);
    assert_non_null(strstr(assize_messages(*state), "did you mean `ledger`?"));
    assert_int_not_equal(assize_sentence(*state, "ledger", NULL, &text), ASSIZE_OK);
    assert_non_null(strstr(assize_messages(*state), "missing facts: images, computer"));
    assert_null(text);
}

/* --- when memory runs out -------------------------------------------------------------------- */

static enum assize_status sentence_with(struct failing *failing, const char *path)
{
    struct assize_config own = config;
    struct assize *assize = NULL;
    static struct written written;
    struct assize_records_options records = {.write = collect, .context = &written};
    struct assize_sentence_options options = {.given = ledger_facts,
                                              .given_count = COUNT_OF(ledger_facts)};
    const char *text = NULL;
    written = (struct written){.length = 0};
    own.allocator = (struct assize_allocator){failing_resize, failing};
    enum assize_status status = assize_open(&own, &assize);
    if (status == ASSIZE_OK)
        status = path == NULL ? assize_sentence(assize, "ledger", &options, &text)
                              : assize_sentence_records(assize, "ledger", path, &records);
    assize_close(assize);
    return status;
}

/* Wherever memory runs out, the call says so and nothing is left behind. */
static void run_out(const char *path)
{
    struct failing whole = {0};
    assert_int_equal(sentence_with(&whole, path), ASSIZE_OK);
    assert_int_equal(whole.blocks, 0);
    for (size_t at = 1; at <= whole.requests; at++) {
        struct failing failing = {.fails_at = at, .for_good = true};
        assert_int_equal(sentence_with(&failing, path), ASSIZE_IO);
        assert_int_equal(failing.blocks, 0);
        assert_int_equal(failing.bytes, 0);
    }
}

static void test_memory_for_a_case(void **state)
{
    (void)state;
    run_out(NULL);
}

static void test_memory_for_a_table(void **state)
{
    char path[] = "/tmp/assize-records-XXXXXX";
    static const char table[] = "images,computer,edition\n9,true,2001-01-01\n100,false,\n"
                                "5,true,2002-02-02\n";
    int descriptor = mkstemp(path);
    (void)state;
    assert_int_equal(write(descriptor, table, sizeof table - 1), sizeof table - 1);
    close(descriptor);
    run_out(path);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_json_values),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_memory_for_a_case),
        cmocka_unit_test(test_memory_for_a_table),
    };
    return cmocka_run_group_tests(tests, open_both, close_assize);
}
