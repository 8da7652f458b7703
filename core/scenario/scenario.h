/* A scenario, checked.
 *
 * Loading goes in two steps, since what must stand in a scenario depends on its plugins:
 * scenario_read() reads the file and the parts that are the core's own (title, cases, regimes,
 * theories, sources, tests); scenario_bind() then checks the rest against what the plugins declare,
 * and makes the premises. Everything lies in the scenario's arena.
 */
#ifndef ASSIZE_SCENARIO_SCENARIO_H
#define ASSIZE_SCENARIO_SCENARIO_H

#include "base/diag.h"
#include "base/file.h"
#include "engine/distribution.h"
#include "graph/graph.h"
#include "scenario/schema.h"
#include "scenario/yaml.h"

/* A number, truth value or label that a theory or regime reads. Values are in base units. */
struct premise {
    const char *path;
    enum value_kind kind;
    struct unit unit;
    const char *unit_text; /* the unit it was declared in, for showing; NULL for truths, labels */
    double unit_scale;     /* base units in one of `unit_text` */
    double value;          /* central; a truth as 0 or 1; a label as its index */
    const struct distribution *distribution; /* NULL: fixed */
    const double *drawn; /* its values in draws 1, 2, ..., where a table has them; or NULL */
    bool moral;
    double low, high;           /* moral: the range (numbers) */
    double least, most;         /* what the plugin allows a number to be, in `unit_text` */
    bool least_open, most_open; /* the end itself is not allowed */
    bool whole;                 /* only whole numbers, in `unit_text` */
    bool
        loose; /* so far read as a fact of whatever kind: a plugin that says more takes its place */
    enum premise_status status;
    const char *source; /* key of `sources`, or free text for an assumed one; or NULL */
    const char *note;
    bool disputed;
    bool assumed; /* the plugin's default, not in the scenario */
    const char *const *labels;
    size_t label_count;
    bool set;             /* by `--set` to another value than the file's: then illustrative */
    const char *accepted; /* the argument whose acceptance sets the value, or NULL */
    size_t column;        /* of the records that it stands in, from 1 (records.h); 0: none. Then it
                             is data and no premise to a reader, and `value` is a mean (or the most
                             frequent truth or label) of its class */
    struct place place;   /* in the scenario, or the plugin's line when assumed */
};

struct change;

/* A use of a plugin: one entry of `theories:` or `regimes:`. */
struct use {
    const char *id;    /* "desert-marginal" */
    const char *kind;  /* "retributivism-positive": the plugin's name */
    const char *title; /* or NULL */
    struct tree *tree; /* the entry */

    /* Regimes: what changes of the one that it is like. */
    const char *like;           /* the regime or kind that changes begin from, or NULL */
    const char *const *dropped; /* steps that are not taken */
    size_t dropped_count;
    struct change *changes; /* numbers of tables of data that are others here */
    size_t change_count;
};

struct change {
    const char *path; /* `data."us/2G2.2".steps.images` */
    struct tree *value;
};

struct source {
    const char *id;
    struct tree *tree;
};

/* One entry of `tests:`. A member that is not asked for is NULL or false. */
struct expectation {
    const char *id;
    const char *theory, *regime;
    const char *verdict; /* "acceptable", "borderline", "unacceptable", "silent", "ruled out", "not
                            ruled out" */
    bool has_score;
    double score, within; /* |score - actual| <= within */
    const char *finding;  /* name of a finding; then `score` is its value (`value:`) */
    const char *kase;     /* case of a finding or difference that varies by case, or NULL */
    struct place place;
};

/* What the debate is about: kept for those who show it. Members may be NULL. */
struct motion {
    const char *text;
    const char *proposition, *opposition; /* regimes */
};

struct correlations;
struct data_file;
struct records;

struct scenario {
    bool worksheet; /* made of facts: one case, one regime, no theory */
    struct arena *arena;
    struct buffer file;
    struct tree *root;
    const char *title, *question; /* the question may be NULL */
    struct motion motion;
    const char *shares_of; /* "participants" or "sentenced" */
    struct source *sources;
    size_t source_count;
    const char *const *cases; /* ids, in file order */
    size_t case_count;
    struct records *records; /* in place of cases, which are then its classes; or NULL */
    struct use *regimes;
    size_t regime_count;
    struct use *theories;
    size_t theory_count;
    struct expectation *expectations;
    size_t expectation_count;

    struct premise *premises; /* after scenario_bind() */
    size_t premise_count;
    const struct correlations *correlations; /* correlate.h; NULL: each is drawn on its own */

    const struct premise **by_path; /* the premises sorted by path */
    struct tree **pending;          /* settings whose path is not in the file: key, text, path */
    size_t pending_count;
    struct data_file *data; /* the tables of plugins/data that were read */
    size_t data_count;
};

/* A change of one value: `--set path=value`. */
struct setting {
    const char *path, *value;
};

/* Reads the core's own parts. `settings` replace values of the tree before anything is checked; a
 * path that does not exist in the file is kept for scenario_bind(), which may find it among the
 * defaults. A setting to the value that stands changes nothing.
 *
 * `*scenario` is set whenever the file is YAML with a map at its root, even when there are faults,
 * and holds the parts that are well: so that a caller may go on to scenario_bind() with the same
 * `diags` and show all faults together. Where it has records, it has no cases before
 * scenario_set_classes() (records.h). */
enum status scenario_read(struct arena *arena, const struct buffer *file,
                          const struct setting *settings, size_t setting_count,
                          struct scenario **scenario, struct diags *diags);

/* As scenario_read() for a tree that was made from facts, which has no theories. `file` is where
 * its nodes have their places. A key of its cases that nobody reads is an error. */
enum status scenario_from_tree(struct arena *arena, const struct buffer *file, struct tree *root,
                               struct scenario **scenario, struct diags *diags);

/* What one plugin declares about the four places it may read from; NULL: nothing. Each is a
 * RECORD. */
struct declaration {
    const char *plugin; /* file name, for places */
    const char *id, *version, *title, *role, *about;
    struct schema *model;  /* model.* */
    struct schema *cases;  /* cases.<each>.* */
    struct schema *params; /* the use's own entry; `shared:` fills in what it lacks */
};

/* The declarations by use: regimes[r] for scenario->regimes[r], likewise theories[t]. Several uses
 * of one plugin point to the same declaration. */
struct declarations {
    const struct declaration *const *regimes;
    const struct declaration *const *theories;
};

/* Fetches plugins/data/<name>.yaml. The name is well formed: steps of letters, digits and `_-.`
 * between single `/`, none beginning with a dot. */
struct data_reader {
    enum status (*read)(void *context, const char *name, struct arena *arena, struct buffer *buffer,
                        struct diags *diags);
    void *context;
};

/* Checks model, cases, uses and `shared` against the declarations: unknown keys (with a
 * suggestion), missing inputs, units, ranges, moral choices. A key of model or cases that no plugin
 * reads is a warning. A declaration that is NULL (its plugin was refused) checks nothing. `data`
 * may be NULL when no plugin declares a table_of_data. Fills scenario->premises. A setting that
 * fits no path is STATUS_USAGE. */
enum status scenario_bind(struct scenario *scenario, const struct declarations *declarations,
                          const struct data_reader *data, struct diags *diags);

/* The node of a table of data at a full path (`data.table.levels.1`), or NULL. */
struct tree *data_changed(const struct scenario *scenario, const char *path);

/* Bytes of `data.<name>` or `data."<name>"` at the start of a path; 0 where it is of no table. */
size_t data_table_length(const char *path);

/* The premise at this path, or NULL. */
const struct premise *scenario_premise(const struct scenario *scenario, const char *path);

/* What the plugin asked of a premise, as far as it bears on a single value. */
struct schema premise_schema(const struct premise *premise);

/* --- the structure that a plugin's session may see ---------------------------------------- */

/* The scenario's structure under a schema: what the session turns into Lua tables. Holds paths,
 * units and labels; of a number never its value. */
enum shape_kind {
    SHAPE_PREMISE, /* a leaf symbol */
    SHAPE_CASES,   /* `children`: one for each case, in order; each SHAPE_PREMISE, or, for a text or
                      count that stands in the cases, SHAPE_TEXT or SHAPE_COUNT */
    SHAPE_TEXT,    /* `text` */
    SHAPE_COUNT,   /* `count` */
    SHAPE_TABLE,   /* `children` by name, in file order; `kind_text` where the schema is KINDS */
    SHAPE_LIST,    /* `children`: SHAPE_ENTRIES by name, `present` first; `count`: places */
    SHAPE_ENTRIES, /* `children` [case][place], [place] outside the cases; each SHAPE_PREMISE or
                      SHAPE_FIXED */
    SHAPE_FIXED,   /* no premise but the number, truth or label that `count` stands for */
};

struct shape {
    enum shape_kind kind;
    const char *name;
    const char *path;
    enum value_kind value_kind; /* SHAPE_PREMISE, SHAPE_FIXED */
    struct unit unit;
    const char *const *labels;
    size_t label_count;
    const char *text; /* SHAPE_TEXT */
    uint64_t count;   /* SHAPE_COUNT, SHAPE_LIST, SHAPE_FIXED */
    const char *kind_text;
    struct shape *children;
    size_t child_count;
};

/* Shapes of model, cases (a table whose leaves are SHAPE_CASES; `share` is always there) and the
 * use's parameters, after scenario_bind() succeeded. Keys stand in file order, those that the file
 * lacks (shared, defaults) behind them; an optional one that is missing is absent. A table of data
 * holds premises, texts and tables; a list is a table with the keys "1", "2", ... */
struct shapes {
    struct shape model, cases, params;
};
void scenario_shapes(struct scenario *scenario, const struct declaration *declaration,
                     const struct use *use, bool is_theory, struct shapes *shapes);

#endif
