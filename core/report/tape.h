/* The order in which the engine computes, as text and JSON. */
#ifndef ASSIZE_REPORT_TAPE_H
#define ASSIZE_REPORT_TAPE_H

#include "analysis/listing.h"
#include "base/text.h"

void report_tape_text(struct text *out, const struct listing *listing);
void report_tape_json(struct text *out, const struct listing *listing);

/* "mul", "add of mul", "dot": what a step does. In `arena`, or constant. */
const char *tape_operation(struct arena *arena, const struct graph *graph,
                           const struct shown_step *step);

/* A premise's path, else the formula. */
const char *tape_formula(struct arena *arena, const struct graph *graph,
                         const struct shown_step *step);

#endif
