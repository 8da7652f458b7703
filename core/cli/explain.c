/* assize explain: the argument behind one verdict. */
#include "cli/command.h"

static const struct option options[] = {
    {"theory", '\0', "NAME", false, "the theory that judges (required)"},
    {"regime", '\0', "NAME", false, "the regime that is judged (required)"},
    {"case", '\0', "NAME", false, "tell it for this type of case; else for the one that decides"},
    {"questions", '\0', NULL, false, "show replies to open questions"},
    {"sensitivity", '\0', NULL, false, "show which premises move the score, by its slope"},
    {"set", '\0', "PATH=VALUE", true, "change a value"},
    {"drop", '\0', "REGIME", true, "take a regime off the menu"},
    DRAWN_OPTIONS,
    {"format", '\0', "FORMAT", false, "text or json"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

/* What the options of one explanation come to. */
struct request {
    struct assize_weigh_options weigh;
    struct assize_explain_options show;
    struct changes changes;
};

static int read_show(const struct arguments *arguments, struct request *request)
{
    static const char *const formats[] = {"text", "json", NULL};
    size_t format;
    request->show = (struct assize_explain_options){
        .theory = option_value(arguments, "theory"),
        .regime = option_value(arguments, "regime"),
        .kase = option_value(arguments, "case"),
        .questions = option_given(arguments, "questions"),
        .sensitivity = option_given(arguments, "sensitivity"),
    };
    if (request->show.theory == NULL)
        return usage_error(arguments, "which theory? --theory NAME is missing");
    if (request->show.regime == NULL)
        return usage_error(arguments, "which regime? --regime NAME is missing");
    int failed = option_choice(arguments, "format", formats, &format);
    request->show.format = (enum assize_format)format;
    failed = failed != 0 ? failed : output_color(arguments, &request->show.color);
    if (option_given(arguments, "output"))
        request->show.color = false;
    return failed;
}

static int read_request(const struct arguments *arguments, struct request *request)
{
    *request = (struct request){.weigh = assize_weigh_defaults()};
    request->weigh.resamples = 0;
    int failed = read_show(arguments, request);
    failed = failed != 0 ? failed : read_changes(arguments, &request->changes);
    return failed != 0 ? failed : read_drawn(arguments, &request->weigh, &request->changes.options);
}

static int explain_with(const struct arguments *arguments, struct assize *assize,
                        const struct request *request)
{
    struct assize_scenario *scenario;
    struct assize_result *result;
    const char *text;
    int failed = program_report(
        assize, assize_load(assize, arguments->operands[0], &request->changes.options, &scenario));
    if (failed != 0)
        return failed;
    failed = program_report(assize, program_weigh(scenario, &request->weigh, "weighing", &result));
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_show_explanation(result, &request->show, &text));
    failed = failed != 0 ? failed : output_result(arguments, assize, text);
    return failed == 0 && assize_is_partial(result) ? EXIT_INTERRUPTED : failed;
}

static int explain(const struct arguments *arguments)
{
    struct request request;
    struct assize *assize = NULL;
    int failed = read_request(arguments, &request);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : explain_with(arguments, assize, &request);
    assize_close(assize);
    changes_release(&request.changes);
    return failed;
}

const struct command command_explain = {
    .name = "explain",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "show the argument behind one verdict",
    .details = "  assize explain scenarios/toy --theory desert-aggregate --regime uniform84\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = explain,
};
