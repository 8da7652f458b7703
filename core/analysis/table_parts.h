/* What the files of the table share. Internal to core/analysis. */
#ifndef ASSIZE_ANALYSIS_TABLE_PARTS_H
#define ASSIZE_ANALYSIS_TABLE_PARTS_H

#include "analysis/facts.h"
#include "analysis/table.h"
#include "analysis/worksheet.h"
#include "engine/engine.h"
#include "records/column.h"
#include "records/fault.h"
#include "records/sink.h"

enum column_use {
    COLUMN_ID,        /* handed through */
    COLUMN_VALUE,     /* a premise */
    COLUMN_FACT,      /* a premise, or structure where a row writes a name */
    COLUMN_STRUCTURE, /* a text, date or count */
    COLUMN_ENTRY,     /* a premise in an entry of a list */
};

struct table_column {
    const char *name;
    enum column_use use;
    const struct schema *schema;
    size_t entry;   /* COLUMN_ENTRY: index into table.entries */
    double *values; /* [TABLE_CHUNK] */
    bool read;      /* by the graph of some group */
};

/* One entry of a list that the table has columns for: "groups.2". */
struct table_entry {
    const char *name;
    const struct schema *list;
    double *present; /* [TABLE_CHUNK] */
};

/* Names of columns, as the header has them. */
struct table_columns {
    const char *const *names;
    size_t count;
};
#define no_columns ((struct table_columns){NULL, 0})

/* A row of the chunk in hand. */
struct table_row {
    uint64_t number, line;
    uint32_t group;
    struct table_key *key;        /* NULL: the row is not well formed */
    const char *fault;            /* or NULL; in the chunk's arena */
    struct table_columns columns; /* whose cells are at fault */
    size_t at;                    /* character of the line, 0: the row as a whole */
    const char *raw; /* as it was written; only where rejects are kept, and for faults */
    size_t raw_length;
    const char *id;
    size_t id_length;
};

/* A figure of a group's graph: nodes that are wanted of it, by their place among all. */
struct group_figure {
    size_t value, applies, life; /* SIZE_MAX: none */
};

/* A claim of a group's graph that may refuse rows. */
struct group_refusal {
    const char *text;
    size_t cells;
    const char **columns; /* whose values it turns on */
    size_t column_count;
};

/* One structure that rows have: editions, texts, which facts are given. Several may come to the
 * same graph, such as two days on which the same text was in force. */
struct table_key {
    const char *bytes; /* NULL: this place of the index is free */
    size_t length;
    uint64_t hash;
    uint32_t group;
    const char *refused; /* why there is no graph, or NULL */
    bool told;
};

/* A graph, and the rows of the chunk that it is for. */
struct table_group {
    struct arena *arena;
    const struct model *model;
    struct tape *tape;
    struct lane_source *sources;
    uint32_t *premise_of_column; /* [column]; UINT32_MAX: not read */
    uint32_t *premise_of_entry;  /* [entry]: its `present` */
    size_t wanted_count;
    struct group_figure *figures; /* [worksheet_column_count()] */
    struct tape *refusal_tape;    /* of the refusals alone, which come first */
    struct group_refusal *refusals;
    size_t refusal_count;
    uint32_t *rows; /* of the chunk */
    size_t row_count;
};

struct table {
    struct arena *arena; /* of the whole run */
    struct arena *chunk; /* of the chunk in hand */
    struct arena *lanes; /* of one evaluation */
    struct plugin_library *plugin_library;
    const struct table_request *request;
    struct diags *diags;
    struct facts facts;
    struct csv *csv;
    struct table_column *columns;
    size_t column_count;
    struct table_entry *entries;
    size_t entry_count;
    const struct table_column *id;
    struct text key;        /* of the row in hand */
    struct table_key *keys; /* [2 * TABLE_MOST_KEYS], by hash */
    size_t key_count;
    struct table_key *last_key;
    struct table_group *groups;
    size_t group_count;
    struct table_row *rows; /* [TABLE_CHUNK] */
    size_t row_count;
    double **results;        /* [worksheet column][TABLE_CHUNK]: NAN none, infinite life */
    double *gathered;        /* [columns + entries][TABLE_CHUNK]: the lanes of one group */
    const double **lanes_of; /* [columns + entries]: where the lanes of the group at work are */
    struct sink *output, *rejects;
    uint64_t faults;
};

/* table_columns.c: what each column of the header is. */
enum status table_columns_read(struct table *table);

/* Takes a row into the chunk: its values, its key, its fault. */
void table_row_read(struct table *table, const struct csv_row *row);

/* table_key.c: what table->key stands for, looked into when it is new; NULL when there are too
 * many. `row`: the first of its rows. */
struct table_key *table_key_find(struct table *table, const struct csv_row *row);

/* table_group.c: makes the group of a row's structure, or finds the one with the same graph. Fills
 * the key's `group` or `refused`. */
void table_group_make(struct table *table, struct table_key *key, const struct csv_row *row);

/* Evaluates the rows of a group; results and faults go to the table's. */
void table_group_run(struct table *table, struct table_group *group);

/* Takes the values of all columns for the rows of the group, then makes its row `first` lane 0. */
void table_group_gather(struct table *table, const struct table_group *group);
void table_group_sources(const struct table *table, const struct table_group *group, size_t first);

/* table_refusal.c: finds the refusals of a group's graph; takes the rows that they refuse, with the
 * reason, out of the group. */
void table_refusals_find(struct table *table, struct table_group *group, const bool *varies);
void table_refusals_run(struct table *table, struct table_group *group);

/* Notes why a row has no result. `columns`, whose names are not copied: whose cells are at fault;
 * `at`: the character of the line at which the cell begins, 0 when it is not one cell. */
void table_row_fault(struct table *table, struct table_row *row, struct table_columns columns,
                     size_t at, const char *fault);

#endif
