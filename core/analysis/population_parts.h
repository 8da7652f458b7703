/* What the files that read a population share. */
#ifndef ASSIZE_ANALYSIS_POPULATION_PARTS_H
#define ASSIZE_ANALYSIS_POPULATION_PARTS_H

#include "analysis/population.h"
#include "records/fault.h"

/* --- population_roll.c: a reading of the table ------------------------------------------------ */

enum { ROLL_NONE = CSV_MOST_COLUMNS }; /* no column of the file */

struct roll {
    struct arena *arena; /* of this reading alone */
    const struct scenario *scenario;
    const struct records *records;
    struct diags *diags;
    size_t errors; /* before it */
    struct csv *csv;
    struct hasher *hasher;
    const struct csv_cell *header;
    size_t header_count;
    size_t class_at; /* column of the file, or ROLL_NONE */
    size_t *use_at;  /* [use]: likewise */
    size_t *needed;  /* columns of the file that a person must have */
    size_t needed_count;
    uint64_t rows;
    bool stopped; /* no use in reading on */
};

enum roll_row {
    ROLL_END,
    ROLL_PERSON,
    ROLL_LACKS, /* a value is missing, and such rows are dropped */
    ROLL_FAULT, /* told */
};

enum status roll_open(struct roll *roll, struct arena *scratch, struct scenario *scenario,
                      struct diags *diags);
enum roll_row roll_next(struct roll *roll, struct csv_row *row);

/* The faults so far, or that the file could not be read to its end; else `hash` is that of the
 * whole file. */
enum status roll_close(struct roll *roll, char hash[HASH_TEXT]);

/* Reports a fault of a row, or of its cell in column `at`. */
void roll_fault(struct roll *roll, const struct csv_row *row, size_t at, const char *message,
                const char *remedy);

/* Whether the cell in column `at` of the file is empty, or says a code called `missing`. */
bool roll_cell_missing(const struct roll *roll, const struct csv_row *row, size_t at);

/* A cell's text for a message; "it" where texts are private. */
const char *roll_shown(struct roll *roll, const struct csv_cell *cell);

/* --- population_classes.c --------------------------------------------------------------------- */

struct class_table *class_table_new(struct arena *arena, const struct records *records);

/* Counts the person's class; reports one that has no name. */
void class_table_count(struct class_table *table, struct roll *roll, const struct csv_row *row);

/* Puts classes in order and small ones together. `ids` are the names of those that stand. */
enum status class_table_close(struct class_table *table, struct roll *roll,
                              struct population *population, const char *const **ids);

/* The person's class after that; false when there is none (the file has changed). */
bool class_table_find(const struct class_table *table, const struct roll *roll,
                      const struct csv_row *row, size_t *kase);

/* --- population_cell.c ------------------------------------------------------------------------ */

/* The value of a cell under a use, in base units. False when it has none; then it is reported,
 * unless `quiet`. */
bool record_cell_value(struct roll *roll, size_t use, const struct csv_row *row, bool quiet,
                       double *value);

#endif
