/* assize merge: the result of a run that was made in parts. */
#include "cli/command.h"

static const struct option merge_options[] = {SHOWN_OPTIONS};

static int merge_with(const struct arguments *arguments, struct assize *assize,
                      const struct assize_weigh_options *weigh, struct shown *shown)
{
    struct assize_scenario *scenario;
    int failed = program_report(assize, assize_load_parts(assize, arguments->operands,
                                                          arguments->operand_count, &scenario));
    if (failed != 0)
        return failed;
    return shown_run(arguments, assize, scenario, assize_merge, weigh, shown);
}

static int merge(const struct arguments *arguments)
{
    struct assize_weigh_options weigh = assize_weigh_defaults();
    struct shown shown = {.shown = 0};
    struct assize *assize = NULL;
    int failed = shown_read(arguments, &weigh, &shown);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : merge_with(arguments, assize, &weigh, &shown);
    assize_close(assize);
    shown_release(&shown);
    return failed;
}

const struct command command_merge = {
    .name = "merge",
    .operands = "PART...",
    .least = 1,
    .most = SIZE_MAX,
    .summary = "put together a run whose draws were made in parts",
    .details =
        "The result is that of one run with the same options, to the last bit. The scenario\n"
        "is looked for where the parts say it was: run it from the same folder.\n\n"
        "  assize run scenarios/possession --shard 1/2 -o part1.json\n"
        "  assize run scenarios/possession --shard 2/2 -o part2.json\n"
        "  assize merge part1.json part2.json\n",
    .options = merge_options,
    .option_count = sizeof merge_options / sizeof *merge_options,
    .run = merge,
};
