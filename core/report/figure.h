/* Numbers as a person reads them: four digits that count, no leading zero, thousands apart. Every
 * text lies in the arena given, or is constant. */
#ifndef ASSIZE_REPORT_FIGURE_H
#define ASSIZE_REPORT_FIGURE_H

#include "scenario/scenario.h"

/* "19,966", "10.93", ".362", "0", "1.82e-9"; "-" for what is not a number. */
const char *figure_number(struct arena *arena, double value);

/* The same with a sign: "+15,752", "-.5"; "0" has none. */
const char *figure_signed(struct arena *arena, double value);

/* With a fixed number of decimals: ".72", "1.00", "73.1". */
const char *figure_fixed(struct arena *arena, double value, int decimals);

/* "10,000" */
const char *figure_count(struct arena *arena, uint64_t count);

/* A share of the whole: "93 %", "99.7 %". */
const char *figure_share(struct arena *arena, double share);

/* A quantity in base units: "10.93 pme", "1 month", "84 months", ".5". */
const char *figure_quantity(struct arena *arena, double value, const struct unit *unit);

/* The name of a unit behind a number other than 1: "months"; "" for a pure number. */
const char *figure_unit(struct arena *arena, const struct unit *unit);

/* The value of a node: a quantity, "true", or a label's name. */
const char *figure_node(struct arena *arena, const struct node *node, double value);

/* A value of a premise, given in base units, in the unit it was declared in. */
const char *figure_premise(struct arena *arena, const struct premise *premise, double value);

/* The same without its unit. */
const char *figure_premise_bare(struct arena *arena, const struct premise *premise, double value);

/* How a fact is spread: "uniform .005 to .05", "5-95 %: 2 to 9"; NULL when it is fixed. */
const char *figure_spread(struct arena *arena, const struct premise *premise);

#endif
