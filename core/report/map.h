/* Maps of a scenario's arguments and a theory's claims, and the formats that they are shown in.
 *
 * A map is a directed graph of boxes: arguments, the premises, claims and steps that they speak to
 * and, where a theory and a regime are chosen, the claims and premises behind that opinion, its
 * conclusion at the end. Arrows run from what speaks to what it speaks to.
 */
#ifndef ASSIZE_REPORT_MAP_H
#define ASSIZE_REPORT_MAP_H

#include "analysis/outcomes.h"
#include "analysis/weigh.h"

enum { MAP_PICTURE_MOST = 100, MAP_DEPTH = 2 };

enum map_node_kind { MAP_ARGUMENT, MAP_PREMISE, MAP_CLAIM, MAP_STEP, MAP_CONCLUSION };

/* "argument", ... */
const char *map_kind_name(enum map_node_kind kind);

struct map_node {
    enum map_node_kind kind;
    const char *name;  /* id, path, "theory/claim", "theory on regime" */
    const char *text;  /* what it says, or its value */
    const char *label; /* "in", "out", "undecided" by the grounded labelling; NULL: not disputed */
    const char *reply; /* "nobody replied", ...; arguments alone */
    double strength;   /* weighted h-categoriser; NAN where none */
    const struct argument *argument; /* or NULL */
    size_t accepted_in;              /* outcomes; arguments alone */
};

struct map_arrow {
    size_t from, to;
    const char *verb; /* "rebuts", "supports", "leads to", ... */
    bool attack;      /* full or partial */
    bool partial, dropped;
    double strength;
};

struct map {
    const struct result *result;
    struct map_node *nodes;
    size_t node_count;
    struct map_arrow *arrows;
    size_t arrow_count;
    const char *focus; /* the node at the centre, or NULL */
    size_t depth;
    size_t left_out; /* nodes beyond the focus */
};

struct map_view {
    size_t theory, regime; /* SIZE_MAX: arguments alone */
    const char *focus;     /* or NULL */
    size_t depth;
};

/* STATUS_USAGE when there is nothing to map, or no node is called `focus`. */
enum status map_make(struct arena *arena, const struct result *result, const struct map_view *view,
                     struct map **map, struct diags *diags);

void report_map_text(struct text *out, const struct map *map);
void report_map_json(struct text *out, const struct map *map);
void report_map_dot(struct text *out, const struct map *map);

/* STATUS_USAGE beyond MAP_PICTURE_MOST nodes. */
enum status report_map_svg(struct text *out, const struct map *map, struct diags *diags);

#endif
