/* Ctrl-C while the program draws: it ends in order, with what was done so far and an exit code of
 * its own; a part is not written at all. Runs what the variable ASSIZE names, from the root of the
 * source tree. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/program.h"
#include "cmocka_all.h"
#include "files.h"

enum { MOST_WORDS = 12, PATH = 64, EXIT_INTERRUPTED = 130 };

/* More draws than could be made while a test runs. */
#define DRAWS "4000000000"

/* A run under way, and where its output goes. */
struct under_way {
    pid_t child;
    char out[PATH], err[PATH];
};

static struct under_way start(const char *const *words)
{
    struct under_way run = {0, "/tmp/assize-out-XXXXXX", "/tmp/assize-err-XXXXXX"};
    close(mkstemp(run.out));
    close(mkstemp(run.err));
    run.child = fork();
    assert_true(run.child >= 0);
    if (run.child == 0) {
        char *arguments[MOST_WORDS + 2] = {(char *)program()};
        for (size_t i = 0; words[i] != NULL && i < MOST_WORDS; i++)
            arguments[i + 1] = (char *)words[i];
        redirect(STDOUT_FILENO, run.out);
        redirect(STDERR_FILENO, run.err);
        execv(program(), arguments);
        _exit(99);
    }
    return run;
}

/* Whether it heeds SIGINT by now, as the kernel tells: it does so from before the first draw. */
static bool heeds_interrupts(pid_t child)
{
    char path[PATH], line[256];
    bool heeds = false;
    snprintf(path, sizeof path, "/proc/%d/status", (int)child);
    FILE *status = fopen(path, "r");
    assert_non_null(status);
    while (fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "SigCgt:", 7) == 0)
            heeds = (strtoull(line + 7, NULL, 16) >> (SIGINT - 1) & 1) != 0;
    fclose(status);
    return heeds;
}

static int interrupt(const struct under_way *run)
{
    int status;
    while (!heeds_interrupts(run->child)) {
        assert_int_equal(waitpid(run->child, &status, WNOHANG), 0); /* it has not ended */
        usleep(1000);
    }
    assert_int_equal(kill(run->child, SIGINT), 0);
    assert_int_equal(waitpid(run->child, &status, 0), run->child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void forget(const struct under_way *run)
{
    unlink(run->out);
    unlink(run->err);
}

static unsigned long long count_of(const char *json, const char *member)
{
    const char *at = strstr(json, member);
    assert_non_null(at);
    return strtoull(at + strlen(member), NULL, 10);
}

static void check_result(const char *threads)
{
    const char *const words[] = {
        "run", "scenarios/possession", "--draws", DRAWS, "--threads", threads, "--format", "json",
        NULL};
    struct under_way run = start(words);
    assert_int_equal(interrupt(&run), EXIT_INTERRUPTED);
    char *json = read_text(run.out), *err = read_text(run.err);
    unsigned long long draws = count_of(json, "\"draws\": ");
    assert_true(draws > 0 && draws < strtoull(DRAWS, NULL, 10));
    assert_int_equal(draws % 256, 0); /* whole leaves */
    assert_true(count_of(json, "\"partial_of\": ") == strtoull(DRAWS, NULL, 10));
    assert_string_equal(json + strlen(json) - 2, "}\n");
    assert_string_equal(err, "");
    free(json);
    free(err);
    forget(&run);
}

static void test_a_result_holds_what_was_done(void **state)
{
    (void)state;
    check_result("1");
    check_result("3");
}

/* What was stopped cannot be had again to the last bit. */
static void test_a_partial_result_is_not_verified(void **state)
{
    (void)state;
    char saved[] = "/tmp/assize-saved-XXXXXX", expected[256];
    close(mkstemp(saved));
    const char *const words[] = {
        "run", "scenarios/possession", "--draws", DRAWS, "--format", "json", "-o", saved, NULL};
    const char *const again[] = {"verify", saved, NULL};
    struct under_way run = start(words);
    assert_int_equal(interrupt(&run), EXIT_INTERRUPTED);
    forget(&run);
    run = start(again);
    int status;
    assert_int_equal(waitpid(run.child, &status, 0), run.child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    char *err = read_text(run.err);
    snprintf(expected, sizeof expected,
             "%s: error: a partial result, which was stopped early: it cannot be had again\n",
             saved);
    assert_string_equal(err, expected);
    free(err);
    forget(&run);
    unlink(saved);
}

static void test_the_screen_says_so(void **state)
{
    (void)state;
    const char *const words[] = {"run", "scenarios/possession", "--draws", DRAWS, NULL};
    struct under_way run = start(words);
    assert_int_equal(interrupt(&run), EXIT_INTERRUPTED);
    char *screen = read_text(run.out);
    assert_non_null(strstr(screen, "Partial: stopped after "));
    free(screen);
    forget(&run);
}

static void test_an_explanation_says_so(void **state)
{
    (void)state;
    const char *const words[] = {"explain",  "scenarios/possession",
                                 "--draws",  DRAWS,
                                 "--theory", "rule",
                                 "--regime", "statute",
                                 "--format", "json",
                                 NULL};
    struct under_way run = start(words);
    assert_int_equal(interrupt(&run), EXIT_INTERRUPTED);
    char *json = read_text(run.out);
    assert_true(count_of(json, "\"partial_of\": ") == strtoull(DRAWS, NULL, 10));
    free(json);
    forget(&run);
}

/* A part is whole, or there is none. */
static void test_a_shard_writes_nothing(void **state)
{
    (void)state;
    char part[] = "/tmp/assize-part-XXXXXX";
    close(mkstemp(part));
    unlink(part);
    const char *const words[] = {
        "run", "scenarios/possession", "--draws", DRAWS, "--shard", "2/3", "-o", part, NULL};
    struct under_way run = start(words);
    assert_int_equal(interrupt(&run), EXIT_INTERRUPTED);
    assert_int_not_equal(access(part, F_OK), 0);
    char *out = read_text(run.out), *err = read_text(run.err);
    assert_string_equal(out, "");
    assert_string_equal(err, "assize run: interrupted: no part is written\n");
    free(out);
    free(err);
    forget(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_result_holds_what_was_done),
        cmocka_unit_test(test_a_partial_result_is_not_verified),
        cmocka_unit_test(test_the_screen_says_so),
        cmocka_unit_test(test_an_explanation_says_so),
        cmocka_unit_test(test_a_shard_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
