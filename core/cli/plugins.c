/* assize theories, assize regimes: the plugins there are, and what each reads. */
#include "cli/command.h"

static int show_plugins(const struct arguments *arguments, bool theories)
{
    struct assize *assize = NULL;
    const char *text;
    const char *name = arguments->operand_count > 0 ? arguments->operands[0] : NULL;
    int failed = program_open(arguments, &assize);
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_show_plugins(assize, theories, name, &text));
    failed = failed != 0 ? failed : output_text(text);
    assize_close(assize);
    return failed;
}

static const struct option regime_options[] = {
    {"information", '\0', "SCENARIO", false, "what each step of KIND tells, over its cases"},
};

static int show_information(const struct arguments *arguments)
{
    struct assize *assize = NULL;
    struct assize_scenario *scenario;
    const char *text;
    if (arguments->operand_count == 0)
        return usage_error(arguments, "`--information` needs a kind of regime");
    int failed = program_open(arguments, &assize);
    if (failed != 0)
        return failed;
    failed = program_report(
        assize, assize_load(assize, option_value(arguments, "information"), NULL, &scenario));
    if (failed == 0)
        failed = program_report(assize,
                                assize_show_information(scenario, arguments->operands[0], &text));
    failed = failed != 0 ? failed : output_text(text);
    assize_close(assize);
    return failed;
}

static int show_theories(const struct arguments *arguments)
{
    return show_plugins(arguments, true);
}

static int show_regimes(const struct arguments *arguments)
{
    if (option_given(arguments, "information"))
        return show_information(arguments);
    return show_plugins(arguments, false);
}

const struct command command_theories = {
    .name = "theories",
    .operands = "[NAME]",
    .most = 1,
    .summary = "list the theories, or what one reads, with units",
    .details = "",
    .run = show_theories,
};

const struct command command_regimes = {
    .name = "regimes",
    .operands = "[KIND]",
    .most = 1,
    .summary = "list the kinds of regime, or what one reads, with units",
    .details =
        "--information weighs the cases by their shares: a step that 95 % get tells .286 bit.\n\n"
        "  assize regimes points --information scenarios/possession\n",
    .options = regime_options,
    .option_count = sizeof regime_options / sizeof *regime_options,
    .run = show_regimes,
};
