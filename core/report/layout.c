#include "report/layout.h"

#include <stdlib.h>

/* Boxes, then the bends of long arrows, as one kind of thing. */
struct place {
    size_t layer, order;
    double width, x;
    double middle;     /* of its neighbours, while a layer is ordered */
    size_t *up, *down; /* neighbours in the layers next to it */
    size_t up_count, down_count;
};

struct drawing {
    struct arena *arena;
    struct layout *layout;
    struct place *places;
    size_t place_count;
    size_t **layers; /* [layer]: places, from the left */
    size_t *sizes;   /* [layer] */
    size_t layer_count;
    size_t **bends; /* [arrow]: places between its ends, from `from` on */
    size_t *bend_counts;
};

enum { SWEEPS = 12, SETTLES = 24 };
static const double gap_between = 24, gap_beside_bend = 12, gap_above = 56;

/* --- circles --------------------------------------------------------------------------------- */

/* Arrows that lead back to a box on the way are turned round. */
static void turn(struct drawing *drawing, size_t box, unsigned char *state)
{
    struct layout *layout = drawing->layout;
    state[box] = 1;
    for (size_t i = 0; i < layout->arrow_count; i++) {
        struct layout_arrow *arrow = &layout->arrows[i];
        if (arrow->from != box || arrow->from == arrow->to)
            continue;
        if (state[arrow->to] == 1)
            arrow->turned = true;
        else if (state[arrow->to] == 0)
            turn(drawing, arrow->to, state);
    }
    state[box] = 2;
}

static void break_circles(struct drawing *drawing)
{
    size_t count = drawing->layout->box_count;
    unsigned char *state = arena_array(drawing->arena, count, 1);
    for (size_t i = 0; i < count; i++)
        if (state[i] == 0)
            turn(drawing, i, state);
}

static size_t lower_end(const struct layout_arrow *arrow)
{
    return arrow->turned ? arrow->to : arrow->from;
}

static size_t upper_end(const struct layout_arrow *arrow)
{
    return arrow->turned ? arrow->from : arrow->to;
}

/* --- layers ---------------------------------------------------------------------------------- */

/* A box stands below all that it points to. */
static void find_layers(struct layout *layout)
{
    bool moved = true;
    for (size_t round = 0; moved && round <= layout->box_count; round++) {
        moved = false;
        for (size_t i = 0; i < layout->arrow_count; i++) {
            const struct layout_arrow *arrow = &layout->arrows[i];
            struct layout_box *low = &layout->boxes[lower_end(arrow)];
            size_t least = layout->boxes[upper_end(arrow)].layer + 1;
            if (arrow->from == arrow->to || low->layer >= least)
                continue;
            low->layer = least;
            moved = true;
        }
    }
}

static size_t place_add(struct drawing *drawing, size_t layer, double width)
{
    drawing->places =
        arena_grow(drawing->arena, drawing->places, drawing->place_count, sizeof *drawing->places);
    drawing->places[drawing->place_count] = (struct place){.layer = layer, .width = width};
    return drawing->place_count++;
}

static void neighbours(struct drawing *drawing, size_t low, size_t high)
{
    struct place *below = &drawing->places[low], *above = &drawing->places[high];
    below->up = arena_grow(drawing->arena, below->up, below->up_count, sizeof *below->up);
    below->up[below->up_count++] = high;
    above->down = arena_grow(drawing->arena, above->down, above->down_count, sizeof *above->down);
    above->down[above->down_count++] = low;
}

/* Bends, one for each layer that an arrow passes. */
static void bend(struct drawing *drawing, size_t number)
{
    const struct layout_arrow *arrow = &drawing->layout->arrows[number];
    size_t at = lower_end(arrow), end = upper_end(arrow);
    size_t *bends = NULL, count = 0;
    if (arrow->from == arrow->to)
        return;
    for (size_t layer = drawing->places[at].layer - 1; layer > drawing->places[end].layer;
         layer--) {
        size_t place = place_add(drawing, layer, 2);
        neighbours(drawing, at, place);
        bends = arena_grow(drawing->arena, bends, count, sizeof *bends);
        bends[count++] = at = place;
    }
    neighbours(drawing, at, end);
    drawing->bends[number] = bends;
    drawing->bend_counts[number] = count;
}

static void fill_layers(struct drawing *drawing)
{
    struct layout *layout = drawing->layout;
    for (size_t i = 0; i < layout->box_count; i++)
        place_add(drawing, layout->boxes[i].layer, layout->boxes[i].width);
    drawing->bends = arena_array(drawing->arena, layout->arrow_count, sizeof(size_t *));
    drawing->bend_counts = arena_array(drawing->arena, layout->arrow_count, sizeof(size_t));
    for (size_t i = 0; i < layout->arrow_count; i++)
        bend(drawing, i);
    for (size_t i = 0; i < drawing->place_count; i++)
        if (drawing->places[i].layer >= drawing->layer_count)
            drawing->layer_count = drawing->places[i].layer + 1;
    drawing->layers = arena_array(drawing->arena, drawing->layer_count, sizeof(size_t *));
    drawing->sizes = arena_array(drawing->arena, drawing->layer_count, sizeof(size_t));
    for (size_t i = 0; i < drawing->place_count; i++) {
        size_t layer = drawing->places[i].layer;
        drawing->layers[layer] = arena_grow(drawing->arena, drawing->layers[layer],
                                            drawing->sizes[layer], sizeof(size_t));
        drawing->places[i].order = drawing->sizes[layer];
        drawing->layers[layer][drawing->sizes[layer]++] = i;
    }
}

/* --- order within a layer --------------------------------------------------------------------- */

/* The mean place of the neighbours on one side; its own where there is none. */
static double middle(const struct drawing *drawing, const struct place *place, bool up)
{
    const size_t *others = up ? place->up : place->down;
    size_t count = up ? place->up_count : place->down_count;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)drawing->places[others[i]].order;
    return count > 0 ? sum / (double)count : (double)place->order;
}

/* By insertion, so that equals keep their order. */
static void order_layer(struct drawing *drawing, size_t layer, bool up)
{
    size_t *list = drawing->layers[layer], count = drawing->sizes[layer];
    for (size_t i = 0; i < count; i++)
        drawing->places[list[i]].middle = middle(drawing, &drawing->places[list[i]], up);
    for (size_t i = 1; i < count; i++)
        for (size_t k = i;
             k > 0 && drawing->places[list[k - 1]].middle > drawing->places[list[k]].middle; k--) {
            size_t left = list[k - 1];
            list[k - 1] = list[k];
            list[k] = left;
        }
    for (size_t i = 0; i < count; i++)
        drawing->places[list[i]].order = i;
}

static void order_layers(struct drawing *drawing)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t i = 0; i < drawing->layer_count; i++) {
            bool up = sweep % 2 == 0;
            order_layer(drawing, up ? i : drawing->layer_count - 1 - i, up);
        }
}

/* --- where things stand ------------------------------------------------------------------------
 */

static double room(const struct place *left, const struct place *right)
{
    bool bends = left->width <= 2 || right->width <= 2;
    return (left->width + right->width) / 2 + (bends ? gap_beside_bend : gap_between);
}

static void put_in_rows(struct drawing *drawing)
{
    for (size_t layer = 0; layer < drawing->layer_count; layer++) {
        const size_t *list = drawing->layers[layer];
        drawing->places[list[0]].x = drawing->places[list[0]].width / 2;
        for (size_t i = 1; i < drawing->sizes[layer]; i++) {
            struct place *left = &drawing->places[list[i - 1]], *here = &drawing->places[list[i]];
            here->x = left->x + room(left, here);
        }
    }
}

static double wish(const struct drawing *drawing, const struct place *place)
{
    double sum = 0;
    size_t count = place->up_count + place->down_count;
    for (size_t i = 0; i < place->up_count; i++)
        sum += drawing->places[place->up[i]].x;
    for (size_t i = 0; i < place->down_count; i++)
        sum += drawing->places[place->down[i]].x;
    return count > 0 ? sum / (double)count : place->x;
}

/* Moves each thing of a layer towards its wish as far as the ones beside it leave room, once from
 * the left and once from the right. */
static void settle_layer(struct drawing *drawing, size_t layer)
{
    const size_t *list = drawing->layers[layer];
    size_t count = drawing->sizes[layer];
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            size_t at = pass == 0 ? i : count - 1 - i;
            struct place *here = &drawing->places[list[at]];
            double x = wish(drawing, here);
            if (at > 0) {
                const struct place *left = &drawing->places[list[at - 1]];
                double least = left->x + room(left, here);
                x = x < least ? least : x;
            }
            if (at + 1 < count) {
                const struct place *right = &drawing->places[list[at + 1]];
                double most = right->x - room(here, right);
                x = x > most ? most : x;
            }
            here->x = x;
        }
}

static void settle(struct drawing *drawing)
{
    for (int round = 0; round < SETTLES; round++)
        for (size_t i = 0; i < drawing->layer_count; i++)
            settle_layer(drawing, round % 2 == 0 ? i : drawing->layer_count - 1 - i);
}

/* --- the result --------------------------------------------------------------------------------
 */

static double *layer_tops(struct drawing *drawing)
{
    struct layout *layout = drawing->layout;
    double *middle_of = arena_array(drawing->arena, drawing->layer_count + 1, sizeof *middle_of);
    double top = 0;
    for (size_t layer = 0; layer < drawing->layer_count; layer++) {
        double height = 0;
        for (size_t i = 0; i < layout->box_count; i++)
            if (layout->boxes[i].layer == layer && layout->boxes[i].height > height)
                height = layout->boxes[i].height;
        middle_of[layer] = top + height / 2;
        top += height + gap_above;
    }
    layout->height = top - gap_above;
    return middle_of;
}

static void put_left(struct drawing *drawing)
{
    double least = 0, most = 0;
    for (size_t i = 0; i < drawing->place_count; i++) {
        const struct place *place = &drawing->places[i];
        double left = place->x - place->width / 2, right = place->x + place->width / 2;
        least = i == 0 || left < least ? left : least;
        most = i == 0 || right > most ? right : most;
    }
    for (size_t i = 0; i < drawing->place_count; i++)
        drawing->places[i].x -= least;
    drawing->layout->width = most - least;
}

static void trace(struct drawing *drawing, size_t number, const double *middle_of)
{
    struct layout_arrow *arrow = &drawing->layout->arrows[number];
    size_t bends = drawing->bend_counts[number];
    arrow->points = arena_array(drawing->arena, bends + 2, sizeof *arrow->points);
    arrow->point_count = bends + 2;
    size_t ends[2] = {arrow->from, arrow->to};
    for (size_t i = 0; i < bends + 2; i++) {
        size_t along = arrow->turned ? bends - i : i - 1;
        size_t place = i == 0 ? ends[0] : i == bends + 1 ? ends[1] : drawing->bends[number][along];
        arrow->points[i] = (struct layout_point){drawing->places[place].x,
                                                 middle_of[drawing->places[place].layer]};
    }
}

void layout_make(struct arena *arena, struct layout *layout)
{
    struct drawing drawing = {.arena = arena, .layout = layout};
    layout->width = layout->height = 0;
    if (layout->box_count == 0)
        return;
    break_circles(&drawing);
    find_layers(layout);
    fill_layers(&drawing);
    order_layers(&drawing);
    put_in_rows(&drawing);
    settle(&drawing);
    put_left(&drawing);
    const double *middle_of = layer_tops(&drawing);
    for (size_t i = 0; i < layout->box_count; i++) {
        layout->boxes[i].x = drawing.places[i].x;
        layout->boxes[i].y = middle_of[layout->boxes[i].layer];
    }
    for (size_t i = 0; i < layout->arrow_count; i++)
        trace(&drawing, i, middle_of);
}
