/* The persons of a table of records, in place of `cases:`.
 *
 * Persons stand sorted by class, in the order of the file within one; the classes are the
 * scenario's cases. Cells are data and no premises: a premise `cases.<class>.<name>` whose value
 * stands in a column has premise->column, and premise->value is then the weighted mean of its class
 * (of a truth or label the most frequent one; of `share` the class's share of all weight).
 *
 * The file is read twice: for its classes, before plugins are asked what they read, and for its
 * values. Both times every byte is hashed, and the hashes must agree.
 */
#ifndef ASSIZE_ANALYSIS_POPULATION_H
#define ASSIZE_ANALYSIS_POPULATION_H

#include "plugin/library.h"
#include "scenario/records.h"

enum { POPULATION_MOST_ROWS = 50000000 };

/* Rows that had no value in some column, beside those that had: means over rows, each alike. */
struct dropped_compared {
    const char *name;      /* as the scenario names it: "observed.custody" */
    const char *column;    /* as the file names it */
    const char *unit_text; /* of both means */
    double kept, dropped;  /* mean among rows kept and dropped; NAN: too few to be told */
    uint64_t dropped_with; /* dropped rows that have a value in it */
};

struct dropped_reason {
    const char *column; /* that had no value */
    uint64_t rows;
};

struct class_table;

/* No count or mean of fewer than `smallest_cell` persons may be shown; those that are fewer stand
 * here all the same. */
struct population {
    const char *file;       /* as the scenario names it */
    const char *weight;     /* the column of weights, or NULL */
    uint64_t persons;       /* rows kept */
    uint64_t *first;        /* [classes + 1]: class c is persons first[c] to first[c + 1] */
    size_t class_count;     /* as scenario->case_count */
    const double **columns; /* [premise->column - 1][person], in base units; truths 0 or 1, labels
                               their index; NULL: no plugin reads it */
    size_t column_count;    /* as scenario->records->column_count; the last one is `share` */
    const double *weights;  /* [person], or NULL: all alike */
    double heaviest;        /* weight of one person */
    double *class_weight;   /* [class]: sum of weights */
    uint64_t rows;          /* in the file */
    uint64_t dropped;       /* rows left out because a value is missing */
    struct dropped_reason *reasons;
    size_t reason_count;
    struct dropped_compared *compared; /* empty where nothing is dropped */
    size_t compared_count;
    uint64_t smallest_cell;  /* no figure about fewer persons is shown */
    uint64_t pooled_classes; /* classes of fewer persons that were put together as `other` */
    size_t pooled_class;     /* where they stand; class_count: nowhere */
    bool is_private;         /* no cell's text is shown */

    /* Between the two readings. */
    struct class_table *classes;
    char hash[HASH_TEXT];
};

/* Finds the classes of the scenario's records, makes cases of them, and records the file among the
 * library's inputs. `*population` lies in the scenario's arena; it is NULL where the scenario has
 * no records. STATUS_IO when the file cannot be read, STATUS_SCENARIO with its first faults and
 * their count when it is not what the scenario says. */
enum status population_open(struct plugin_library *library, struct scenario *scenario,
                            struct population **population, struct diags *diags);

/* After scenario_bind(): reads the values, and sets those of the premises. */
enum status population_fill(struct scenario *scenario, struct population *population,
                            struct diags *diags);

/* The class in `cases.<class>.<rest>`, case_count where it is none. `*rest` is "" behind a class
 * alone, and left as it is where the path does not begin with `cases.`. */
size_t population_class_of(const struct scenario *scenario, const char *path, const char **rest);

/* Whether a figure may be shown about those who have a part of all weight: nobody, all, or surely
 * at least `smallest_cell` persons on both sides. */
bool population_may_tell(const struct population *population, double share);

#endif
