/* assize tape: the order in which the engine computes. */
#include "cli/command.h"

static const struct option options[] = {
    {"set", '\0', "PATH=VALUE", true, "change a value"},
    {"drop", '\0', "REGIME", true, "take a regime off the menu"},
    {"no-time", '\0', NULL, false, "without measuring: the same text in every run"},
    {"format", '\0', "FORMAT", false, "text or json"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

struct request {
    struct assize_tape_options show;
    struct changes changes;
};

static int read_request(const struct arguments *arguments, struct request *request)
{
    static const char *const formats[] = {"text", "json", NULL};
    size_t format;
    *request = (struct request){.show.no_time = option_given(arguments, "no-time")};
    int failed = option_choice(arguments, "format", formats, &format);
    request->show.format = failed == 0 && format == 1 ? ASSIZE_JSON : ASSIZE_TEXT;
    return failed != 0 ? failed : read_changes(arguments, &request->changes);
}

static int tape_with(const struct arguments *arguments, struct assize *assize,
                     const struct request *request)
{
    struct assize_scenario *scenario;
    const char *text;
    int failed = program_report(
        assize, assize_load(assize, arguments->operands[0], &request->changes.options, &scenario));
    if (failed == 0)
        failed = program_report(assize, assize_show_tape(scenario, &request->show, &text));
    return failed != 0 ? failed : output_result(arguments, assize, text);
}

static int tape(const struct arguments *arguments)
{
    struct request request;
    struct assize *assize = NULL;
    int failed = read_request(arguments, &request);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : tape_with(arguments, assize, &request);
    assize_close(assize);
    changes_release(&request.changes);
    return failed;
}

const struct command command_tape = {
    .name = "tape",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "show the engine's order of work, step by step",
    .details = "  assize tape scenarios/possession\n"
               "  assize tape scenarios/toy --no-time > before; ...; diff before after\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = tape,
};
