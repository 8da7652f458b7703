/* Plain YAML into a tree with places; and what is refused, with its place, in hostile files. */
#include <time.h>

#include "scenario/fixture.h"

static struct tree *read_text(struct fixture *fixture, const char *text)
{
    struct buffer buffer = {"s.yaml", text, strlen(text)};
    return yaml_read(&fixture->arena, &buffer, &fixture->diags);
}

static struct tree *find(struct tree *root, const char *path)
{
    struct tree *node = tree_find(root, path);
    if (node == NULL)
        print_error("nothing at %s\n", path);
    assert_non_null(node);
    return node;
}

static void test_tree_and_places(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    struct tree *root = read_text(&fixture, "a: {b: 12 month, \"2G2.2\": [x, 'y']}\n_c:  true\n");
    assert_non_null(root);
    assert_int_equal(root->count, 2);
    struct tree *number = find(root, "a.b");
    assert_int_equal(number->scalar, SCALAR_NUMBER);
    assert_close(number->number, 12, 0, 0);
    assert_string_equal(number->unit, "month");
    assert_int_equal(number->place.line, 1);
    assert_int_equal(number->place.column, 8);
    assert_int_equal(number->width, 8);
    assert_int_equal(number->key_place.column, 5);
    struct tree *item = find(root, "a.\"2G2.2\".2");
    assert_string_equal(item->path, "a.\"2G2.2\".2");
    assert_string_equal(item->text, "y");
    assert_true(item->quoted);
    struct tree *truth = find(root, "_c");
    assert_int_equal(truth->scalar, SCALAR_TRUTH);
    assert_int_equal(truth->place.line, 2);
    assert_int_equal(truth->place.column, 6);
    fixture_close(&fixture);
}

static void test_paths_that_lead_nowhere(void **state)
{
    (void)state;
    static const char *const paths[] = {"b",    "a.c", "a.b.c", "a.",    ".a",
                                        "a..b", "\"a", "a.3",   "a\"b\""};
    struct fixture fixture;
    fixture_open(&fixture);
    struct tree *root = read_text(&fixture, "a: {b: 1}\n");
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        assert_null(tree_find(root, paths[i]));
    assert_ptr_equal(tree_find(root, "\"a\".b"), tree_find(root, "a.b"));
    fixture_close(&fixture);
}

/* What a plain scalar looks like. The grammar is that of number_read(), with one plus, a fraction
 * and a unit allowed. */
static void test_scalars(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum scalar_kind kind;
        double number;
        const char *unit;
    } rows[] = {
        {"12", SCALAR_NUMBER, 12, NULL},
        {"-2.5e3", SCALAR_NUMBER, -2500, NULL},
        {"+2", SCALAR_NUMBER, 2, NULL},
        {"1/4", SCALAR_NUMBER, 0.25, NULL},
        {"1/4 month", SCALAR_NUMBER, 0.25, "month"},
        {"12 1/year", SCALAR_NUMBER, 12, "1/year"},
        {"1.0e6 person", SCALAR_NUMBER, 1e6, "person"},
        {"true", SCALAR_TRUTH, 0, NULL},
        {"'12'", SCALAR_TEXT, 0, NULL},
        {"\"true\"", SCALAR_TEXT, 0, NULL},
        {"++2", SCALAR_TEXT, 0, NULL},
        {"+-2", SCALAR_TEXT, 0, NULL},
        {"010", SCALAR_TEXT, 0, NULL},
        {"1_000", SCALAR_TEXT, 0, NULL},
        {"0x10", SCALAR_TEXT, 0, NULL},
        {"12:30", SCALAR_TEXT, 0, NULL},
        {".5", SCALAR_TEXT, 0, NULL},
        {"inf", SCALAR_TEXT, 0, NULL},
        {".nan", SCALAR_TEXT, 0, NULL},
        {"1e999", SCALAR_TEXT, 0, NULL},
        {"1/0", SCALAR_TEXT, 0, NULL},
        {"1/year", SCALAR_TEXT, 0, NULL},
        {"12 months", SCALAR_TEXT, 0, NULL},
        {"12month", SCALAR_TEXT, 0, NULL},
        {"2020-01-01", SCALAR_TEXT, 0, NULL},
        {"yes", SCALAR_TEXT, 0, NULL},
        {"True", SCALAR_TEXT, 0, NULL},
        {"~", SCALAR_TEXT, 0, NULL},
        {"null", SCALAR_TEXT, 0, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct fixture fixture;
        fixture_open(&fixture);
        const char *text = arena_printf(&fixture.arena, "a: %s\n", rows[i].text);
        struct tree *node = find(read_text(&fixture, text), "a");
        if (node->scalar != rows[i].kind)
            print_error("%s\n", rows[i].text);
        assert_int_equal(node->scalar, rows[i].kind);
        assert_close(node->number, rows[i].number, 0, 0);
        if (rows[i].unit != NULL)
            assert_string_equal(node->unit, rows[i].unit);
        else
            assert_null(node->unit);
        fixture_close(&fixture);
    }
}

/* A file from another system: byte order mark, carriage returns, no line end at the end. */
static void test_mark_and_carriage_returns(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    struct tree *root = read_text(&fixture, "\xEF\xBB\xBF"
                                            "a: 1\r\nb:\r\n  c: x");
    assert_string_equal(find(root, "b.c")->text, "x");
    assert_int_equal(find(root, "a")->key_place.column, 1);
    assert_int_equal(find(root, "b.c")->place.line, 3);
    fixture_close(&fixture);
}

static void test_depth_is_exact(void **state)
{
    (void)state;
    char text[2 * YAML_MOST_DEPTH + 3];
    for (size_t depth = YAML_MOST_DEPTH; depth <= YAML_MOST_DEPTH + 1; depth++) {
        struct fixture fixture;
        fixture_open(&fixture);
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        assert_int_equal(read_text(&fixture, text) != NULL, depth == YAML_MOST_DEPTH);
        fixture_close(&fixture);
    }
}

static void test_size_is_limited(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    char *text = arena_alloc(&fixture.arena, YAML_MOST_BYTES + 2);
    memset(text, '#', YAML_MOST_BYTES + 1);
    assert_null(read_text(&fixture, text));
    assert_string_equal(fixture_said(&fixture),
                        "s.yaml: error: the file has 1048577 bytes; at most 1048576 are read\n");
    fixture_close(&fixture);
}

/* 400,000 values in less than a mebibyte. */
static void test_nodes_are_limited(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    struct text text;
    text_init(&text, &fixture.arena);
    text_add_char(&text, '[');
    for (int i = 0; i < 400000; i++)
        text_add(&text, "1,");
    text_add_char(&text, ']');
    assert_null(read_text(&fixture, text.data));
    assert_string_equal(fixture.diags.items[0].message, "the file holds too many values");
    fixture_close(&fixture);
}

/* --- hostile files ------------------------------------------------------------------------ */

struct hostile {
    const char *file;
    uint32_t line, column;
    unsigned width;
    const char *message, *remedy;
};

static const struct hostile hostile_files[] = {
    {"empty", 1, 1, 1, "the file holds nothing", NULL},
    {"comments", 1, 1, 1, "the file holds nothing", NULL},
    {"bare-document", 1, 1, 1, "the file holds nothing", NULL},
    {"two-documents", 2, 1, 3, "a second document begins here",
     "keep one; another scenario is another file"},
    {"alias", 1, 4, 4, "anchors (`&x`) are not read", "write the value where it is needed"},
    {"billion-laughs", 1, 4, 4, "anchors (`&a`) are not read",
     "write the value where it is needed"},
    {"tag", 1, 4, 27, "tags (`tag:yaml.org,2002:python/object:os.system`) are not read",
     "leave the tag out"},
    {"tag-directive", 1, 1, 1, "tags are not read", "leave the line out"},
    {"duplicate-key", 4, 3, 3, "the key `a` stands twice in one map", "keep one of them"},
    {"nul-byte", 2, 5, 1, "a control character (byte 0x00) stands in the file", "remove it"},
    {"nul-escape", 2, 4, 6, "a control character (byte 0x00) stands in a text", "remove it"},
    {"terminal-escape", 2, 4, 1, "a control character (byte 0x1B) stands in the file", "remove it"},
    {"bad-utf8", 2, 9, 1, "not valid UTF-8 (byte 0xFF)", "save the file as UTF-8"},
    {"overlong-utf8", 1, 4, 1, "not valid UTF-8 (byte 0xC0)", "save the file as UTF-8"},
    {"utf16", 1, 1, 1, "not valid UTF-8 (byte 0xFF)", "save the file as UTF-8"},
    {"c1-control", 1, 5, 1, "not valid YAML: control characters are not allowed", NULL},
    {"brackets", 1, 35, 1, "too many maps and lists inside each other",
     "at most 32 maps and lists may stand inside each other"},
    {"braces", 1, 129, 1, "too many maps and lists inside each other",
     "at most 32 maps and lists may stand inside each other"},
    {"dashes", 1, 65, 1, "too many maps and lists inside each other",
     "at most 32 maps and lists may stand inside each other"},
    {"tab", 2, 1, 1,
     "not valid YAML: found character that cannot start any token while scanning for the next "
     "token",
     "indent with spaces: YAML does not take tabs"},
    {"complex-key", 1, 3, 1, "a map or list stands as a key", "a key is one word or a quoted text"},
    {"empty-key", 1, 1, 2, "a key is empty", "give it a name"},
    {"quoted-key", 1, 1, 6, "a key may not hold quotes, backslashes, tabs or line breaks",
     "use another name"},
    {"long-key", 1, 1, 129, "a key is longer than 128 bytes", NULL},
    {"many-keys", 2001, 1, 5, "too many keys in one map: at most 2000 are read", NULL},
    {"unclosed", 2, 2, 1,
     "not valid YAML: did not find expected ',' or '}' while parsing a flow mapping", NULL},
    {"colon", 1, 5, 1, "not valid YAML: mapping values are not allowed in this context",
     "quote a text that holds `: `, and indent keys of one map alike"},
    {"reserved", 1, 4, 1,
     "not valid YAML: found character that cannot start any token while scanning for the next "
     "token",
     "quote a text that begins with this character"},
};

static void assert_refused(const struct hostile *hostile)
{
    struct fixture fixture;
    fixture_open(&fixture);
    const char *path = arena_printf(&fixture.arena, "tests/hostile/yaml/%s.yaml", hostile->file);
    struct buffer buffer;
    assert_int_equal(file_read(&fixture.arena, path, YAML_MOST_BYTES, &buffer, &fixture.diags),
                     STATUS_OK);
    assert_null(yaml_read(&fixture.arena, &buffer, &fixture.diags));
    const struct diag *diag = &fixture.diags.items[0];
    assert_string_equal(diag->message, hostile->message);
    if (hostile->remedy != NULL)
        assert_string_equal(diag->remedy, hostile->remedy);
    else
        assert_null(diag->remedy);
    if (diag->place.line != hostile->line || diag->place.column != hostile->column)
        print_error("%s: %u:%u\n", hostile->file, diag->place.line, diag->place.column);
    assert_int_equal(diag->place.line, hostile->line);
    assert_int_equal(diag->place.column, hostile->column);
    assert_int_equal(diag->width, hostile->width);
    assert_non_null(diag->excerpt);
    assert_int_equal(diag->status, STATUS_SCENARIO);
    fixture_close(&fixture);
}

static void test_hostile_files(void **state)
{
    (void)state;
    clock_t begun = clock();
    for (size_t i = 0; i < COUNT_OF(hostile_files); i++)
        assert_refused(&hostile_files[i]);
    /* libyaml alone takes minutes over the brackets. */
    assert_true((double)(clock() - begun) / CLOCKS_PER_SEC < 10);
}

static void assert_yaml_said(const char *text, const char *said)
{
    struct fixture fixture;
    fixture_open(&fixture);
    assert_null(read_text(&fixture, text));
    assert_string_equal(fixture_said(&fixture), said);
    fixture_close(&fixture);
}

/* Both places of a duplicate are shown, and every fault is told. */
static void test_said(void **state)
{
    (void)state;
    assert_yaml_said("m: {a: 1, a: 2}\nn: *x\n",
                     "s.yaml:1:11: error: the key `a` stands twice in one map\n"
                     "    1 | m: {a: 1, a: 2}\n"
                     "      |           ^\n"
                     "      = keep one of them\n"
                     "      = s.yaml:1:5: the first one\n"
                     "s.yaml:2:4: error: aliases (`*x`) are not read\n"
                     "    2 | n: *x\n"
                     "      |    ^^\n"
                     "      = write the value where it is needed\n");
    assert_yaml_said("été: \"\\e[31m\"\n",
                     "s.yaml:1:6: error: a control character (byte 0x1B) stands in a text\n"
                     "    1 | été: \"\\e[31m\"\n"
                     "      |      ^^^^^^^^\n"
                     "      = remove it\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree_and_places),
        cmocka_unit_test(test_paths_that_lead_nowhere),
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_mark_and_carriage_returns),
        cmocka_unit_test(test_depth_is_exact),
        cmocka_unit_test(test_size_is_limited),
        cmocka_unit_test(test_nodes_are_limited),
        cmocka_unit_test(test_hostile_files),
        cmocka_unit_test(test_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
