/* assize verify: runs a saved result again and compares to the last bit. */
#include "cli/command.h"

static int verify(const struct arguments *arguments)
{
    struct assize *assize = NULL;
    const char *text;
    int failed = program_open(arguments, &assize);
    if (failed != 0)
        return failed;
    failed = program_report(assize, assize_verify(assize, arguments->operands[0], &text));
    if (failed == ASSIZE_OK || failed == ASSIZE_EXPECTATION) {
        int written = output_text(text);
        failed = written != 0 ? written : failed;
    }
    assize_close(assize);
    return failed;
}

const struct command command_verify = {
    .name = "verify",
    .operands = "RESULT.json",
    .least = 1,
    .most = 1,
    .summary = "run a saved result again and compare to the last bit",
    .details =
        "The scenario is looked for where the result says it was: run it from the same folder.\n\n"
        "  assize run scenarios/toy --format json -o result.json\n"
        "  assize verify result.json\n",
    .run = verify,
};
