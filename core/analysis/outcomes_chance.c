/* Outcomes under `chance`: who is put forward is drawn. */
#include <stdlib.h>
#include <string.h>

#include "analysis/outcomes_parts.h"
#include "engine/distribution.h"

/* Labels of draws that were met, by what is in. */
struct met {
    uint8_t *labels; /* [node] */
    uint64_t draws;
    uint64_t hash;
};

struct drawing {
    struct finding_outcomes *finding;
    uint32_t *work;
    double *uniform; /* [argument][DRAWN_TOGETHER] */
    bool *present;   /* [node] */
    uint8_t *labels; /* [node] */
    struct met *met;
    size_t met_count;
    uint32_t *slots; /* open addressing: 1 + place in `met` */
    size_t slot_count;
};

enum { DRAWN_TOGETHER = 256 };

static uint64_t labels_hash(const uint8_t *labels, uint32_t count)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ labels[i]) * 0x100000001b3;
    return hash;
}

static void met_add(struct drawing *drawing)
{
    uint32_t nodes = drawing->finding->debate->count;
    struct arena *arena = drawing->finding->arena;
    uint64_t hash = labels_hash(drawing->labels, nodes);
    size_t at = (size_t)(hash ^ hash >> 32) % drawing->slot_count;
    for (; drawing->slots[at] != 0; at = (at + 1) % drawing->slot_count) {
        struct met *met = &drawing->met[drawing->slots[at] - 1];
        if (met->hash == hash && memcmp(met->labels, drawing->labels, nodes) == 0) {
            met->draws++;
            return;
        }
    }
    struct met met = {arena_array(arena, nodes, 1), 1, hash};
    memcpy(met.labels, drawing->labels, nodes);
    drawing->met = arena_grow(arena, drawing->met, drawing->met_count, sizeof met);
    drawing->met[drawing->met_count++] = met;
    drawing->slots[at] = (uint32_t)drawing->met_count;
}

/* One draw: who is put forward, and what is then in. */
static void draw_one(struct drawing *drawing, size_t place)
{
    const struct debate *debate = drawing->finding->debate;
    for (size_t i = 0; i < debate->arguments->count; i++)
        drawing->present[i] =
            drawing->uniform[i * DRAWN_TOGETHER + place] < argument_at(debate, i)->credence;
    labelling_grounded(debate->framework, drawing->present, drawing->labels, drawing->work);
    for (size_t i = 0; i < debate->arguments->count; i++)
        if (drawing->labels[i] == LABEL_ABSENT)
            drawing->labels[i] = LABEL_OUT; /* grouped by what is in, not by who was silent */
    met_add(drawing);
}

static void draw_all(struct drawing *drawing, uint64_t draws, uint64_t seed)
{
    const struct debate *debate = drawing->finding->debate;
    struct arena *arena = drawing->finding->arena;
    uint64_t *streams = arena_array(arena, debate->arguments->count, sizeof *streams);
    for (size_t i = 0; i < debate->arguments->count; i++)
        streams[i] =
            stream_of_path(arena_printf(arena, "arguments.%s", argument_at(debate, i)->id));
    for (uint64_t first = 1; first <= draws; first += DRAWN_TOGETHER) {
        size_t count =
            draws - first + 1 < DRAWN_TOGETHER ? (size_t)(draws - first + 1) : DRAWN_TOGETHER;
        for (size_t i = 0; i < debate->arguments->count; i++)
            stream_uniform(seed, streams[i], first, count, &drawing->uniform[i * DRAWN_TOGETHER]);
        for (size_t place = 0; place < count; place++)
            draw_one(drawing, place);
    }
}

static int by_draws(const void *left, const void *right)
{
    const struct met *a = left, *b = right;
    if (a->draws != b->draws)
        return a->draws < b->draws ? 1 : -1;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

enum status outcomes_draw(struct arena *arena, const struct model *model,
                          const struct debate *debate, uint64_t draws, uint64_t seed,
                          struct outcomes *outcomes, struct diags *diags)
{
    struct outcomes found = {0};
    struct finding_outcomes finding = {arena, model, debate, &found, diags};
    size_t count = debate->arguments->count;
    struct drawing drawing = {
        .finding = &finding,
        .work = arena_array(arena, (size_t)GROUNDED_WORK * debate->count, sizeof(uint32_t)),
        .uniform = arena_array(arena, count * DRAWN_TOGETHER, sizeof(double)),
        .present = arena_array(arena, debate->count, sizeof(bool)),
        .labels = arena_array(arena, debate->count, 1),
        .slot_count = (size_t)(2 * draws + 1)};
    drawing.slots = arena_array(arena, drawing.slot_count, sizeof *drawing.slots);
    for (uint32_t i = 0; i < debate->count; i++)
        drawing.present[i] = true;
    draw_all(&drawing, draws, seed);
    qsort(drawing.met, drawing.met_count, drawing.met != NULL ? sizeof *drawing.met : 1, by_draws);
    for (size_t i = 0; i < drawing.met_count; i++) {
        struct outcome outcome = {.labels = drawing.met[i].labels,
                                  .accepted = outcome_accepted(&finding, drawing.met[i].labels),
                                  .draws = drawing.met[i].draws};
        if (outcome_add(&finding, outcome) != STATUS_OK)
            return STATUS_SCENARIO;
    }
    found.labellings = found.count;
    *outcomes = found;
    return STATUS_OK;
}
