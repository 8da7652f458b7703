/* The program as its users meet it: exit codes, messages to the letter, where output goes. Runs
 * what the variable ASSIZE names, from the root of the source tree. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/program.h"
#include "cmocka_all.h"
#include "files.h"

enum { MOST_WORDS = 16 };

/* One run of the program. */
struct run {
    int code; /* exit code, or 128 and a signal */
    char *out, *err;
};

/* Words are those behind the program's name, ended by NULL. `sink` takes standard output, or NULL:
 * it is kept. */
static struct run run_into(const char *sink, const char *const *words)
{
    char out[] = "/tmp/assize-out-XXXXXX", err[] = "/tmp/assize-err-XXXXXX";
    close(mkstemp(out));
    close(mkstemp(err));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char *arguments[MOST_WORDS + 2] = {(char *)program()};
        for (size_t i = 0; words[i] != NULL && i < MOST_WORDS; i++)
            arguments[i + 1] = (char *)words[i];
        redirect(STDOUT_FILENO, sink != NULL ? sink : out);
        redirect(STDERR_FILENO, err);
        execv(program(), arguments);
        _exit(99);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    struct run run = {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
                      read_text(out), read_text(err)};
    unlink(out);
    unlink(err);
    return run;
}

static void run_release(struct run *run)
{
    free(run->out);
    free(run->err);
}

#define RUN(...) run_into(NULL, (const char *const[]){__VA_ARGS__, NULL})

static void assert_done(struct run run, const char *shows)
{
    if (run.code != 0 || strstr(run.out, shows) == NULL) {
        print_error("exit %d, looking for `%s`\n%s%s", run.code, shows, run.out, run.err);
        fail();
    }
    assert_string_equal(run.err, "");
    run_release(&run);
}

/* --- wrong usage ----------------------------------------------------------------------------- */

struct fault {
    const char *words[MOST_WORDS];
    int code;
    const char *message;
};

static void assert_faults(const struct fault *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct run run = run_into(NULL, rows[i].words);
        if (run.code != rows[i].code || strcmp(run.err, rows[i].message) != 0)
            print_error("row %zu: exit %d\n%s", i, run.code, run.err);
        assert_string_equal(run.err, rows[i].message);
        assert_int_equal(run.code, rows[i].code);
        assert_string_equal(run.out, "");
        run_release(&run);
    }
}

#define ALL "`assize help` lists the commands.\n"
#define USE(command) "`assize help " command "` shows how it is used.\n"

static void test_wrong_usage_has_a_message_and_a_suggestion(void **state)
{
    (void)state;
    static const struct fault rows[] = {
        {{NULL}, 2, "assize: a command is missing\n" ALL},
        {{"rnu"}, 2, "assize: unknown command `rnu`: did you mean `run`?\n" ALL},
        {{"explian", "x"}, 2, "assize: unknown command `explian`: did you mean `explain`?\n" ALL},
        {{"version"}, 2, "assize: unknown command `version`: did you mean `--version`?\n" ALL},
        {{"verison"}, 2, "assize: unknown command `verison`: did you mean `--version`?\n" ALL},
        {{"verfy"}, 2, "assize: unknown command `verfy`: did you mean `verify`?\n" ALL},
        {{"zzzzzzzz"}, 2, "assize: unknown command `zzzzzzzz`\n" ALL},
        {{"help", "zzzzzzzz"}, 2, "assize: unknown command `zzzzzzzz`\n" ALL},
        {{"run"}, 2, "assize run: SCENARIO is missing\n" USE("run")},
        {{"check"}, 2, "assize check: SCENARIO... is missing\n" USE("check")},
        {{"verify"}, 2, "assize verify: RESULT.json is missing\n" USE("verify")},
        {{"run", "a", "b"}, 2, "assize run: `b` is one operand too many\n" USE("run")},
        {{"merge"}, 2, "assize merge: PART... is missing\n" USE("merge")},
        {{"run", "x", "--shard", "3/2"},
         2,
         "assize run: `--shard` takes I/N, as 1/4 to 4/4, not `3/2`\n" USE("run")},
        {{"run", "x", "--shard", "0/2"},
         2,
         "assize run: `--shard` takes I/N, as 1/4 to 4/4, not `0/2`\n" USE("run")},
        {{"run", "x", "--shard", "1/2x"},
         2,
         "assize run: `--shard` takes I/N, as 1/4 to 4/4, not `1/2x`\n" USE("run")},
        {{"run", "x", "--shard", "1/2", "--format", "json"},
         2,
         "assize run: `--format` is for `assize merge`: a part holds draws, which are not "
         "shown\n" USE("run")},
        {{"run", "x", "--draws", "0", "--draws-from", "y.csv"},
         2,
         "assize run: `--draws 0` and `--draws-from` do not go together: every row of the table is "
         "a draw\n" USE("run")},
        {{"explain", "x", "--theory", "t", "--regime", "r", "--draws-from=y.csv", "--draws=0"},
         2,
         "assize explain: `--draws 0` and `--draws-from` do not go together: every row of the "
         "table "
         "is a draw\n" USE("explain")},
        {{"explain", "x", "--theory", "t", "--regime", "r", "--sampling", "sobl"},
         2,
         "assize explain: `--sampling sobl`: did you mean `sobol`?\n" USE("explain")},
        {{"run", "x", "--drws", "3"},
         2,
         "assize run: unknown option `--drws`: did you mean `--draws`?\n" USE("run")},
        {{"run", "x", "--theroy=y"},
         2,
         "assize run: unknown option `--theroy`: did you mean `--theory`?\n" USE("run")},
        {{"run", "x", "--zzzzzzzz"}, 2, "assize run: unknown option `--zzzzzzzz`\n" USE("run")},
        {{"run", "x", "-q"}, 2, "assize run: unknown option `-q`\n" USE("run")},
        {{"run", "x", "--draws"}, 2, "assize run: `--draws` needs a value: --draws N\n" USE("run")},
        {{"run", "x", "-o"}, 2, "assize run: `--output` needs a value: --output FILE\n" USE("run")},
        {{"run", "x", "--inputs=all"}, 2, "assize run: `--inputs` takes no value\n" USE("run")},
        {{"run", "x", "--draws", "3", "--draws=4"},
         2,
         "assize run: `--draws` is given twice\n" USE("run")},
        {{"run", "x", "--draws=1e4"},
         2,
         "assize run: `--draws` takes a whole number, not `1e4`\n" USE("run")},
        {{"run", "x", "--draws=-1"},
         2,
         "assize run: `--draws` takes a whole number, not `-1`\n" USE("run")},
        {{"run", "x", "--seed=9223372036854775808"},
         2,
         "assize run: `--seed` takes at most 9223372036854775807, not `9223372036854775808`\n" USE(
             "run")},
        {{"run", "x", "--draws=99999999999999999999999"},
         2,
         "assize run: `--draws` takes at most 9223372036854775807, not "
         "`99999999999999999999999`\n" USE("run")},
        {{"run", "x", "--format", "jsn"},
         2,
         "assize run: `--format jsn`: did you mean `json`?\n" USE("run")},
        {{"run", "x", "--format", "zzzzzz"},
         2,
         "assize run: `--format` takes text, json or csv, not `zzzzzz`\n"},
        {{"run", "x", "--by", "regime"}, 2, "assize run: `--by` takes case, not `regime`\n"},
        {{"run", "x", "--color", "sometimes"},
         2,
         "assize run: `--color` takes auto, never or always, not `sometimes`\n"},
        {{"run", "x", "--set", "theta"},
         2,
         "assize run: `--set` takes PATH=VALUE, not `theta`\n" USE("run")},
        {{"run", "x", "--set", "=3"},
         2,
         "assize run: `--set` takes PATH=VALUE, not `=3`\n" USE("run")},
        {{"run", "x", "--along", "a=2:1"},
         2,
         "assize run: `--along` takes PATH or PATH=LOW:HIGH, not `a=2:1`\n" USE("run")},
        {{"run", "x", "--along", "a=0:1x"},
         2,
         "assize run: `--along` takes PATH or PATH=LOW:HIGH, not `a=0:1x`\n" USE("run")},
        {{"explain", "x", "--regime", "y"},
         2,
         "assize explain: which theory? --theory NAME is missing\n" USE("explain")},
        {{"explain", "x", "--theory", "y"},
         2,
         "assize explain: which regime? --regime NAME is missing\n" USE("explain")},
        {{"premises", "x", "--moral", "--unused"},
         2,
         "assize premises: --moral, --illustrative and --unused exclude each other\n" USE(
             "premises")},
    };
    assert_faults(rows, COUNT_OF(rows));
}

static void test_what_does_not_exist_has_a_suggestion(void **state)
{
    (void)state;
    static const struct fault rows[] = {
        {{"run", "scenarios/toy", "--theory", "dessert-marginal"},
         2,
         "error: there is no theory `dessert-marginal`\n      = did you mean `desert-marginal`?\n"},
        {{"run", "scenarios/toy", "--regime", "harhs"},
         2,
         "error: there is no regime `harhs`\n      = did you mean `harsh`?\n"},
        {{"run", "scenarios/toy", "--drop", "nnone"},
         2,
         "error: no regime `nnone` to drop: did you mean `none`?\n"},
        {{"run", "scenarios/toy", "--along", "model.detection=0:0.5"},
         2,
         "error: model.detection must be above 0: --along cannot move it to 0\n"},
        {{"run", "scenarios/toy", "--along", "model.detection=0.1:5"},
         2,
         "error: model.detection must be below 1: --along cannot move it to 5\n"},
        {{"explain", "scenarios/toy", "--theory", "rule", "--regime", "none", "--case", "hgh"},
         2,
         "error: there is no case `hgh`\n      = did you mean `high`?\n"},
        {{"theories", "agregate-harm"},
         2,
         "error: there is no theory `agregate-harm`\n      = did you mean `aggregate-harm`?\n"},
        {{"regimes", "shedule"},
         2,
         "error: there is no kind of regime `shedule`\n      = did you mean `schedule`?\n"},
        {{"run", "scenarios/none-such"},
         5,
         "scenarios/none-such: error: No such file or directory\n"},
        {{"run", "scenarios/toi"},
         5,
         "scenarios/toi: error: No such file or directory\n      = did you mean "
         "`scenarios/toy`?\n"},
        {{"run", "scenario/toy"},
         5,
         "scenario/toy: error: No such file or directory\n      = did you mean `scenarios/toy`?\n"},
        {{"verify", "LICENCE"},
         5,
         "LICENCE: error: No such file or directory\n      = did you mean `LICENSE`?\n"},
        {{"run", "scenarios/toy", "--plugins", "/none/such"},
         5,
         "assize: --plugins /none/such: no such folder\n"},
        {{"run", "--", "-x"}, 5, "-x: error: No such file or directory\n"},
        {{"verify", "docs/none-such.json"},
         5,
         "docs/none-such.json: error: No such file or directory\n"},
        {{"verify", "LICENSE"},
         2,
         "LICENSE: error: not a saved result: line 1: '[' or '{' expected near 'MIT'\n"},
    };
    assert_faults(rows, COUNT_OF(rows));
}

/* --- help ------------------------------------------------------------------------------------ */

static void test_help_is_everywhere(void **state)
{
    (void)state;
    static const char *const commands[] = {"run",    "explain",  "premises", "check",
                                           "verify", "theories", "regimes",  "help"};
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        char usage[64];
        snprintf(usage, sizeof usage, "Usage: assize %s", commands[i]);
        assert_done(RUN("help", commands[i]), usage);
        assert_done(RUN(commands[i], "--help"), usage);
        assert_done(RUN(commands[i], "-h"), usage);
        assert_done(RUN("help"), commands[i]);
    }
    assert_done(RUN("--help"), "Usage: assize COMMAND");
    assert_done(RUN("-h"), "Exit codes: 0 done");
    assert_done(RUN("--version"), "assize 0.1.0\n");
}

/* --- running --------------------------------------------------------------------------------- */

static void test_options_may_stand_anywhere(void **state)
{
    (void)state;
    struct run a = RUN("run", "scenarios/toy", "--theory", "rule", "--draws=0");
    struct run b = RUN("run", "--draws", "0", "--theory=rule", "--color=never", "scenarios/toy");
    assert_int_equal(a.code, 0);
    assert_string_equal(a.out, b.out);
    run_release(&a);
    run_release(&b);
}

static void test_the_same_run_gives_the_same_bytes(void **state)
{
    (void)state;
    struct run a = RUN("run", "scenarios/possession", "--draws", "500", "--format", "json");
    struct run b = RUN("run", "scenarios/possession", "--draws", "500", "--format", "json");
    struct run c =
        RUN("run", "scenarios/possession", "--draws", "500", "--format", "json", "--seed", "2");
    assert_int_equal(a.code, 0);
    assert_string_equal(a.out, b.out);
    assert_string_not_equal(a.out, c.out);
    run_release(&a);
    run_release(&b);
    run_release(&c);
}

static void test_commands_work(void **state)
{
    (void)state;
    assert_done(RUN("run", "scenarios/toy", "--set", "theories.desert-aggregate.theta=0.5"),
                "* 2 verdicts changed by");
    assert_done(RUN("run", "scenarios/toy", "--along", "model.detection=0.005:0.1"),
                "Along model.detection, .005 to .1 1/year at 21 points");
    assert_done(RUN("run", "scenarios/toy", "--by", "case", "--inputs"), "Every file read");
    assert_done(RUN("run", "scenarios/toy", "--format=csv"), "theory,kind,regime,verdict");
    assert_done(
        RUN("explain", "scenarios/toy", "--theory", "desert-aggregate", "--regime", "uniform84"),
        "Step by step, for inadvertent");
    assert_done(
        RUN("explain", "scenarios/toy", "--theory", "rule", "--regime", "none", "--format", "json"),
        "\"format\": \"assize-explanation\"");
    assert_done(RUN("premises", "scenarios/toy", "--moral"), "4 moral choices");
    assert_done(RUN("premises", "scenarios/toy", "--format", "csv"), "path,value,unit");
    assert_done(RUN("check", "scenarios/toy", "scenarios/littering"),
                "scenarios/littering: valid;");
    assert_done(RUN("theories"), "aggregate-harm");
    assert_done(RUN("theories", "aggregate-harm"), "It reads from `model:`");
    assert_done(RUN("regimes"), "schedule");
    assert_done(RUN("regimes", "schedule"), "It reads from its own entry under `regimes:`");
}

static void test_colour_is_for_terminals(void **state)
{
    (void)state;
    struct run plain = RUN("run", "scenarios/toy");
    assert_null(strchr(plain.out, '\033'));
    run_release(&plain);
    assert_done(RUN("run", "scenarios/toy", "--color", "always"), "\033[32macceptable\033[0m");
}

/* --- files ----------------------------------------------------------------------------------- */

static void test_saved_results_are_verified(void **state)
{
    (void)state;
    char path[] = "/tmp/assize-result-XXXXXX";
    close(mkstemp(path));
    assert_done(RUN("run", "scenarios/possession", "--draws", "400", "--seed", "5", "--drop",
                    "community", "--set", "model.population.baseline_rate=0.01", "--along",
                    "model.exchange.supervision=0:1", "--format", "json", "-o", path),
                "");
    assert_done(RUN("verify", path), "verified: the same to the last bit\n");
    char *text = read_text(path);
    char *seed = strstr(text, "\"seed\": 5");
    assert_non_null(seed);
    seed[strlen("\"seed\": ")] = '6';
    FILE *file = fopen(path, "w");
    assert_true(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    struct run run = RUN("verify", path);
    assert_int_equal(run.code, 1);
    assert_non_null(strstr(run.out, ".range.mean: saved "));
    run_release(&run);
    free(text);
    unlink(path);
}

static void test_quasi_random_results_are_verified(void **state)
{
    (void)state;
    char path[] = "/tmp/assize-result-XXXXXX";
    close(mkstemp(path));
    assert_done(RUN("run", "scenarios/possession", "--sampling", "sobol", "--draws", "400",
                    "--format", "json", "-o", path),
                "");
    char *text = read_text(path);
    assert_non_null(strstr(text, "\"draws\": 4096,\n  \"sampling\": \"sobol\",\n"
                                 "  \"draws_rounded_from\": 400,\n"));
    assert_done(RUN("verify", path), "verified: the same to the last bit\n");
    free(text);
    unlink(path);
    struct run run = RUN("run", "scenarios/possession", "--sampling", "sobl");
    assert_int_equal(run.code, 2);
    assert_string_equal(run.err, "assize run: `--sampling sobl`: did you mean `sobol`?\n"
                                 "`assize help run` shows how it is used.\n");
    run_release(&run);
}

/* 16 times a power of two of 256 or more: 4,096 in place of 1,000. */
static void test_explanation_of_quasi_random_draws(void **state)
{
    (void)state;
    assert_done(RUN("explain", "scenarios/possession", "--theory", "rule", "--regime", "statute",
                    "--draws", "1000", "--sampling", "sobol"),
                "Over 4,096 draws of the facts");
    assert_done(RUN("explain", "scenarios/possession", "--theory", "rule", "--regime", "statute",
                    "--draws", "1000", "--sampling", "sobol", "--format", "json"),
                "\"draws\": 4096,\n  \"sampling\": \"sobol\",\n"
                "  \"draws_rounded_from\": 1000,\n");
}

static void test_output_that_fails_is_noticed(void **state)
{
    (void)state;
    static const char *const help[] = {"help", NULL};
    static const char *const toy[] = {"run", "scenarios/toy", NULL};
    static const char *const *const commands[] = {help, toy};
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        struct run run = run_into("/dev/full", commands[i]);
        assert_int_equal(run.code, 5);
        assert_string_equal(run.err, "assize: standard output: No space left on device\n");
        run_release(&run);
    }
    static const struct fault rows[] = {
        {{"run", "scenarios/toy", "-o", "/none/such/file"},
         5,
         "/none/such/file: error: No such file or directory\n"},
    };
    assert_faults(rows, COUNT_OF(rows));
}

/* --- scenarios and plugins that are wrong ------------------------------------------------------
 */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_true(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void test_exit_codes_tell_what_is_wrong(void **state)
{
    (void)state;
    char path[] = "/tmp/assize-scenario-XXXXXX";
    close(mkstemp(path));
    write_file(path, "assize: 1\ntitel: x\n");
    struct run run = RUN("run", path);
    assert_int_equal(run.code, 3);
    assert_non_null(strstr(run.err, ":2:1: error: "));
    assert_non_null(strstr(run.err, "did you mean `title`?"));
    assert_string_equal(run.out, "");
    run_release(&run);
    run = RUN("check", "scenarios/toy", path);
    assert_int_equal(run.code, 3);
    assert_non_null(strstr(run.out, "scenarios/toy: valid;"));
    run_release(&run);
    unlink(path);
}

/* A folder of plugins in which one theory is no theory. */
static void test_a_refused_plugin_is_no_fault_of_the_scenario(void **state)
{
    (void)state;
    char folder[] = "/tmp/assize-plugins-XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/theories", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/theories/rule-consequentialism.lua", folder);
    write_file(path, "return 12\n");
    struct run run = RUN("run", "scenarios/toy", "--plugins", folder);
    assert_int_equal(run.code, 4);
    assert_non_null(strstr(run.err, "theories/rule-consequentialism.lua"));
    run_release(&run);
    unlink(path);
    snprintf(path, sizeof path, "%s/theories", folder);
    rmdir(path);
    rmdir(folder);
}

static void test_an_expectation_that_fails(void **state)
{
    (void)state;
    char path[] = "/tmp/assize-scenario-XXXXXX";
    close(mkstemp(path));
    char *toy = read_text("scenarios/toy/scenario.yaml");
    char *score = strstr(toy, "score: 0.729");
    assert_non_null(score);
    memcpy(score, "score: 0.529", strlen("score: 0.529"));
    write_file(path, toy);
    free(toy);
    struct run run = RUN("check", path);
    assert_int_equal(run.code, 1);
    assert_non_null(strstr(run.out, "  FAILED  desert-marginal-light: light by desert-marginal: "
                                    "score 0.529 within 0.0005"));
    run_release(&run);
    unlink(path);
}

/* Whoever closes the pipe has read enough: no message, and no code of ours. */
static void test_a_closed_pipe_is_no_fault(void **state)
{
    (void)state;
    char command[512];
    snprintf(command, sizeof command, "%s help 2>&1 | head -c 1 >/dev/null", program());
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_usage_has_a_message_and_a_suggestion),
        cmocka_unit_test(test_what_does_not_exist_has_a_suggestion),
        cmocka_unit_test(test_help_is_everywhere),
        cmocka_unit_test(test_options_may_stand_anywhere),
        cmocka_unit_test(test_the_same_run_gives_the_same_bytes),
        cmocka_unit_test(test_commands_work),
        cmocka_unit_test(test_colour_is_for_terminals),
        cmocka_unit_test(test_saved_results_are_verified),
        cmocka_unit_test(test_quasi_random_results_are_verified),
        cmocka_unit_test(test_explanation_of_quasi_random_draws),
        cmocka_unit_test(test_output_that_fails_is_noticed),
        cmocka_unit_test(test_exit_codes_tell_what_is_wrong),
        cmocka_unit_test(test_a_refused_plugin_is_no_fault_of_the_scenario),
        cmocka_unit_test(test_an_expectation_that_fails),
        cmocka_unit_test(test_a_closed_pipe_is_no_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
