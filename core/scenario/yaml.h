/* A YAML file as a tree with places. Plain YAML only: one document, no aliases, tags or anchors, no
 * duplicate keys, depth at most YAML_MOST_DEPTH, YAML_MOST_BYTES; keys and values that are plain
 * text. Uses libyaml's events; every limit holds while events come in, so hostile input costs no
 * more than its size.
 */
#ifndef ASSIZE_SCENARIO_YAML_H
#define ASSIZE_SCENARIO_YAML_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/file.h"

enum {
    YAML_MOST_DEPTH = 32,
    YAML_MOST_BYTES = 1 << 20,
    YAML_MOST_NODES = 200000,
    YAML_MOST_KEYS = 2000,      /* in one map, so that looking for a key stays cheap */
    YAML_MOST_KEY = 128,        /* bytes of a key */
    YAML_MOST_PATHS = 32 << 20, /* bytes of all paths together */
};

enum tree_kind { TREE_MAP, TREE_LIST, TREE_SCALAR };

/* What a plain scalar looks like; a quoted one is always text. */
enum scalar_kind {
    SCALAR_TEXT,
    SCALAR_NUMBER, /* "12", "12 month", "1/12", "-2", "+2": a number and perhaps a unit */
    SCALAR_TRUTH,  /* true, false */
};

struct standing;

struct tree {
    enum tree_kind kind;
    const char *key;  /* in the parent map; NULL in a list and at the root */
    const char *path; /* "model.channels.market.kind"; list items by number from 1; a key that
                         is no name is quoted: facts."2G2.2" */
    struct place key_place, place;
    unsigned key_width, width; /* columns of the key and of the value, 1 when it has many lines */
    const char *text;          /* scalars: as written, without quotes */
    bool quoted;
    enum scalar_kind scalar;
    double number;    /* SCALAR_NUMBER: as written */
    const char *unit; /* SCALAR_NUMBER: the text after the number, or NULL */
    struct tree *parent, *first, *next;
    size_t count; /* children */
    bool read;    /* somebody asked for it; the rest is reported as unread */

    /* The scenario's own notes. */
    bool set;                        /* given by `--set` */
    size_t premise;                  /* its number in scenario->premises, from 1; 0: none */
    size_t column;                   /* of the records that it stands in, from 1; 0: none */
    const struct standing *standing; /* the nearest source and status at or above; NULL: none */
};

/* Reads `buffer` into a tree in `arena`. Returns NULL when there are errors in `diags`. */
struct tree *yaml_read(struct arena *arena, const struct buffer *buffer, struct diags *diags);

/* As yaml_read, with every path below `prefix`. */
struct tree *yaml_read_below(struct arena *arena, const struct buffer *buffer, const char *prefix,
                             struct diags *diags);

/* Decides what a scalar looks like from its text. */
void scalar_classify(struct arena *arena, struct tree *scalar);

/* The child with this key, or NULL. Marks nothing as read. */
struct tree *tree_child(const struct tree *map, const char *key);

/* The node at a dotted path below `root` (quoted steps allowed), or NULL. */
struct tree *tree_find(struct tree *root, const char *path);

/* Appends one step to a path: quoted when `key` is not a name or id. */
const char *path_join(struct arena *arena, const char *path, const char *key);

/* A copy of `node` and all below it, with paths below `parent`. The copy is no child of `parent`
 * yet. */
struct tree *tree_copy(struct arena *arena, const struct tree *node, struct tree *parent);

void tree_append(struct tree *parent, struct tree *child);
void tree_remove(struct tree *child);

/* Marks the node and all below it as read. */
void tree_mark_read(struct tree *node);

/* Whether `key` may be the name of a case, a regime, a theory or a source:
 * [A-Za-z][A-Za-z0-9_-]*. */
bool key_is_id(const char *key);

/* `text` for a message: on one line and not too long. */
const char *text_shown(struct arena *arena, const char *text);

/* The line of `buffer` at `line` (from 1), cut at 120 columns; what cannot be shown is a `?`. NULL
 * when there is no such line. */
const char *buffer_line(struct arena *arena, const struct buffer *buffer, uint32_t line);

/* Adds `diag`, with the line at its place as the excerpt where the place is in `buffer`. */
void yaml_report(struct diags *diags, const struct buffer *buffer, const struct diag *diag);

/* Adds an error at a place of `buffer`, with the line and a mark `width` columns wide. `remedy` may
 * be NULL. */
void yaml_error(struct diags *diags, const struct buffer *buffer, struct place place,
                unsigned width, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
