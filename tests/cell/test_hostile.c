/* Hostile plugins: every file of tests/hostile/lua is refused with the words of its first line, in
 * this process and in a cell. Run from the project's folder. */
#include "cmocka_all.h"

#include <dirent.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cell/cell.h"
#include "cell/children.h"
#include "fixture.h"
#include "plugin/kit.h"

#define FOLDER "tests/hostile/lua"
enum { LEAST_FILES = 100 };

/* --- the corpus ------------------------------------------------------------------------------ */

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static char **file_names(struct arena *arena, size_t *count)
{
    char **names = NULL;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    *count = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strstr(entry->d_name, ".lua") == NULL)
            continue;
        names = arena_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = arena_string(arena, entry->d_name);
    }
    closedir(folder);
    qsort(names, *count, sizeof *names, by_name);
    return names;
}

/* The refusal that a file's first line promises. */
static const char *expected_of(struct arena *arena, const struct buffer *file)
{
    static const char mark[] = "-- expect: ";
    size_t length = strcspn(file->data, "\n");
    assert_true(strncmp(file->data, mark, strlen(mark)) == 0);
    return arena_string_n(arena, file->data + strlen(mark), length - strlen(mark));
}

/* The first fault as the files write it. */
static const char *refusal_of(struct kit *kit)
{
    const struct diag *diag = &kit->diags.items[0];
    if (kit->status == STATUS_OK || kit->diags.count == 0)
        return "it was accepted";
    if (diag->place.line == 0)
        return diag->message;
    return arena_printf(kit->arena, "line %u: %s", diag->place.line, diag->message);
}

static const char *run(struct arena *arena, const struct buffer *plugin, bool in_cell)
{
    struct kit kit = kit_open(arena, "");
    struct trace_request request = kit_request(arena, true);
    kit.files.plugin = *plugin;
    kit.status = (in_cell ? cell_trace : session_trace)(arena, &kit.files, &request, &kit.fragment,
                                                        &kit.diags);
    return refusal_of(&kit);
}

struct trial {
    struct arena arena;
    const char *name;
    bool in_cell, as_expected;
};

static void try_file(void *argument)
{
    struct trial *trial = argument;
    struct arena *arena = &trial->arena;
    struct buffer file;
    struct diags diags;
    diags_init(&diags, arena);
    const char *path = arena_printf(arena, "%s/%s", FOLDER, trial->name);
    assert_int_equal(file_read(arena, path, 1 << 20, &file, &diags), STATUS_OK);
    file.name = arena_printf(arena, "theories/%s", trial->name);
    const char *expected = expected_of(arena, &file);
    const char *actual = run(arena, &file, trial->in_cell);
    trial->as_expected = strcmp(actual, expected) == 0;
    if (!trial->as_expected)
        print_error("%s %s: %s\n", trial->name, trial->in_cell ? "in a cell" : "in this process",
                    actual);
}

/* Whether a file takes the processor for as long as it may: one try is enough, and with a sanitizer
 * too many. */
static bool too_slow(const char *name, bool in_cell)
{
    return strncmp(name, "slow-", 5) == 0 && (!in_cell || SESSION_SLOWNESS > 1);
}

static void try_all(struct arena *arena, bool in_cell)
{
    size_t count, wrong = 0, descriptors = count_descriptors();
    char **names = file_names(arena, &count);
    assert_true(count >= LEAST_FILES);
    for (size_t i = 0; i < count; i++) {
        struct trial trial = {.name = names[i], .in_cell = in_cell};
        if (too_slow(names[i], in_cell))
            continue;
        arena_init(&trial.arena, &allocator_heap);
        assert_true(arena_try(&trial.arena, try_file, &trial));
        arena_release(&trial.arena);
        wrong += !trial.as_expected;
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(count_descriptors(), descriptors);
    assert_true(no_children());
}

static void test_in_process(void **state)
{
    try_all(*state, false);
}

static void test_in_cell(void **state)
{
    try_all(*state, true);
}

/* --- what cannot stand in a file of the corpus ----------------------------------------------- */

static void assert_refused(struct arena *arena, const struct buffer *plugin, const char *expected)
{
    assert_string_equal(run(arena, plugin, false), expected);
    assert_string_equal(run(arena, plugin, true), expected);
}

static int add_bytes(lua_State *lua, const void *bytes, size_t size, void *text)
{
    (void)lua;
    text_add_n(text, bytes, size);
    return 0;
}

/* A plugin compiled by Lua itself: bytecode can crash an interpreter. */
static void test_bytecode(void **state)
{
    struct arena *arena = *state;
    struct text chunk;
    text_init(&chunk, arena);
    lua_State *lua = luaL_newstate();
    assert_int_equal(luaL_loadstring(lua, "return theory {}"), LUA_OK);
    assert_int_equal(lua_dump(lua, add_bytes, &chunk, 0), 0);
    lua_close(lua);
    struct buffer plugin = {"theories/t.lua", chunk.data, chunk.length};
    assert_true(chunk.length > 30 && chunk.data[0] == '\033');
    assert_refused(arena, &plugin, "attempt to load a binary chunk (mode is 't')");
    plugin.size = 1;
    assert_refused(arena, &plugin, "attempt to load a binary chunk (mode is 't')");
}

static void test_long_source(void **state)
{
    struct arena *arena = *state;
    struct text source;
    text_init(&source, arena);
    text_pad(&source, '\n', 300 * 1024);
    text_add(&source, "return theory {}");
    struct buffer plugin = {"theories/t.lua", source.data, source.length};
    assert_refused(arena, &plugin, "theories/t.lua has more than 262144 bytes");
}

/* A NUL byte does not hide the rest of a file. */
static void test_nul_in_source(void **state)
{
    static const char source[] = "return 1 \0 while true do end";
    struct buffer plugin = {"theories/t.lua", source, sizeof source - 1};
    assert_refused(*state, &plugin, "line 1: <eof> expected");
}

/* Names that a plugin does not find. The allow-list is short: what is not on it is absent. */
static void test_globals(void **state)
{
    struct kit kit = kit_trace(
        *state,
        THEORY(
            "local allowed = { 'abs', 'assert', 'axis', 'binomial_pmf', 'binomial_tail', 'both',\n"
            "'by_case', 'ceil', 'claim', 'clamp', 'conclude', 'count', 'date', 'dropped',\n"
            "'either', 'error', 'exp', 'expm1', 'fact', 'floor', 'given', 'input_error',\n"
            "'interpolate', 'ipairs', 'kinds', 'list', 'log', 'log1p', 'lookup', 'map', 'math',\n"
            "'max', 'min', 'negate', 'number', 'one_of', 'over', 'pairs', 'print', 'quantity',\n"
            "'ratio', 'record', 'regime', 'require', 'select', 'sqrt', 'step', 'string',\n"
            "'table', 'table_of_data', 'text', 'theory', 'tonumber', 'tostring', 'truth',\n"
            "'type', 'where' }\n"
            "local found = {}\n"
            "for name in pairs(_ENV) do table.insert(found, name) end\n"
            "error(table.concat(found, ' ') == table.concat(allowed, ' ') and 'the same' or\n"
            "  table.concat(found, ' '))"));
    assert_string_equal(kit.diags.items[0].message, "the same");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_in_process, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_in_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bytecode, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nul_in_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_globals, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
