/* Assize: weighs sentencing regimes against theories of punishment, and shows the argument behind
 * every weight. This header is all that a program needs.
 *
 *     struct assize *assize;
 *     struct assize_scenario *scenario;
 *     struct assize_result *result;
 *     const char *screen;
 *
 *     assize_open(NULL, &assize);
 *     if (assize_load(assize, "scenarios/toy", NULL, &scenario) == ASSIZE_OK &&
 *         assize_weigh(scenario, NULL, &result) == ASSIZE_OK &&
 *         assize_show_run(result, NULL, &screen) == ASSIZE_OK)
 *         puts(screen);
 *     fputs(assize_messages(assize), stderr);
 *     assize_close(assize);
 *
 * Ownership, in one sentence: whatever a call returns belongs to the `struct assize` and lives
 * until assize_close(), or until assize_forget() for a scenario and all that came of it.
 *
 * Every call returns a status, which is also the program's exit code, and sets out-parameters only
 * when it is ASSIZE_OK (or ASSIZE_EXPECTATION, for checks). What went wrong, with file, line,
 * column and remedy, stands in assize_messages() until the next call. Nothing is printed, no signal
 * or locale is changed, and there are no globals: several `struct assize` may be used in several
 * threads, one in each.
 */
#ifndef ASSIZE_H
#define ASSIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ASSIZE_VERSION "0.1.0"

enum assize_status {
    ASSIZE_OK = 0,
    ASSIZE_EXPECTATION = 1, /* an expectation in `tests:`, or a verification, failed */
    ASSIZE_USAGE = 2,       /* something was asked for that does not exist */
    ASSIZE_SCENARIO = 3,    /* the scenario is not valid */
    ASSIZE_PLUGIN = 4,      /* a plugin is not valid, or was refused */
    ASSIZE_IO = 5,          /* a file could not be read or written, or memory ran out */
};

/* Where memory comes from: like realloc; frees, and returns NULL, when `new_size` is 0. */
struct assize_allocator {
    void *(*resize)(void *context, void *block, size_t old_size, size_t new_size);
    void *context;
};

struct assize_config {
    struct assize_allocator allocator; /* `resize` NULL: the C library's heap */
    const char *const *plugin_folders; /* searched in order, before those that are built in */
    size_t plugin_folder_count;
};

struct assize;
struct assize_scenario;
struct assize_result;

/* --- opening and closing --------------------------------------------------------------------- */

/* `config` may be NULL. ASSIZE_IO when there is no memory; then `*assize` is NULL. */
enum assize_status assize_open(const struct assize_config *config, struct assize **assize);
void assize_close(struct assize *assize);

/* Errors and warnings of the last call, as a person reads them; "" when there are none. */
const char *assize_messages(const struct assize *assize);

/* --- loading --------------------------------------------------------------------------------- */

/* One change of a value: `--set path=value`. */
struct assize_change {
    const char *path, *value;
};

struct assize_load_options {
    const struct assize_change *changes;
    size_t change_count;
    const char *const *drop; /* regimes to leave out of the menu */
    size_t drop_count;
    const char *draws_from; /* a CSV table of draws, or NULL: each row is a draw, each column a fact
                               named by its path; results are drawn as many times as it has rows */
};

/* Reads a scenario (a file, or a folder with scenario.yaml), checks it and traces its plugins.
 * `options` may be NULL. */
enum assize_status assize_load(struct assize *assize, const char *path,
                               const struct assize_load_options *options,
                               struct assize_scenario **scenario);

/* Loads the same scenario with the same regimes as it stands in its file, without the changes. */
enum assize_status assize_load_unchanged(struct assize_scenario *scenario,
                                         struct assize_scenario **unchanged);

/* Whether it was loaded with changes. */
bool assize_is_changed(const struct assize_scenario *scenario);

/* Frees a scenario with its results and texts. */
void assize_forget(struct assize_scenario *scenario);

/* --- weighing -------------------------------------------------------------------------------- */

enum assize_sampling {
    ASSIZE_RANDOM,
    ASSIZE_SOBOL, /* quasi-random: the number of draws is rounded up to 16 times a power of two of
                     256 or more, 8192 unless set */
};

struct assize_weigh_options {
    uint64_t draws; /* samples of the uncertain facts; 0: none; unless set, 10000, or fewer where
                       the cases are many persons of a table of records */
    uint64_t
        resamples; /* of the persons of a table of records; 0: none; unless set, 200 or fewer */
    uint64_t seed;
    enum assize_sampling sampling; /* of the uncertain facts */
    const char *along;             /* path of a premise to sweep, or NULL */
    double along_low, along_high;  /* its ends in the premise's unit; both NAN: its own range */
    unsigned threads;              /* 0: one for each processor; no result depends on it */

    /* Called now and then by the calling thread: `done` of `of`, as `what` says ("draws"). Where it
     * returns false the sampling ends there, and the result is marked partial. Or NULL. */
    bool (*progress)(void *context, const char *what, uint64_t done, uint64_t of);
    void *context;
};

/* As many draws and resamples as suit the scenario, random; seed 1; no sweep; a thread for each
 * processor. */
struct assize_weigh_options assize_weigh_defaults(void);

enum assize_status assize_weigh(struct assize_scenario *scenario,
                                const struct assize_weigh_options *options,
                                struct assize_result **result);

/* --- weighing in parts ----------------------------------------------------------------------- */

/* Draws a share of the draws, shard `number` of `of` from 1 on, and gives it as the text of a file:
 * a part. `*text` is NULL where `options->progress` ended it early: a part is whole or there is
 * none. `options->along` is not looked at. */
enum assize_status assize_weigh_shard(struct assize_scenario *scenario,
                                      const struct assize_weigh_options *options, uint64_t number,
                                      uint64_t of, const char **text);

/* Reads all the parts of a run, and loads the scenario that they name, changed as they say.
 * ASSIZE_USAGE when a part is damaged, missing, given twice or of another run. */
enum assize_status assize_load_parts(struct assize *assize, const char *const *paths, size_t count,
                                     struct assize_scenario **scenario);

/* Weighs what assize_load_parts() loaded with the parts' draws: the result is that of
 * assize_weigh() with the options of the parts, to the last bit. Of `options` (or NULL) the draws,
 * resamples, seed and sampling are not looked at. ASSIZE_USAGE when the scenario, or a file that it
 * reads, is not what the parts were made from. */
enum assize_status assize_merge(struct assize_scenario *scenario,
                                const struct assize_weigh_options *options,
                                struct assize_result **result);

/* --- reading results ------------------------------------------------------------------------- */

enum assize_verdict {
    ASSIZE_ACCEPTABLE,
    ASSIZE_BORDERLINE,
    ASSIZE_UNACCEPTABLE,
    ASSIZE_NOT_RULED_OUT, /* theories that only set limits */
    ASSIZE_RULED_OUT,
    ASSIZE_SILENT,      /* the theory has nothing to say, for a reason that it gives */
    ASSIZE_UNSUPPORTED, /* a claim that its conclusion rests on is out: no score */
};

struct assize_opinion {
    enum assize_verdict verdict;
    double score;                     /* by the theory's own scale; NAN when silent */
    double low, high;                 /* 5 and 95 per cent over the draws; NAN without draws */
    double error;                     /* standard error of the mean score */
    bool in_question;                 /* a claim that the conclusion rests on is undecided */
    uint64_t outcomes, outcomes_same; /* ways in which the scenario's disputes can come out, and how
                                         many give this verdict; 0 without arguments */
};

/* Whether `progress` ended the sampling early. */
bool assize_is_partial(const struct assize_result *result);

size_t assize_theories(const struct assize_result *result);
size_t assize_regimes(const struct assize_result *result);
const char *assize_theory_id(const struct assize_result *result, size_t theory);
const char *assize_regime_id(const struct assize_result *result, size_t regime);
struct assize_opinion assize_opinion(const struct assize_result *result, size_t theory,
                                     size_t regime);
const char *assize_verdict_name(enum assize_verdict verdict);

/* --- texts ----------------------------------------------------------------------------------- */

enum assize_format { ASSIZE_TEXT, ASSIZE_JSON, ASSIZE_CSV, ASSIZE_SVG, ASSIZE_DOT };

/* How to show a result. Choosing a theory or regime hides the others; it changes no number. */
struct assize_show_options {
    enum assize_format format;
    const char *theory, *regime;        /* ids, or NULL for all */
    bool by_case;                       /* one line for each case */
    bool color;                         /* escape codes for a terminal */
    const struct assize_result *before; /* show what changed since, or NULL */
    bool all_inputs;                    /* list every file read */
};

/* The screen of `assize run`. `options` may be NULL. */
enum assize_status assize_show_run(const struct assize_result *result,
                                   const struct assize_show_options *options, const char **text);

/* The first lines of that screen, which stand before anything is weighed: for long work. */
enum assize_status assize_show_head(struct assize_scenario *scenario, const char **text);

struct assize_explain_options {
    const char *theory, *regime; /* ids; required */
    const char *kase;            /* NULL: the case that decides, or the first */
    enum assize_format format;   /* text or json */
    bool questions;              /* with replies to open questions */
    bool color;
    bool sensitivity; /* with the premises that move the score, by its slope at the centre */
};

/* The argument behind one verdict, as an outline. */
enum assize_status assize_show_explanation(const struct assize_result *result,
                                           const struct assize_explain_options *options,
                                           const char **text);

enum assize_premises { ASSIZE_ALL, ASSIZE_MORAL, ASSIZE_ILLUSTRATIVE, ASSIZE_UNUSED };

/* The scenario's numbers with value, unit, status and source. Text, JSON or CSV. */
enum assize_status assize_show_premises(const struct assize_result *result,
                                        enum assize_premises which, enum assize_format format,
                                        const char **text);

/* Tries the scenario's `tests:`. ASSIZE_EXPECTATION when one fails; `text` says which. */
enum assize_status assize_check(const struct assize_result *result, const char **text);

/* Runs a saved JSON result again and compares to the last bit. ASSIZE_EXPECTATION when it differs;
 * `text` says where. */
enum assize_status assize_verify(struct assize *assize, const char *path, const char **text);

/* The theories or regime kinds that can be found: one line each, or, with a name, all that it
 * reads. */
enum assize_status assize_show_plugins(struct assize *assize, bool theories, const char *name,
                                       const char **text);

/* The name among `names` nearest to `wrong`, or NULL when none is near: for "did you mean ...?". */
const char *assize_suggest(const char *wrong, const char *const *names, size_t count);

/* How much each step of the scenario's regimes of this kind tells: the entropy, in bits, of the
 * share of cases in which it applies. */
enum assize_status assize_show_information(struct assize_scenario *scenario, const char *kind,
                                           const char **text);

struct assize_tape_options {
    enum assize_format format; /* text or json */
    bool no_time; /* without the shares of time, which are another measurement in each call */
};

/* The order in which the engine computes what `assize run` asks for: steps in loops, what they
 * stand for, their rows in memory, and their share of the time of some thousand draws. `options`
 * may be NULL. */
enum assize_status assize_show_tape(struct assize_scenario *scenario,
                                    const struct assize_tape_options *options, const char **text);

/* --- sentencing one case, or a table of them ------------------------------------------------- */

struct assize_sentence_options {
    const char *facts;                 /* a YAML file with a map of facts, or NULL */
    const struct assize_change *given; /* facts one by one: name and value */
    size_t given_count;
    enum assize_format format; /* text or json */
};

/* The worksheet of one case under one kind of regime: every step with its citation, and the range.
 * A fact that is missing is asked for by name, never assumed; one that the regime does not know, or
 * that is given twice, is an error (ASSIZE_SCENARIO). */
enum assize_status assize_sentence(struct assize *assize, const char *kind,
                                   const struct assize_sentence_options *options,
                                   const char **text);

struct assize_records_options {
    const char *facts; /* what holds for every row, as above */
    const struct assize_change *given;
    size_t given_count;
    const char *output; /* the file of results; NULL: they are handed to `write` */
    bool (*write)(void *context, const char *data, size_t size); /* false: no more */
    const char *rejects; /* rows with faults go here; NULL: any such row is an error */
    void (*progress)(void *context, uint64_t rows, double share); /* share read, 0 to 1; or NULL */
    void *context;
};

/* Sentences every row of a CSV table (its columns are facts) and gives the results in the rows'
 * order: row, level, category, low, high, statutory_low, statutory_high, zone, custody. Nothing is
 * written unless all rows are in order, or `rejects` takes those that are not. */
enum assize_status assize_sentence_records(struct assize *assize, const char *kind,
                                           const char *path,
                                           const struct assize_records_options *options);

/* --- arguments ------------------------------------------------------------------------------- */

struct assize_disputes_options {
    const char *theory;        /* id, or NULL for all */
    bool motion;               /* the sides of the motion alone */
    size_t size;               /* how many disputes may have to be won together; 0: 3, at most 8 */
    enum assize_format format; /* text or json */
};

/* What each dispute is worth: who says what, the verdicts that it moves, the smallest sets of
 * disputes that must be won for a regime to be preferred, what no outcome changes. `options` may be
 * NULL. ASSIZE_USAGE when the scenario has no arguments. */
enum assize_status assize_show_disputes(const struct assize_result *result,
                                        const struct assize_disputes_options *options,
                                        const char **text);

struct assize_map_options {
    const char *theory, *regime; /* ids: the claims behind this opinion too; both or neither */
    const char *focus;           /* an argument, claim or premise, and what is near it; or NULL */
    size_t depth;                /* how near: arrows to follow from it; 0: 2 */
    enum assize_format format;   /* text, json, svg or dot */
};

/* The scenario's arguments, and the claims of a theory, as one map. `options` may be NULL. An SVG
 * picture holds at most 100 nodes: ASSIZE_USAGE beyond, with what to do. */
enum assize_status assize_show_map(const struct assize_result *result,
                                   const struct assize_map_options *options, const char **text);

/* The labeller on its own, with the interface of the solver competition of 2023: a task ("DC-PR"),
 * a file (`p af N`, or arg(a). att(a, b).), and the argument that DC and DS ask about. */
enum assize_status assize_solve_framework(struct assize *assize, const char *task, const char *path,
                                          const char *argument, const char **text);

/* The tasks there are: "[EE-GR,SE-GR,...]" */
const char *assize_framework_tasks(void);

/* Writes `text` beside `path` and renames, so that a kill leaves the old file or the new one. */
enum assize_status assize_write_file(struct assize *assize, const char *path, const char *text);

#endif
