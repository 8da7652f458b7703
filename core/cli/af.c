/* assize af: the labeller on its own, as in the solver competition of 2023. */
#include "cli/command.h"

static const struct option options[] = {
    {"problem", 'p', "TASK", false, "SE, EE, DC or DS, and GR, CO, PR or ST: DC-PR"},
    {"file", 'f', "FILE", false, "the framework: `p af N`, or arg(a). att(a, b)."},
    {"argument", 'a', "ARG", false, "the argument that DC and DS ask about"},
    {"problems", '\0', NULL, false, "list the tasks"},
};

static int solve(const struct arguments *arguments, struct assize *assize)
{
    const char *text;
    int failed =
        program_report(assize, assize_solve_framework(assize, option_value(arguments, "problem"),
                                                      option_value(arguments, "file"),
                                                      option_value(arguments, "argument"), &text));
    return failed != 0 ? failed : output_text(text);
}

static int af(const struct arguments *arguments)
{
    struct assize *assize = NULL;
    if (option_given(arguments, "problems"))
        return output_text(assize_framework_tasks());
    if (option_value(arguments, "problem") == NULL)
        return usage_error(arguments, "which task? -p TASK is missing");
    if (option_value(arguments, "file") == NULL)
        return usage_error(arguments, "which framework? -f FILE is missing");
    int failed = program_open(arguments, &assize);
    failed = failed != 0 ? failed : solve(arguments, assize);
    assize_close(assize);
    return failed;
}

const struct command command_af = {
    .name = "af",
    .operands = "",
    .summary = "label an abstract framework of arguments and attacks",
    .details = "  assize af -p DC-PR -f framework.af -a 3\n  assize af --problems\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = af,
};
