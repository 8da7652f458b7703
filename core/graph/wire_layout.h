/* What writer and reader of the wire form share. Internal to core/graph.
 *
 *   fragment  "ASZF" version instance plugin  axes nodes  THEORY conclusion | REGIME outputs "END."
 *   axis      name size has (unit of coordinates) labels... coordinates...
 *   node      spelling line, then:
 *     const       kind, value and unit | 0 or 1 | index and names
 *     premise     path kind unit, names of a label
 *     port        name kind unit axes
 *     coordinate  axis
 *     stack       axis, one argument for each place
 *     claim       value and the record
 *     sum, ...    axis argument
 *     others      arguments, their count in front where it is free; columns of a lookup
 *
 * Kinds, units and axes that follow from the arguments do not travel: the reader builds them anew.
 */
#ifndef ASSIZE_GRAPH_WIRE_LAYOUT_H
#define ASSIZE_GRAPH_WIRE_LAYOUT_H

#include "graph/wire.h"

enum {
    WIRE_MAGIC = 0x465A5341, /* "ASZF" */
    WIRE_END = 0x2E444E45,   /* "END." */
};

enum wire_shape { WIRE_THEORY = 1, WIRE_REGIME = 2 };

/* What an axis has. */
enum { WIRE_AXIS_LABELS = 1, WIRE_AXIS_COORDINATES = 2, WIRE_AXIS_CLASSES = 4 };

/* Stands for a text that is not there. */
#define WIRE_NO_STRING UINT32_MAX

/* Sets `reader->fault` unless one stands. */
void wire_fault(struct wire_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A text that must be there: none is a fault that names `what`. */
const char *wire_get_text(struct wire_reader *reader, const char *what);

/* A fragment under way. Everything is read through `in`, which remembers the first fault. */
struct building {
    struct wire_reader *in;
    struct fragment *fragment;
    struct graph *graph;
    uint32_t label_leaves;
    const node_id *arguments; /* as read, of the node under way */
    uint32_t argument_count;
};

/* A count of things that take at least `least` bytes each, and of which there are at most `most`.
 */
uint32_t wire_get_limited(struct wire_reader *in, size_t least, uint32_t most, const char *what);

/* The index of a node that stands already; the second may be NODE_NONE. */
node_id wire_get_node(struct building *building);
node_id wire_get_node_or_none(struct building *building);

/* Reads whether it is a theory or a regime, and what it concluded. */
void wire_get_shape(struct building *building);

#endif
