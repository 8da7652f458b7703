/* assize sentence: one case, or a table of them, under one kind of regime. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

enum { MOST_FACTS = 1000 };

static const struct option sentence_options[] = {
    {"facts", '\0', "FILE", false, "read facts from a YAML file: names and values"},
    {"edition", '\0', "DATE", false, "the text in force that day; the same as edition=DATE"},
    {"format", '\0', "FORMAT", false, "text or json"},
    {"records", '\0', "FILE", false, "sentence every row of a CSV table; -: standard input"},
    {"rejects", '\0', "FILE", false, "write rows with faults there, and go on"},
    {"output", 'o', "FILE", false, "write to FILE instead of the screen"},
};

/* Facts as the command line gives them. */
struct facts {
    struct assize_change *given;
    size_t count;
};

static int read_fact(const struct arguments *arguments, struct facts *facts, const char *text)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text)
        return usage_error(arguments, "a fact is given as NAME=VALUE, not `%s`", text);
    char *name = allocate((size_t)(equals - text) + 1, 1);
    memcpy(name, text, (size_t)(equals - text));
    facts->given[facts->count++] = (struct assize_change){name, equals + 1};
    return 0;
}

static int read_facts(const struct arguments *arguments, struct facts *facts)
{
    int failed = 0;
    *facts = (struct facts){allocate(arguments->operand_count + 1, sizeof *facts->given), 0};
    for (size_t i = 1; failed == 0 && i < arguments->operand_count; i++)
        failed = read_fact(arguments, facts, arguments->operands[i]);
    const char *edition = option_value(arguments, "edition");
    if (failed != 0 || edition == NULL)
        return failed;
    char *name = allocate(sizeof "edition", 1);
    memcpy(name, "edition", sizeof "edition");
    facts->given[facts->count++] = (struct assize_change){name, edition};
    return 0;
}

static void facts_release(struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        free((char *)facts->given[i].path);
    free(facts->given);
}

/* --- one case -------------------------------------------------------------------------------- */

static int sentence_one(const struct arguments *arguments, struct assize *assize,
                        const struct facts *facts)
{
    static const char *const formats[] = {"text", "json", NULL};
    size_t format;
    const char *text;
    if (option_given(arguments, "rejects"))
        return usage_error(arguments, "`--rejects` goes with `--records`");
    int failed = option_choice(arguments, "format", formats, &format);
    if (failed != 0)
        return failed;
    struct assize_sentence_options options = {.facts = option_value(arguments, "facts"),
                                              .given = facts->given,
                                              .given_count = facts->count,
                                              .format = (enum assize_format)format};
    failed =
        program_report(assize, assize_sentence(assize, arguments->operands[0], &options, &text));
    return failed != 0 ? failed : output_result(arguments, assize, text);
}

/* --- a table --------------------------------------------------------------------------------- */

static bool write_out(void *context, const char *data, size_t size)
{
    (void)context;
    return fwrite(data, 1, size, stdout) == size;
}

static void show_rows(void *context, uint64_t rows, double share)
{
    char line[60];
    (void)context;
    snprintf(line, sizeof line, "\r%llu row%s, %.0f %%", (unsigned long long)rows,
             rows == 1 ? "" : "s", 100 * share);
    progress_show(line);
}

static int sentence_table(const struct arguments *arguments, struct assize *assize,
                          const struct facts *facts)
{
    struct assize_records_options options = {.facts = option_value(arguments, "facts"),
                                             .given = facts->given,
                                             .given_count = facts->count,
                                             .output = option_value(arguments, "output"),
                                             .write = write_out,
                                             .rejects = option_value(arguments, "rejects"),
                                             .progress = show_rows};
    const char *records = option_value(arguments, "records");
    bool same = options.output != NULL && options.rejects != NULL &&
                strcmp(options.output, options.rejects) == 0;
    if (same)
        return usage_error(arguments, "`--output` and `--rejects` name the same file");
    if (option_given(arguments, "format"))
        return usage_error(arguments,
                           "results of `--records` are a table: `--format` is not taken");
    enum assize_status status =
        assize_sentence_records(assize, arguments->operands[0],
                                strcmp(records, "-") == 0 ? "/dev/stdin" : records, &options);
    progress_clear();
    int failed = program_report(assize, status);
    if (failed == 0 && fflush(stdout) != 0)
        failed = ASSIZE_IO;
    return failed;
}

static int run(const struct arguments *arguments)
{
    struct facts facts;
    struct assize *assize = NULL;
    int failed = read_facts(arguments, &facts);
    failed = failed != 0 ? failed : program_open(arguments, &assize);
    if (failed == 0)
        failed = option_given(arguments, "records") ? sentence_table(arguments, assize, &facts)
                                                    : sentence_one(arguments, assize, &facts);
    assize_close(assize);
    facts_release(&facts);
    return failed;
}

const struct command command_sentence = {
    .name = "sentence",
    .operands = "KIND [NAME=VALUE...]",
    .least = 1,
    .most = MOST_FACTS,
    .summary = "work out the sentence of a case, step by step, or of every row of a table",
    .details =
        "KIND is a kind of regime; `assize regimes KIND` lists the facts that it reads, which\n"
        "are the columns of a table too. A fact that is missing is asked for, never assumed.\n"
        "A row with a fault stops the run before anything is written, unless --rejects says\n"
        "where such rows go.\n\n"
        "  assize sentence us-guidelines guideline=2G2.2 --edition 2021-11-01 images=650 ...\n"
        "  assize sentence us-guidelines --facts case.yaml --format json\n"
        "  assize sentence us-guidelines --records cases.csv -o levels.csv\n",
    .options = sentence_options,
    .option_count = sizeof sentence_options / sizeof *sentence_options,
    .run = run,
};
