/* A table of records sentenced under one regime, row by row.
 *
 *   rows.csv --csv--> chunk of rows --groups--> lanes of one graph each --engine--> results -->
 * file
 *
 * Each row is a lane: a column gives the values of one premise. What is structure (an edition, a
 * text, which facts are given at all) cannot vary along lanes, so rows that differ in it form
 * groups with a graph of their own; results go back in the order of the rows. Memory does not grow
 * with the number of rows.
 */
#ifndef ASSIZE_ANALYSIS_TABLE_H
#define ASSIZE_ANALYSIS_TABLE_H

#include "plugin/library.h"
#include "scenario/scenario.h"

enum {
    TABLE_CHUNK = 65536,     /* rows in hand */
    TABLE_MOST_KEYS = 4096,  /* combinations of editions, texts and facts that are given */
    TABLE_MOST_GROUPS = 256, /* graphs that they come to */
};

struct table_request {
    const char *kind;            /* of regime */
    const char *facts;           /* a YAML file of what holds for every row, or NULL */
    const struct setting *given; /* likewise, one by one */
    size_t given_count;
    const char *records; /* the table */
    const char *output;  /* NULL: handed to `write` */
    bool (*write)(void *context, const char *data, size_t size);
    const char *rejects; /* where rows with faults go; NULL: they stop the run */
    void (*progress)(void *context, uint64_t rows, double share); /* or NULL */
    void *context;
};

/* Nothing is written unless every row has a result, or `rejects` takes those that have none. */
enum status table_sentence(struct arena *arena, struct plugin_library *library,
                           const struct table_request *request, struct diags *diags);

#endif
