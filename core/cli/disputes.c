/* assize disputes: what each dispute is worth. */
#include "cli/command.h"

static const struct option options[] = {
    {"theory", '\0', "NAME", false, "by this theory only"},
    {"motion", '\0', NULL, false, "what each side of the motion must win, and no more"},
    {"size", '\0', "N", false, "look for sets of at most N disputes (3; at most 8)"},
    {"set", '\0', "PATH=VALUE", true, "change a value"},
    {"drop", '\0', "REGIME", true, "take a regime off the menu"},
    {"format", '\0', "FORMAT", false, "text or json"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

struct request {
    struct assize_disputes_options show;
    struct changes changes;
};

static int read_request(const struct arguments *arguments, struct request *request)
{
    static const char *const formats[] = {"text", "json", NULL};
    size_t format;
    uint64_t size;
    *request = (struct request){.show.theory = option_value(arguments, "theory"),
                                .show.motion = option_given(arguments, "motion")};
    int failed = option_choice(arguments, "format", formats, &format);
    request->show.format = (enum assize_format)format;
    failed = failed != 0 ? failed : option_number(arguments, "size", 3, &size);
    if (failed == 0 && (size < 1 || size > 8))
        failed = usage_error(arguments, "`--size` takes a number from 1 to 8");
    request->show.size = failed == 0 ? (size_t)size : 0;
    return failed != 0 ? failed : read_changes(arguments, &request->changes);
}

static int disputes_with(const struct arguments *arguments, struct assize *assize,
                         const struct request *request)
{
    struct assize_result *result;
    const char *text;
    int failed = program_weigh_undrawn(arguments, assize, &request->changes, &result);
    if (failed == 0)
        failed = program_report(assize, assize_show_disputes(result, &request->show, &text));
    return failed != 0 ? failed : output_result(arguments, assize, text);
}

static int disputes(const struct arguments *arguments)
{
    struct request request;
    struct assize *assize = NULL;
    int failed = read_request(arguments, &request);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : disputes_with(arguments, assize, &request);
    assize_close(assize);
    changes_release(&request.changes);
    return failed;
}

const struct command command_disputes = {
    .name = "disputes",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "show which disputes decide a verdict",
    .details = "  assize disputes scenarios/possession --motion\n"
               "  assize disputes scenarios/littering --theory desert-aggregate\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = disputes,
};
