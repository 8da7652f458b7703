/* assize map: arguments and claims as a map. */
#include "cli/command.h"

static const struct option options[] = {
    {"theory", '\0', "NAME", false, "with the claims of this theory..."},
    {"regime", '\0', "NAME", false, "...on this regime"},
    {"focus", '\0', "ID", false, "only what is near this argument, claim or premise"},
    {"depth", '\0', "N", false, "how near, in arrows (2)"},
    {"set", '\0', "PATH=VALUE", true, "change a value"},
    {"format", '\0', "FORMAT", false, "text, svg, dot or json"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

struct request {
    struct assize_map_options show;
    struct changes changes;
};

static int read_request(const struct arguments *arguments, struct request *request)
{
    static const char *const formats[] = {"text", "svg", "dot", "json", NULL};
    static const enum assize_format meant[] = {ASSIZE_TEXT, ASSIZE_SVG, ASSIZE_DOT, ASSIZE_JSON};
    size_t format;
    uint64_t depth;
    *request = (struct request){.show.theory = option_value(arguments, "theory"),
                                .show.regime = option_value(arguments, "regime"),
                                .show.focus = option_value(arguments, "focus")};
    int failed = option_choice(arguments, "format", formats, &format);
    request->show.format = meant[format];
    failed = failed != 0 ? failed : option_number(arguments, "depth", 2, &depth);
    request->show.depth = failed == 0 ? (size_t)depth : 0;
    if (failed == 0 && (request->show.theory == NULL) != (request->show.regime == NULL))
        failed = usage_error(arguments, "`--theory` and `--regime` go together");
    return failed != 0 ? failed : read_changes(arguments, &request->changes);
}

static int map_with(const struct arguments *arguments, struct assize *assize,
                    const struct request *request)
{
    struct assize_result *result;
    const char *text;
    int failed = program_weigh_undrawn(arguments, assize, &request->changes, &result);
    if (failed == 0)
        failed = program_report(assize, assize_show_map(result, &request->show, &text));
    return failed != 0 ? failed : output_result(arguments, assize, text);
}

static int map(const struct arguments *arguments)
{
    struct request request;
    struct assize *assize = NULL;
    int failed = read_request(arguments, &request);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    failed = failed != 0 ? failed : map_with(arguments, assize, &request);
    assize_close(assize);
    changes_release(&request.changes);
    return failed;
}

const struct command command_map = {
    .name = "map",
    .operands = "SCENARIO",
    .least = 1,
    .most = 1,
    .summary = "show who answers whom, and what it bears on",
    .details =
        "  assize map scenarios/littering\n"
        "  assize map scenarios/littering --theory rule --regime fine --format svg -o map.svg\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = map,
};
