/* What the README, the guide and the help show works. The screens in the README are what the
 * program prints: every block that begins with a command "$ assize ..." is run. Lines with hashes,
 * which change with every input, are passed over. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "files.h"

enum { MOST_TEXT = 200000 };

static void read_all(FILE *file, char *text)
{
    size_t length = fread(text, 1, MOST_TEXT - 1, file);
    text[length] = '\0';
}

static bool has_hashes(const char *line)
{
    return strncmp(line, "assize 0.", 9) == 0;
}

/* The next line of `*text`, which is cut there; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text;
    if (line == NULL || *line == '\0')
        return NULL;
    char *end = strchr(line, '\n');
    if (end != NULL)
        *end = '\0';
    *text = end != NULL ? end + 1 : NULL;
    return line;
}

static int run_command(const char *command, char *output)
{
    const char *program = getenv("ASSIZE");
    char line[500];
    snprintf(line, sizeof line, "%s %s", program != NULL ? program : "build/release/assize",
             command);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    read_all(pipe, output);
    while (fgetc(pipe) != EOF)
        continue; /* what is too much for `output`: a program must be able to end */
    return pclose(pipe);
}

/* Compares a block's lines, up to its fence, with what the command prints. */
static void check_block(const char *command, char **rest)
{
    char *output = calloc(1, MOST_TEXT), *printed = output;
    assert_non_null(output);
    assert_int_equal(run_command(command, output), 0);
    for (char *line = next_line(rest); line != NULL && strncmp(line, "```", 3) != 0;
         line = next_line(rest)) {
        char *actual = next_line(&printed);
        assert_non_null(actual);
        if (!has_hashes(line))
            assert_string_equal(line, actual);
    }
    assert_null(next_line(&printed));
    free(output);
}

static void test_screens(void **state)
{
    (void)state;
    char *text = read_text("README.md"), *rest = text;
    size_t blocks = 0;
    for (char *line = next_line(&rest); line != NULL; line = next_line(&rest))
        if (strncmp(line, "$ assize ", 9) == 0) {
            check_block(line + 9, &rest);
            blocks++;
        }
    assert_true(blocks >= 1);
    free(text);
}

/* --- the guide ------------------------------------------------------------------------------- */

/* The first block of a document in this language. */
static char *block_of(const char *path, const char *language)
{
    char *text = read_text(path), fence[20];
    snprintf(fence, sizeof fence, "\n```%s\n", language);
    char *begin = strstr(text, fence);
    assert_non_null(begin);
    begin += strlen(fence);
    char *end = strstr(begin, "```\n");
    assert_non_null(end);
    char *block = strndup(begin, (size_t)(end - begin));
    assert_non_null(block);
    free(text);
    return block;
}

/* The scenario of docs/scenarios.md with the theory of docs/plugins.md as a second one, and the
 * arguments of docs/arguments.md. */
static void write_guide(const char *scenario, const char *theory)
{
    char *facts = block_of("docs/scenarios.md", "yaml"),
         *plugin = block_of("docs/plugins.md", "lua");
    char *arguments = block_of("docs/arguments.md", "yaml"), *tests = strstr(facts, "\ntests:\n");
    FILE *file = fopen(scenario, "w");
    assert_non_null(file);
    assert_non_null(tests);
    fprintf(file, "%.*s  plain: {kind: plain-desert, de_minimis: 1 pme, fold: 4}\n%s%s",
            (int)(tests - facts), facts, tests, arguments);
    fclose(file);
    file = fopen(theory, "w");
    assert_non_null(file);
    fputs(plugin, file);
    fclose(file);
    free(facts);
    free(plugin);
    free(arguments);
}

/* What the guide shows can be copied as it stands: valid, without a warning. */
static void test_the_guide_can_be_copied(void **state)
{
    char folder[] = "/tmp/assize-guide-XXXXXX", theories[60], scenario[60], theory[80],
         command[200];
    char *output = calloc(1, MOST_TEXT);
    (void)state;
    assert_non_null(output);
    assert_non_null(mkdtemp(folder));
    snprintf(theories, sizeof theories, "%s/theories", folder);
    snprintf(scenario, sizeof scenario, "%s/scenario.yaml", folder);
    snprintf(theory, sizeof theory, "%s/plain-desert.lua", theories);
    snprintf(command, sizeof command, "check %s --plugins %s 2>&1", scenario, folder);
    assert_int_equal(mkdir(theories, 0700), 0);
    write_guide(scenario, theory);
    int status = run_command(command, output);
    unlink(theory);
    unlink(scenario);
    rmdir(theories);
    rmdir(folder);
    if (status != 0 || strstr(output, "warning") != NULL)
        print_error("%s", output);
    assert_int_equal(status, 0);
    assert_null(strstr(output, "warning"));
    free(output);
}

/* --- the help -------------------------------------------------------------------------------- */

/* Runs an example of the help on a scenario that ships; what it would write to a file goes to the
 * screen. Returns whether it is one of these. */
static bool run_example(char *line, char *output)
{
    char *file = strstr(line, " -o ");
    if (strncmp(line, "  assize ", 9) != 0 || strstr(line, " scenarios/") == NULL ||
        strstr(line, "...") != NULL)
        return false;
    if (file != NULL)
        *file = '\0';
    int status = run_command(line + strlen("  assize "), output);
    if (status != 0)
        print_error("%s: %d\n", line, status);
    assert_int_equal(status, 0);
    return true;
}

static void test_examples_of_the_help(void **state)
{
    static const char *const commands[] = {"run",      "merge", "explain", "premises", "check",
                                           "verify",   "tape",  "regimes", "theories", "disputes",
                                           "sentence", "map",   "af"};
    char *help = calloc(1, MOST_TEXT), *output = calloc(1, MOST_TEXT);
    size_t examples = 0;
    (void)state;
    assert_non_null(help);
    assert_non_null(output);
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        char command[40], *rest = help;
        snprintf(command, sizeof command, "help %s", commands[i]);
        assert_int_equal(run_command(command, help), 0);
        for (char *line = next_line(&rest); line != NULL; line = next_line(&rest))
            examples += run_example(line, output);
    }
    assert_true(examples > 8);
    free(help);
    free(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_screens),
                                       cmocka_unit_test(test_the_guide_can_be_copied),
                                       cmocka_unit_test(test_examples_of_the_help)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
