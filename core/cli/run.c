/* assize run: what every theory says of every regime. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const struct option run_options[] = {
    {"set", '\0', "PATH=VALUE", true, "change a value, and mark what changes with it"},
    {"drop", '\0', "REGIME", true, "take a regime off the menu"},
    DRAWN_OPTIONS,
    {"resamples", '\0', "N", false,
     "resamples of the persons of a table of records (200, fewer over large ones); 0: none"},
    {"shard", '\0', "I/N", false,
     "make the draws of shard I of N, from 1, and write them as a part for `assize merge`"},
    SHOWN_OPTIONS,
};

/* What the options of one run come to. */
struct request {
    struct assize_weigh_options weigh;
    struct shown shown;
    struct changes changes;
    uint64_t shard, of; /* 0: the whole */
};

/* I/N, whole numbers from 1. */
static int read_shard(const struct arguments *arguments, struct request *request)
{
    static const char *const shown[] = {"along", "by", "theory", "regime", "format", "inputs"};
    const char *text = option_value(arguments, "shard");
    if (text == NULL)
        return 0;
    size_t digits = strspn(text, "0123456789"), more = 0;
    if (digits > 0 && text[digits] == '/')
        more = strspn(text + digits + 1, "0123456789");
    request->shard = strtoull(text, NULL, 10);
    request->of = more > 0 ? strtoull(text + digits + 1, NULL, 10) : 0;
    if (more == 0 || text[digits + 1 + more] != '\0' || request->shard < 1 ||
        request->shard > request->of)
        return usage_error(arguments, "`--shard` takes I/N, as 1/4 to 4/4, not `%s`", text);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (option_given(arguments, shown[i]))
            return usage_error(arguments,
                               "`--%s` is for `assize merge`: a part holds draws, which are not "
                               "shown",
                               shown[i]);
    return 0;
}

static int read_request(const struct arguments *arguments, struct request *request)
{
    *request = (struct request){.weigh = assize_weigh_defaults()};
    struct assize_weigh_options *weigh = &request->weigh;
    int failed = read_changes(arguments, &request->changes);
    failed = failed != 0 ? failed : read_drawn(arguments, weigh, &request->changes.options);
    failed = failed != 0
                 ? failed
                 : option_number(arguments, "resamples", weigh->resamples, &weigh->resamples);
    failed = failed != 0 ? failed : read_shard(arguments, request);
    return failed != 0 ? failed : shown_read(arguments, weigh, &request->shown);
}

static int run_shard(const struct arguments *arguments, struct assize *assize,
                     struct assize_scenario *scenario, const struct request *request)
{
    const char *text = NULL;
    int failed = program_report(
        assize, program_weigh_shard(scenario, &request->weigh, request->shard, request->of, &text));
    if (failed != 0)
        return failed;
    if (text != NULL)
        return output_result(arguments, assize, text);
    fputs("assize run: interrupted: no part is written\n", stderr);
    return EXIT_INTERRUPTED;
}

static int run_with(const struct arguments *arguments, struct assize *assize,
                    struct request *request)
{
    struct assize_scenario *scenario;
    int failed = program_report(
        assize, assize_load(assize, arguments->operands[0], &request->changes.options, &scenario));
    if (failed != 0)
        return failed;
    if (request->of > 0)
        return run_shard(arguments, assize, scenario, request);
    return shown_run(arguments, assize, scenario, assize_weigh, &request->weigh, &request->shown);
}

static int run(const struct arguments *arguments)
{
    struct request request;
    struct assize *assize = NULL;
    int failed = read_request(arguments, &request);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : run_with(arguments, assize, &request);
    assize_close(assize);
    changes_release(&request.changes);
    shown_release(&request.shown);
    return failed;
}

const struct command command_run = {
    .name = "run",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "weigh a scenario's regimes",
    .details =
        "SCENARIO is a file, or a folder that holds scenario.yaml. --theory and --regime choose\n"
        "what is shown, never what is computed; --drop changes the menu. Ctrl-C ends the draws\n"
        "early: the result holds those that were made and says so, and the exit code is 130.\n\n"
        "  assize run scenarios/toy\n"
        "  assize run scenarios/toy --set theories.desert-aggregate.theta=0.5\n"
        "  assize run scenarios/toy --along model.detection=0.005:0.1\n"
        "  assize run scenarios/toy --format json -o result.json\n",
    .options = run_options,
    .option_count = sizeof run_options / sizeof *run_options,
    .run = run,
};
