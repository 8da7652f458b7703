/* The program `assize`: one file for each command, all of them described by tables.
 *
 * A command's table says which options it takes; parsing, help and suggestions are made from it.
 * The program includes assize.h and nothing else of the core.
 */
#ifndef ASSIZE_CLI_COMMAND_H
#define ASSIZE_CLI_COMMAND_H

#include "api/assize.h"

struct option {
    const char *name;  /* without the dashes */
    char letter;       /* or '\0' */
    const char *value; /* what the value is called in help; NULL: takes none */
    bool repeats;
    const char *about;
};

struct arguments;

struct command {
    const char *name;
    const char *operands; /* "SCENARIO" */
    size_t least, most;   /* operands */
    const char *summary;  /* one line */
    const char *details;  /* examples and remarks */
    const struct option *options;
    size_t option_count;
    int (*run)(const struct arguments *arguments); /* returns the exit code */
};

extern const struct command command_run, command_explain, command_premises, command_check,
    command_verify, command_sentence, command_theories, command_regimes, command_help,
    command_disputes, command_map, command_af, command_tape, command_merge;

/* All commands, in the order of help; ends in NULL. */
extern const struct command *const commands[];

/* The command called `name`; NULL with a message when there is none. */
const struct command *command_find(const char *name);

/* --- options.c: what was given -------------------------------------------------------------- */

struct given {
    const struct option *option;
    const char *value;
};

struct arguments {
    const struct command *command;
    const char **operands;
    size_t operand_count;
    struct given *given;
    size_t given_count;
};

/* Options of every command: --plugins, --color, --help. */
extern const struct option common_options[];
extern const size_t common_option_count;

/* Parses what follows the command's name. Returns 0, or an exit code after a message. */
int arguments_parse(struct arguments *arguments, const struct command *command, int count,
                    char **words);
void arguments_release(struct arguments *arguments);

bool option_given(const struct arguments *arguments, const char *name);
const char *option_value(const struct arguments *arguments, const char *name); /* NULL: not given */
size_t option_count(const struct arguments *arguments, const char *name);
const char *option_value_at(const struct arguments *arguments, const char *name, size_t at);

/* The value as a whole number, or `otherwise` when not given. Returns 0, or an exit code. */
int option_number(const struct arguments *arguments, const char *name, uint64_t otherwise,
                  uint64_t *number);

/* The place of the value among `names` (ended by NULL), 0 when not given. */
int option_choice(const struct arguments *arguments, const char *name, const char *const *names,
                  size_t *choice);

/* Prints "assize COMMAND: message" to stderr and how to get help; returns the exit code for it. */
int usage_error(const struct arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- help.c --------------------------------------------------------------------------------- */

int help_overview(void);
int help_command(const struct command *command);

/* --- output.c ------------------------------------------------------------------------------- */

/* Writes to standard output. Returns 0, or the exit code for it after a message. */
int output_text(const char *text);

/* To the file of `-o`, or to standard output. */
int output_result(const struct arguments *arguments, struct assize *assize, const char *text);

/* Whether texts shall be coloured, by --color, NO_COLOR and the terminal. */
int output_color(const struct arguments *arguments, bool *color);

/* Memory for `count` objects, zeroed; ends the program with its message when there is none. */
void *allocate(size_t count, size_t size);

/* As shells say of a program that SIGINT ended: the result that was written is partial. */
enum { EXIT_INTERRUPTED = 130 };

/* --- progress.c ----------------------------------------------------------------------------- */

/* A line on stderr while a long computation is under way, when stderr is a terminal. */
void progress_show(const char *what);
void progress_clear(void);

/* assize_weigh() under such a line, with the rate and the time left when it takes long. The first
 * interrupt (SIGINT) ends the sampling early, and the result holds what was done; the second one
 * ends the program. */
enum assize_status program_weigh(struct assize_scenario *scenario,
                                 const struct assize_weigh_options *options, const char *what,
                                 struct assize_result **result);

/* The same for assize_weigh() or assize_merge(). */
typedef enum assize_status weigh_call(struct assize_scenario *scenario,
                                      const struct assize_weigh_options *options,
                                      struct assize_result **result);
enum assize_status program_weigh_by(weigh_call *call, struct assize_scenario *scenario,
                                    const struct assize_weigh_options *options, const char *what,
                                    struct assize_result **result);

/* And for assize_weigh_shard(): an interrupt leaves `*text` NULL. */
enum assize_status program_weigh_shard(struct assize_scenario *scenario,
                                       const struct assize_weigh_options *options, uint64_t number,
                                       uint64_t of, const char **text);

/* --- shown.c: what `run` and `merge` have in common ------------------------------------------ */

#define SHOWN_OPTIONS                                                                              \
    {"along", '\0', "PATH[=LOW:HIGH]", false, "the verdicts at 21 points along one value"},        \
        {"by", '\0', "case", false, "show every type of case"},                                    \
        {"theory", '\0', "NAME", false, "show this theory only"},                                  \
        {"regime", '\0', "NAME", false, "show this regime only"},                                  \
        {"format", '\0', "FORMAT", false, "text, json or csv"},                                    \
        {"output", 'o', "FILE", false, "write to FILE instead of the screen"},                     \
        {"inputs", '\0', NULL, false, "list every file that was read"},                            \
    {                                                                                              \
        "threads", '\0', "N", false, "threads that draw (one for each processor)"                  \
    }

struct shown {
    struct assize_show_options show;
    char *along;  /* the path of --along */
    size_t shown; /* bytes of the screen that stand there already */
};

/* Reads SHOWN_OPTIONS; `weigh` gets what they say of it, and points into `shown`. Returns 0, or an
 * exit code. */
int shown_read(const struct arguments *arguments, struct assize_weigh_options *weigh,
               struct shown *shown);
void shown_release(struct shown *shown);

/* Weighs a scenario, and the same without its changes where the screen shows both, and shows or
 * writes the result. Returns the exit code. */
int shown_run(const struct arguments *arguments, struct assize *assize,
              struct assize_scenario *scenario, weigh_call *call,
              const struct assize_weigh_options *weigh, struct shown *shown);

/* --- program.c ------------------------------------------------------------------------------ */

/* Opens the library with the folders of --plugins and those that came with the program. */
int program_open(const struct arguments *arguments, struct assize **assize);

/* Prints the messages of the last call; returns `status` as an exit code. */
int program_report(const struct assize *assize, enum assize_status status);

/* What --set and --drop ask for; lives as long as `arguments`. */
struct changes {
    struct assize_load_options options;
    struct assize_change *changes;
    const char **drop;
};
/* Reads --set and --drop. */
int read_changes(const struct arguments *arguments, struct changes *changes);
void changes_release(struct changes *changes);

#define DRAWN_OPTIONS                                                                              \
    {"draws", '\0', "N", false,                                                                    \
     "draws of the uncertain facts (10000, fewer over large tables of records); 0: none"},         \
        {"seed", '\0', "N", false, "seed of the draws (1)"},                                       \
        {"sampling", '\0', "HOW", false,                                                           \
         "random, or sobol: quasi-random draws, whose means err less (8192 draws)"},               \
    {                                                                                              \
        "draws-from", '\0', "FILE.csv", false,                                                     \
            "draws of facts from a table: a row is a draw, a column a fact's path"                 \
    }

/* Reads DRAWN_OPTIONS; `load` gets the table of draws. Returns 0, or an exit code. */
int read_drawn(const struct arguments *arguments, struct assize_weigh_options *weigh,
               struct assize_load_options *load);

/* Loads the scenario that is the first operand, changed so, and weighs it at the central values:
 * for what is about outcomes and arguments, where nothing need be drawn. */
int program_weigh_undrawn(const struct arguments *arguments, struct assize *assize,
                          const struct changes *changes, struct assize_result **result);

#endif
