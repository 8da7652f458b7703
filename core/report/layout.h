/* Layers for a directed graph, so that it can be drawn: the method of Sugiyama, Tagawa & Toda
 * (1981). Circles are broken by turning arrows round, boxes are put in layers by their longest way,
 * long arrows pass through bends, boxes of a layer are ordered by the middle of their neighbours,
 * then moved towards them as far as they find room.
 *
 *   layer 0        [claim]
 *                   ^   ^
 *   layer 1     [arg]   . a bend
 *                ^      |
 *   layer 2       [arg]-+
 *
 * An arrow points upwards: from a higher layer to a lower one. The same input gives the same
 * picture.
 */
#ifndef ASSIZE_REPORT_LAYOUT_H
#define ASSIZE_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct layout_box {
    double width, height; /* given */
    double x, y;          /* of the middle */
    size_t layer;
};

struct layout_point {
    double x, y;
};

struct layout_arrow {
    size_t from, to;             /* given: boxes */
    bool turned;                 /* it runs downwards, to break a circle */
    struct layout_point *points; /* from the middle of `from` to that of `to`, by its bends */
    size_t point_count;
};

struct layout {
    struct layout_box *boxes;
    size_t box_count;
    struct layout_arrow *arrows;
    size_t arrow_count;
    double width, height; /* of the whole, margins left out */
};

/* Fills everything but what is given. For some hundred boxes: time grows with the square. */
void layout_make(struct arena *arena, struct layout *layout);

#endif
