/* `records:`, in place of `cases:`: persons from a table, one in each row.
 *
 *   records:
 *     file: offenders.csv                  # beside the scenario
 *     class: {column: offtype, names: {1: drug, 2: fraud}}   # or: class: offtype
 *     weight: w                            # a column; without it all persons count alike
 *     missing: drop                        # or refuse (unless said): what an empty cell means
 *     codes: {life: 9996, offence: {none: 0}}   # names of cell texts, of all columns or of one
 *     smallest_cell: 10                    # no figure about fewer persons is shown
 *     private: true                        # no message shows what stands in a cell
 *     columns:                             # what stands in every case
 *       quantity: {column: images, per: 600}     # a number: cells are divided by `per`
 *       observed: {custody: {column: term, unit: month, codes: {life: 470 month}},
 *                  life: {column: term, is: life}}    # a truth: whether the cell says so
 *       culpability: culp                    # the name of a column
 *       share_known: 0.4                     # numbers, truths and other maps are for all alike
 *       guideline: {constant: 2B1.1}         # a text for all
 *
 * The classes are the cases of the scenario. Two more stand in every class: `share`, the weight of
 * each person, and `class_share`, the part of all weight that the class has.
 *
 * Cells are data. A premise that stands in a column has premise->column; it has no value of its own
 * to be set, argued about or drawn. Everything lies in the scenario's arena.
 */
#ifndef ASSIZE_SCENARIO_RECORDS_H
#define ASSIZE_SCENARIO_RECORDS_H

#include "scenario/scenario.h"

enum {
    RECORDS_MOST_CLASSES = 200,
    RECORDS_MOST_NODES = 1000, /* of `columns:`, for they are copied for each class */
    RECORDS_CELL = 10,         /* smallest_cell, unless said */
};

/* A text that stands for something else than itself. */
struct record_code {
    const char *name, *text;
    const char *column; /* of the file; NULL: in any column */
    const struct tree *node;
};

/* A text of the file and what it is called in the scenario. */
struct record_name {
    const char *text, *name;
};

/* One use of a column of the file. Several uses may be of one column. */
struct record_column {
    const char *name;        /* below `columns`: "observed.custody"; "weight": of `share` */
    const char *column;      /* as the file names it; NULL: 1 for all (`share` without a weight) */
    const struct tree *node; /* where it is written */
    double per;              /* numbers: cells are divided by it */
    struct tree *unit;       /* numbers: of the cells; NULL: the declared unit */
    struct tree *codes;      /* numbers: what cells that say a code count as; NULL: none */
    const char *is;          /* truths: the code that makes it true; NULL: cells say true, false */
    struct record_name *names; /* labels: what cells are called; NULL: as they say */
    size_t name_count;
    bool scaled; /* `per` or `unit` is written */

    /* After scenario_bind(): */
    bool bound; /* a plugin reads it */
    enum value_kind kind;
    double scale;                          /* numbers: base units in one of the cells' unit */
    const struct schema *low, *high;       /* numbers: who allows the least range; NULL: no bound */
    const struct schema *whole;            /* numbers: who takes only whole ones; NULL: nobody */
    double *code_values;                   /* [code], in base units; NAN: none is given */
    const char *unit_text, *const *labels; /* as in the premise */
    double unit_scale;
    size_t label_count;
};

struct records {
    const struct tree *tree;
    const char *file;         /* as written: beside the scenario unless it begins with a slash */
    const char *class_column; /* NULL: one class for all */
    const struct tree *class_node;
    struct record_name *class_names; /* NULL: classes are called as their cells say */
    size_t class_name_count;
    bool drops; /* rows that lack a value; otherwise they are an error */
    bool is_private;
    uint64_t smallest_cell;
    struct record_code *codes;
    size_t code_count;
    struct tree *columns_tree;
    struct record_column *columns; /* the last one is `share` */
    size_t column_count;
    enum premise_status status; /* the standing of the data */
    const char *source;         /* or NULL */
};

/* Makes `cases:` of the classes, each with a copy of what `columns:` holds. To be called between
 * scenario_read() and scenario_bind(); `ids` may be the names of cases (class_name_fault()). */
enum status scenario_set_classes(struct scenario *scenario, const char *const *ids, size_t count,
                                 struct diags *diags);

/* Why `name` cannot be the name of a class, or NULL. */
const char *class_name_fault(const char *name);

/* Whether the code holds in this column of the file. */
bool record_code_applies(const struct record_code *code, const char *column);

#endif
