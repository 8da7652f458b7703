/* A premise taken apart, and the steps that read its parts. Each step reports its own faults. */
#ifndef ASSIZE_SCENARIO_FORM_H
#define ASSIZE_SCENARIO_FORM_H

#include "scenario/premise.h"

/* The parts of a premise as written; members are NULL where nothing is written. */
struct form {
    struct reader *reader;
    const struct premise_wish *wish;
    struct tree *node; /* all of it */
    struct tree *value, *unit, *moral, *range, *disputed, *note;
    struct tree *distribution;
    enum distribution_kind distribution_kind;
    double scale; /* base units in one of the unit as written */
};

const struct schema *form_schema(const struct form *form);
const char *form_name(const struct form *form); /* for messages */

/* A fault at `node`, with the plugin's declaration as the other place. */
struct diag form_fault(const struct form *form, const struct tree *node, const char *remedy);

/* Finds the parts; false when they cannot be told apart. */
bool form_open(struct form *form);
bool find_distribution(struct form *form);

/* Reads the unit and sets `form->scale`. */
bool form_unit(struct form *form);

/* One value as written, whatever its kind. `unit_allowed`: a unit may stand behind a number. */
bool single_read(const struct form *form, struct tree *node, bool unit_allowed, double *value);

/* A list of at least one value. `plain`: numbers even where the premise is a truth or label. */
bool list_read(const struct form *form, struct tree *list, bool plain, double **values,
               size_t *count);

/* Whether what the plugin declares allows this number, as written in the file. */
bool check_within(const struct form *form, const struct tree *place, double written);

/* The same for the end of a range that is never drawn itself: it may be an open end. */
bool check_end(const struct form *form, const struct tree *place, double written);

bool form_value(const struct form *form, struct premise *premise);
bool distribution_read(const struct form *form, struct distribution *distribution);
bool form_distribution(const struct form *form, struct premise *premise);

/* Without a value the median stands for it, but for kinds whose median may jump. */
bool form_centre(const struct form *form, struct premise *premise);

/* Whether `moral: true` and the declaration go together. */
bool moral_check(const struct form *form, struct premise *premise);

/* What a moral choice must have: a value and a range, and no distribution. */
bool moral_read(const struct form *form, struct premise *premise, bool has_value);

#endif
