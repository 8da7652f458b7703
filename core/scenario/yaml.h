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

enum { YAML_MOST_DEPTH = 32, YAML_MOST_BYTES = 1 << 20, YAML_MOST_NODES = 200000 };

enum tree_kind { TREE_MAP, TREE_LIST, TREE_SCALAR };

/* What a plain scalar looks like; a quoted one is always text. */
enum scalar_kind {
    SCALAR_TEXT,
    SCALAR_NUMBER, /* "12", "12 month", "-2", "+2": a number and perhaps a unit */
    SCALAR_TRUTH,  /* true, false */
};

struct tree {
    enum tree_kind kind;
    const char *key;  /* in the parent map; NULL in a list and at the root */
    const char *path; /* "model.channels.market.kind"; list items by number from 1; a key that
                         is no name is quoted: facts."2G2.2" */
    struct place key_place, place;
    const char *text; /* scalars: as written, without quotes */
    enum scalar_kind scalar;
    double number;    /* SCALAR_NUMBER: as written */
    const char *unit; /* SCALAR_NUMBER: the text after the number, or NULL */
    struct tree *parent, *first, *next;
    size_t count; /* children */
    bool read;    /* somebody asked for it; the rest is reported as unread */
};

/* Reads `buffer` into a tree in `arena`. Returns NULL when there are errors in `diags`. */
struct tree *yaml_read(struct arena *arena, const struct buffer *buffer, struct diags *diags);

/* The child with this key, or NULL. Marks nothing as read. */
struct tree *tree_child(const struct tree *map, const char *key);

/* The node at a dotted path below `root` (quoted steps allowed), or NULL. */
struct tree *tree_find(struct tree *root, const char *path);

/* Appends one step to a path: quoted when `key` is not a name or id. */
const char *path_join(struct arena *arena, const char *path, const char *key);

/* The line of `buffer` at `line` (from 1), cut at 120 columns. */
const char *buffer_line(struct arena *arena, const struct buffer *buffer, uint32_t line);

/* Adds an error at a place of `buffer`, with the line and a mark `width` columns wide. `remedy` may
 * be NULL. */
void yaml_error(struct diags *diags, const struct buffer *buffer, struct place place,
                unsigned width, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
