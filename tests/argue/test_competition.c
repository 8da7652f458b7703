/* The solver competition's tasks and files: answers, and input that is not what it should be. */
#include <string.h>

#include "argue/competition.h"
#include "argue/file.h"
#include "cmocka_all.h"
#include "fixture.h"

static struct buffer buffer_of(const char *text)
{
    return (struct buffer){"test.af", text, strlen(text)};
}

static enum status solve(struct arena *arena, const struct competition *competition,
                         const char *file, struct text *out, struct diags *diags)
{
    struct buffer buffer = buffer_of(file);
    text_init(out, arena);
    diags_init(diags, arena);
    return competition_answer(competition, &buffer, arena, out, diags);
}

static void assert_answer(struct arena *arena, const char *file, const char *task,
                          const char *argument, const char *expected)
{
    struct competition competition = {.task = task, .argument = argument};
    struct text out;
    struct diags diags;
    assert_int_equal(solve(arena, &competition, file, &out, &diags), STATUS_OK);
    assert_string_equal(out.data, expected);
    assert_int_equal(diags.count, 0);
}

/* --- answers ------------------------------------------------------------------------------ */

/* 1 and 2 attack each other and both attack 3, which attacks 4: grounded nothing, complete three,
 * preferred and stable {1, 4} and {2, 4} (by hand). */
static const char fork_file[] = "p af 4\n# a fork\n1 2\n2 1\n1 3\n2 3\n3 4\n";

static void a_fork(void **state)
{
    assert_answer(*state, fork_file, "SE-GR", NULL, "w\n");
    assert_answer(*state, fork_file, "EE-GR", NULL, "w\n");
    assert_answer(*state, fork_file, "EE-CO", NULL, "w\nw 1 4\nw 2 4\n");
    assert_answer(*state, fork_file, "EE-PR", NULL, "w 1 4\nw 2 4\n");
    assert_answer(*state, fork_file, "EE-ST", NULL, "w 1 4\nw 2 4\n");
    assert_answer(*state, fork_file, "DC-PR", "1", "YES\nw 1 4\n");
    assert_answer(*state, fork_file, "DC-CO", "2", "YES\nw 2 4\n");
    assert_answer(*state, fork_file, "DC-PR", "3", "NO\n");
    assert_answer(*state, fork_file, "DS-PR", "4", "YES\n");
    assert_answer(*state, fork_file, "DS-PR", "1", "NO\nw 2 4\n");
    assert_answer(*state, fork_file, "DS-CO", "4", "NO\nw\n");
    assert_answer(*state, fork_file, "DS-ST", "4", "YES\n");
    assert_answer(*state, fork_file, "DC-GR", "4", "NO\n");
    assert_answer(*state, fork_file, "DS-GR", "4", "NO\nw\n");
}

/* By hand: 1 and 3 are unattacked, 2 is out; 4 and 5 attack each other and 5 itself, so that 4 is
 * open in the grounded labelling and in in the only preferred one, which is stable. */
static const char settled_file[] = "p af 5\n1 2\n2 4\n4 5\n5 4\n5 5\n";

static void a_settled_file(void **state)
{
    assert_answer(*state, settled_file, "SE-PR", NULL, "w 1 3 4\n");
    assert_answer(*state, settled_file, "SE-ST", NULL, "w 1 3 4\n");
    assert_answer(*state, settled_file, "SE-GR", NULL, "w 1 3\n");
    assert_answer(*state, settled_file, "DC-GR", "1", "YES\nw 1 3\n");
    assert_answer(*state, settled_file, "DS-CO", "1", "YES\n");
}

/* An odd circle: no stable extension, so everything is in all of them. */
static void no_stable_extension(void **state)
{
    static const char odd[] = "p af 3\n1 2\n2 3\n3 1\n";
    assert_answer(*state, odd, "SE-ST", NULL, "NO\n");
    assert_answer(*state, odd, "EE-ST", NULL, "");
    assert_answer(*state, odd, "DS-ST", "1", "YES\n");
    assert_answer(*state, odd, "DC-ST", "1", "NO\n");
    assert_answer(*state, odd, "SE-PR", NULL, "w\n");
}

static void names_of_the_file(void **state)
{
    static const char named[] = "% two\narg(b).arg( a1 ) .\n\natt(a1,\n b). att(b,b).";
    assert_answer(*state, named, "SE-GR", NULL, "w a1\n");
    assert_answer(*state, named, "DC-PR", "a1", "YES\nw a1\n");
    assert_answer(*state, named, "DC-PR", "b", "NO\n");
}

static void without_witness(void **state)
{
    struct competition competition = {.task = "DC-PR", .argument = "1", .without_witness = true};
    struct text out;
    struct diags diags;
    assert_int_equal(solve(*state, &competition, fork_file, &out, &diags), STATUS_OK);
    assert_string_equal(out.data, "YES\n");
    competition.task = "DS-PR";
    assert_int_equal(solve(*state, &competition, fork_file, &out, &diags), STATUS_OK);
    assert_string_equal(out.data, "NO\n");
}

/* Neither yes nor no, and a warning that says why. */
static void budget_is_spent(void **state)
{
    struct competition competition = {.task = "EE-CO", .search = {.budget = {.calls = 2}}};
    struct text out;
    struct diags diags;
    assert_int_equal(solve(*state, &competition, fork_file, &out, &diags), STATUS_OK);
    assert_string_equal(out.data, "UNKNOWN\n");
    assert_int_equal(diags.count, 1);
    assert_true(diags.items[0].warning);
    assert_string_equal(diags.items[0].message,
                        "the budget of the search is spent before the answer is known");
}

static void too_large_for_the_small_solver(void **state)
{
    struct competition competition = {.task = "SE-ST", .search = {.solver = &solver_small}};
    struct text out, file;
    struct diags diags;
    text_init(&file, *state);
    text_add(&file, "p af 65\n");
    for (unsigned a = 1; a <= 65; a++)
        text_printf(&file, "%u %u\n", a, a % 65 + 1);
    assert_int_equal(solve(*state, &competition, file.data, &out, &diags), STATUS_IO);
    assert_string_equal(out.data, "");
}

/* --- what is asked ------------------------------------------------------------------------ */

static void assert_usage(struct arena *arena, const char *task, const char *argument,
                         const char *message)
{
    struct competition competition = {.task = task, .argument = argument};
    struct text out;
    struct diags diags;
    assert_int_equal(solve(arena, &competition, fork_file, &out, &diags), STATUS_USAGE);
    assert_string_equal(diags.items[0].message, message);
    assert_string_equal(out.data, "");
}

static void tasks_that_do_not_exist(void **state)
{
    assert_usage(*state, "", NULL, "there is no task ``");
    assert_usage(*state, "SE", NULL, "there is no task `SE`");
    assert_usage(*state, "SE-", NULL, "there is no task `SE-`");
    assert_usage(*state, "SE-SST", NULL, "there is no task `SE-SST`");
    assert_usage(*state, "XX-PR", NULL, "there is no task `XX-PR`");
    assert_usage(*state, "se-pr", NULL, "there is no task `se-pr`");
}

static void arguments_that_do_not_fit(void **state)
{
    assert_usage(*state, "DC-PR", NULL, "the tasks DC and DS ask about an argument");
    assert_usage(*state, "SE-PR", "1", "the tasks SE and EE ask about no argument");
    assert_usage(*state, "DC-PR", "0", "the framework has no argument `0`");
    assert_usage(*state, "DC-PR", "5", "the framework has no argument `5`");
    assert_usage(*state, "DC-PR", "-1", "the framework has no argument `-1`");
    assert_usage(*state, "DC-PR", "", "the framework has no argument ``");
    assert_usage(*state, "DC-PR", "1a", "the framework has no argument `1a`");
    assert_usage(*state, "DC-PR", "99999999999999999999",
                 "the framework has no argument `99999999999999999999`");
}

/* --- files -------------------------------------------------------------------------------- */

static const struct framework *read_sound(struct arena *arena, const char *text)
{
    struct buffer buffer = buffer_of(text);
    struct diags diags;
    const struct framework *framework = NULL;
    diags_init(&diags, arena);
    assert_int_equal(framework_read(&buffer, arena, &framework, &diags), STATUS_OK);
    assert_int_equal(diags.count, 0);
    return framework;
}

static void sound_files(void **state)
{
    assert_int_equal(read_sound(*state, "p af 0")->count, 0);
    assert_int_equal(read_sound(*state, "p af 0\n")->count, 0);
    const struct framework *twice =
        read_sound(*state, "# first\r\n\r\n  p  af\t2 \r\n1  2\r\n\n1 2\n1 1\n#2 1");
    assert_int_equal(twice->count, 2);
    assert_int_equal(twice->attackers.first[2], 2);
    assert_null(twice->names);
    assert_int_equal(read_sound(*state, "%only a comment")->count, 0);
    assert_int_equal(read_sound(*state, "arg(a).")->count, 1);
}

static void assert_fault(struct arena *arena, const char *text, uint32_t line, uint32_t column,
                         const char *message)
{
    struct buffer buffer = buffer_of(text);
    struct diags diags;
    const struct framework *framework = NULL;
    diags_init(&diags, arena);
    assert_int_equal(framework_read(&buffer, arena, &framework, &diags), STATUS_SCENARIO);
    assert_null(framework);
    assert_string_equal(diags.items[0].message, message);
    assert_int_equal(diags.items[0].place.line, line);
    assert_int_equal(diags.items[0].place.column, column);
}

static const char no_heading[] = "this is not the heading of an argumentation framework";
static const char bad_count[] = "the number of arguments must be a whole number up to 10000000";
static const char bad_argument[] = "an argument of this framework is a whole number from 1 to 2";

static void faults_of_numbered_files(void **state)
{
    assert_fault(*state, "", 1, 1, no_heading);
    assert_fault(*state, "# nothing", 2, 1, no_heading);
    assert_fault(*state, "1 2\n", 1, 1, no_heading);
    assert_fault(*state, "p cnf 2 2\n", 1, 1, no_heading);
    assert_fault(*state, "p", 1, 1, no_heading);
    assert_fault(*state, "p af\n", 1, 1, no_heading);
    assert_fault(*state, "p af -1\n", 1, 6, bad_count);
    assert_fault(*state, "p af 2.5\n", 1, 6, bad_count);
    assert_fault(*state, "p af 10000001\n", 1, 6, bad_count);
    assert_fault(*state, "p af 99999999999999999999999\n", 1, 6, bad_count);
    assert_fault(*state, "p af 2 3\n", 1, 6, bad_count);
    assert_fault(*state, "p af 2\n1 3\n", 2, 3, bad_argument);
    assert_fault(*state, "p af 2\n0 1\n", 2, 1, bad_argument);
    assert_fault(*state, "p af 2\n1\n", 2, 2, bad_argument);
    assert_fault(*state, "p af 2\n1 4294967298\n", 2, 3, bad_argument);
    assert_fault(*state, "p af 2\np af 2\n", 2, 1, bad_argument);
    assert_fault(*state, "p af 2\n1 2 1\n", 2, 5,
                 "an attack has two arguments, and nothing after them");
}

static void faults_of_named_files(void **state)
{
    assert_fault(*state, "arg(a).\nbrg(b).\n", 2, 1, "this is neither an argument nor an attack");
    assert_fault(*state, "arg(a", 1, 6, "here a `)` must stand");
    assert_fault(*state, "arg(a)", 1, 7, "here a `.` must stand");
    assert_fault(*state, "arg().", 1, 5, "here the name of an argument must stand");
    assert_fault(*state, "arg(\x1b[2J).", 1, 5, "here the name of an argument must stand");
    assert_fault(*state, "arg(a).\natt(a).", 2, 6, "here a `,` must stand");
    assert_fault(*state, "arg(a).\narg(b). arg(a).", 2, 9, "the argument `a` is stated twice");
    assert_fault(*state, "arg(a).\natt(a,b).", 2, 1, "there is no `arg(b).`");
}

/* All faults of a file are told, up to twenty, each with its line. */
static void faults_are_gathered(void **state)
{
    struct text file;
    struct diags diags;
    const struct framework *framework = NULL;
    text_init(&file, *state);
    text_add(&file, "p af 2\n");
    for (int i = 0; i < 100; i++)
        text_add(&file, "1 2\n3 1\n");
    struct buffer buffer = {"test.af", file.data, file.length};
    diags_init(&diags, *state);
    assert_int_equal(framework_read(&buffer, *state, &framework, &diags), STATUS_SCENARIO);
    assert_int_equal(diags.count, DIAGS_MOST);
    for (uint32_t i = 0; i < DIAGS_MOST; i++)
        assert_int_equal(diags.items[i].place.line, 3 + 2 * i);
    assert_string_equal(diags.items[0].excerpt, "3 1");
}

/* Bytes that are no text neither crash the reader nor reach the terminal. */
static void bytes_that_are_no_text(void **state)
{
    static const char bytes[] = "p af 2\n\0\x1b[2J\xff 2\n";
    struct buffer buffer = {"test.af", bytes, sizeof bytes - 1};
    struct diags diags;
    const struct framework *framework = NULL;
    diags_init(&diags, *state);
    assert_int_equal(framework_read(&buffer, *state, &framework, &diags), STATUS_SCENARIO);
    assert_string_equal(diags.items[0].excerpt, "??[2J? 2");
}

/* A sound file cut off anywhere is read, or refused with a place. */
static void files_cut_off(void **state)
{
    static const char *const files[] = {"p af 12\n# x\n1 12\n12 1\n",
                                        "arg(ab). % x\narg(c).\natt(ab, c).\n"};
    for (size_t f = 0; f < COUNT_OF(files); f++)
        for (size_t size = 0; size <= strlen(files[f]); size++) {
            /* With no NUL behind it, so that a sanitizer sees a byte read too many. */
            char *cut = test_malloc(size > 0 ? size : 1);
            memcpy(cut, files[f], size);
            struct buffer buffer = {"test.af", cut, size};
            struct diags diags;
            const struct framework *framework = NULL;
            diags_init(&diags, *state);
            enum status status = framework_read(&buffer, *state, &framework, &diags);
            assert_int_equal(status == STATUS_OK, diags.count == 0);
            assert_int_equal(status == STATUS_OK, framework != NULL);
            test_free(cut);
        }
}

/* --- names -------------------------------------------------------------------------------- */

static void names_are_found(void **state)
{
    static const char *const names[] = {"c", "a", "d", "b", "a"};
    struct name_index *index = name_index_new(*state, names, 5);
    uint32_t number;
    assert_true(name_index_find(index, "d", &number));
    assert_int_equal(number, 2);
    assert_true(name_index_find(index, "a", &number));
    assert_int_equal(number, 1);
    assert_false(name_index_find(index, "e", &number));
    assert_false(name_index_find(index, "", &number));
    assert_true(name_index_twice(index, &number));
    assert_int_equal(number, 4);
    assert_false(name_index_twice(name_index_new(*state, names, 4), &number));
    assert_false(name_index_find(name_index_new(*state, names, 0), "a", &number));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_fork),
        TEST(a_settled_file),
        TEST(no_stable_extension),
        TEST(names_of_the_file),
        TEST(without_witness),
        TEST(budget_is_spent),
        TEST(too_large_for_the_small_solver),
        TEST(tasks_that_do_not_exist),
        TEST(arguments_that_do_not_fit),
        TEST(sound_files),
        TEST(faults_of_numbered_files),
        TEST(faults_of_named_files),
        TEST(faults_are_gathered),
        TEST(bytes_that_are_no_text),
        TEST(files_cut_off),
        TEST(names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
