/* The screens in the README are what the program prints: every block that begins with a command
 * "$ assize ..." is run. Lines with hashes, which change with every input, are passed over. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

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

static void run_command(const char *command, char *output)
{
    const char *program = getenv("ASSIZE");
    char line[500];
    snprintf(line, sizeof line, "%s %s", program != NULL ? program : "build/release/assize",
             command);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    read_all(pipe, output);
    assert_int_equal(pclose(pipe), 0);
}

/* Compares a block's lines, up to its fence, with what the command prints. */
static void check_block(const char *command, char **rest)
{
    char *output = calloc(1, MOST_TEXT), *printed = output;
    assert_non_null(output);
    run_command(command, output);
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
    char *text = calloc(1, MOST_TEXT), *rest = text;
    size_t blocks = 0;
    FILE *file = fopen("README.md", "r");
    assert_non_null(text);
    assert_non_null(file);
    read_all(file, text);
    fclose(file);
    for (char *line = next_line(&rest); line != NULL; line = next_line(&rest))
        if (strncmp(line, "$ assize ", 9) == 0) {
            check_block(line + 9, &rest);
            blocks++;
        }
    assert_true(blocks >= 1);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_screens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
