/* assize check: whether scenarios are valid and meet their own expectations. */
#include "cli/command.h"

static int check_one(struct assize *assize, const char *path)
{
    struct assize_weigh_options options = assize_weigh_defaults();
    struct assize_scenario *scenario;
    struct assize_result *result;
    const char *text;
    options.draws = options.resamples = 0;
    int failed = program_report(assize, assize_load(assize, path, NULL, &scenario));
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_weigh(scenario, &options, &result));
    if (failed == 0) {
        failed = program_report(assize, assize_check(result, &text));
        if (failed == ASSIZE_OK || failed == ASSIZE_EXPECTATION) {
            int written = output_text(text);
            failed = written != 0 ? written : failed;
        }
    }
    assize_forget(scenario);
    return failed;
}

/* The exit code is that of the gravest fault: the codes rise with it. */
static int check(const struct arguments *arguments)
{
    struct assize *assize = NULL;
    int worst = program_open(arguments, &assize);
    for (size_t i = 0; assize != NULL && i < arguments->operand_count; i++) {
        int failed = check_one(assize, arguments->operands[i]);
        worst = failed > worst ? failed : worst;
    }
    assize_close(assize);
    return worst;
}

const struct command command_check = {
    .name = "check",
    .operands = "SCENARIO...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "check scenarios and run their tests",
    .details = "",
    .run = check,
};
