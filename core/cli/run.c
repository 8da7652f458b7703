/* assize run: what every theory says of every regime. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const struct option run_options[] = {
    {"set", '\0', "PATH=VALUE", true, "change a value, and mark what changes with it"},
    {"along", '\0', "PATH[=LOW:HIGH]", false, "the verdicts at 21 points along one value"},
    {"by", '\0', "case", false, "show every type of case"},
    {"theory", '\0', "NAME", false, "show this theory only"},
    {"regime", '\0', "NAME", false, "show this regime only"},
    {"drop", '\0', "REGIME", true, "take a regime off the menu"},
    {"draws", '\0', "N", false,
     "draws of the uncertain facts (10000, fewer over large tables of records); 0: none"},
    {"resamples", '\0', "N", false,
     "resamples of the persons of a table of records (200, fewer over large ones); 0: none"},
    {"seed", '\0', "N", false, "seed of the draws (1)"},
    {"threads", '\0', "N", false, "threads that draw (one for each processor)"},
    {"format", '\0', "FORMAT", false, "text, json or csv"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
    {"inputs", '\0', NULL, false, "list every file that was read"},
};

/* What the options of one run come to. */
struct request {
    struct assize_weigh_options weigh;
    struct assize_show_options show;
    struct changes changes;
    char *along;  /* the path of --along, to be freed */
    size_t shown; /* bytes of the screen that stand there already */
};

static int bad_along(const struct arguments *arguments, const char *text)
{
    return usage_error(arguments, "`--along` takes PATH or PATH=LOW:HIGH, not `%s`", text);
}

/* LOW:HIGH, both plain numbers. */
static bool read_ends(const char *text, double *low, double *high)
{
    char *end;
    *low = strtod(text, &end);
    if (end == text || *end != ':')
        return false;
    const char *second = end + 1;
    *high = strtod(second, &end);
    return end != second && *end == '\0' && isfinite(*low) && isfinite(*high) && *low < *high;
}

static int read_along(const struct arguments *arguments, struct request *request)
{
    const char *text = option_value(arguments, "along");
    if (text == NULL)
        return 0;
    const char *equals = strrchr(text, '=');
    size_t length = equals != NULL ? (size_t)(equals - text) : strlen(text);
    if (length == 0 || (equals != NULL && !read_ends(equals + 1, &request->weigh.along_low,
                                                     &request->weigh.along_high)))
        return bad_along(arguments, text);
    request->along = allocate(length + 1, 1);
    memcpy(request->along, text, length);
    request->weigh.along = request->along;
    return 0;
}

static int read_show(const struct arguments *arguments, struct request *request)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    static const char *const by[] = {"case", NULL};
    size_t format, group;
    int failed = option_choice(arguments, "format", formats, &format);
    failed = failed != 0 ? failed : option_choice(arguments, "by", by, &group);
    failed = failed != 0 ? failed : output_color(arguments, &request->show.color);
    request->show.format = (enum assize_format)format;
    request->show.by_case = option_given(arguments, "by");
    request->show.theory = option_value(arguments, "theory");
    request->show.regime = option_value(arguments, "regime");
    request->show.all_inputs = option_given(arguments, "inputs");
    if (option_given(arguments, "output"))
        request->show.color = false;
    return failed;
}

static int read_threads(const struct arguments *arguments, unsigned *threads)
{
    enum { MOST_THREADS = 256 };
    uint64_t number = 0;
    int failed = option_number(arguments, "threads", 0, &number);
    if (failed == 0 && number > MOST_THREADS)
        return usage_error(arguments, "`--threads` takes %d at most", MOST_THREADS);
    *threads = (unsigned)number;
    return failed;
}

static int read_request(const struct arguments *arguments, struct request *request)
{
    *request = (struct request){.weigh = assize_weigh_defaults()};
    int failed = option_number(arguments, "draws", request->weigh.draws, &request->weigh.draws);
    failed = failed != 0 ? failed
                         : option_number(arguments, "resamples", request->weigh.resamples,
                                         &request->weigh.resamples);
    failed = failed != 0
                 ? failed
                 : option_number(arguments, "seed", request->weigh.seed, &request->weigh.seed);
    failed = failed != 0 ? failed : read_threads(arguments, &request->weigh.threads);
    failed = failed != 0 ? failed : read_along(arguments, request);
    failed = failed != 0 ? failed : read_show(arguments, request);
    return failed != 0 ? failed : read_changes(arguments, &request->changes);
}

/* The screen's first lines need no result, so they need not wait for one. */
static int show_head(const struct arguments *arguments, struct assize_scenario *scenario,
                     struct request *request)
{
    const char *head = NULL;
    bool chosen = request->show.theory != NULL || request->show.regime != NULL ||
                  request->weigh.along != NULL; /* names that may turn out to be wrong */
    if (request->show.format != ASSIZE_TEXT || chosen || option_given(arguments, "output") ||
        assize_show_head(scenario, &head) != ASSIZE_OK)
        return 0;
    request->shown = strlen(head);
    return output_text(head);
}

static int weigh(const struct arguments *arguments, struct assize *assize, struct request *request,
                 struct assize_result **result)
{
    struct assize_scenario *scenario;
    enum assize_status status =
        assize_load(assize, arguments->operands[0], &request->changes.options, &scenario);
    if (program_report(assize, status) != 0)
        return (int)status;
    int failed = show_head(arguments, scenario, request);
    if (failed != 0)
        return failed;
    return program_report(assize, program_weigh(scenario, &request->weigh, "weighing", result));
}

/* The same scenario and menu as they stand in the file: what the settings are held against. */
static int weigh_before(struct assize *assize, const char *path, struct request *request)
{
    struct assize_load_options load = request->changes.options;
    struct assize_weigh_options options = request->weigh;
    struct assize_result *before = NULL;
    struct assize_scenario *scenario;
    if (load.change_count == 0 || request->show.format != ASSIZE_TEXT)
        return 0;
    load.change_count = 0;
    options.along = NULL;
    enum assize_status status = assize_load(assize, path, &load, &scenario);
    if (status != ASSIZE_OK)
        return program_report(assize, status);
    status = program_weigh(scenario, &options, "weighing it as it stood", &before);
    request->show.before = before;
    return status == ASSIZE_OK ? 0 : program_report(assize, status);
}

static int run_with(const struct arguments *arguments, struct assize *assize,
                    struct request *request)
{
    const char *path = arguments->operands[0], *text;
    struct assize_result *result;
    int failed = weigh(arguments, assize, request, &result);
    failed = failed != 0 ? failed : weigh_before(assize, path, request);
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_show_run(result, &request->show, &text));
    failed = failed != 0 ? failed : output_result(arguments, assize, text + request->shown);
    return failed == 0 && assize_is_partial(result) ? EXIT_INTERRUPTED : failed;
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
    free(request.along);
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
        "what is shown, never what is computed; --drop changes the menu.\n\n"
        "  assize run scenarios/toy\n"
        "  assize run scenarios/toy --set theories.desert-aggregate.theta=0.5\n"
        "  assize run scenarios/toy --along model.detection=0.005:0.1\n"
        "  assize run scenarios/toy --format json -o result.json\n",
    .options = run_options,
    .option_count = sizeof run_options / sizeof *run_options,
    .run = run,
};
