/* assize premises: the numbers a scenario rests on. */
#include "cli/command.h"

static const struct option options[] = {
    {"moral", '\0', NULL, false, "moral choices only"},
    {"illustrative", '\0', NULL, false, "what is in use and has no source, or an unverified one"},
    {"unused", '\0', NULL, false, "what no theory in use depends on"},
    {"set", '\0', "PATH=VALUE", true, "change a value"},
    {"format", '\0', "FORMAT", false, "text, json or csv"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

static int read_filter(const struct arguments *arguments, enum assize_premises *which)
{
    static const char *const names[] = {"moral", "illustrative", "unused"};
    size_t count = 0;
    *which = ASSIZE_ALL;
    for (size_t i = 0; i < 3; i++) {
        if (!option_given(arguments, names[i]))
            continue;
        *which = (enum assize_premises)(ASSIZE_MORAL + (int)i);
        count++;
    }
    return count > 1
               ? usage_error(arguments, "--moral, --illustrative and --unused exclude each other")
               : 0;
}

static int show(const struct arguments *arguments, struct assize *assize,
                const struct changes *changes, enum assize_premises which,
                enum assize_format format)
{
    struct assize_result *result;
    const char *text;
    int failed = program_weigh_undrawn(arguments, assize, changes, &result);
    if (failed == 0)
        failed = program_report(assize, assize_show_premises(result, which, format, &text));
    return failed != 0 ? failed : output_result(arguments, assize, text);
}

static int premises(const struct arguments *arguments)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    struct changes changes = {.changes = NULL};
    struct assize *assize = NULL;
    enum assize_premises which;
    size_t format = 0;
    int failed = read_filter(arguments, &which);
    failed = failed != 0 ? failed : option_choice(arguments, "format", formats, &format);
    failed = failed != 0 ? failed : read_changes(arguments, &changes);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    if (failed == 0)
        failed = show(arguments, assize, &changes, which, (enum assize_format)format);
    assize_close(assize);
    changes_release(&changes);
    return failed;
}

const struct command command_premises = {
    .name = "premises",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "list the numbers a scenario rests on",
    .details = "",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = premises,
};
