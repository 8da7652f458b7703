/* What a plugin declares that it reads, and the check of a scenario against it.
 *
 * The plugin's `reads` becomes a tree of these in the session, travels home on the wire, and the
 * loader checks the scenario's values against it. So the same code says "missing", "unknown key" or
 * "wrong unit" for every plugin.
 */
#ifndef ASSIZE_SCENARIO_SCHEMA_H
#define ASSIZE_SCENARIO_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "graph/unit.h"

enum schema_kind {
    SCHEMA_NUMBER, /* a premise */
    SCHEMA_TRUTH,  /* a premise */
    SCHEMA_LABEL,  /* a premise: one of `labels` */
    SCHEMA_FACT,   /* a premise: number, truth or label, whichever the scenario writes */
    SCHEMA_TEXT,   /* structure: text; one of `labels` when there are any */
    SCHEMA_DATE,   /* structure: YYYY-MM-DD */
    SCHEMA_COUNT,  /* structure: a whole number */
    SCHEMA_RECORD, /* a map with the keys in `fields` */
    SCHEMA_MAP,    /* a map with any keys, each as `of` */
    SCHEMA_KINDS,  /* a map with a `kind` that chooses one of the records in `fields` */
    SCHEMA_CASES,  /* one premise for each case, as `of`: a map by case, or one value for all */
    SCHEMA_DATA,   /* the name of a file in plugins/data: a table whose numbers are premises */
    SCHEMA_LIST,   /* at most `high` maps, each as the record `of`, whose fields are premises */
};

enum { LIST_MOST = 256 }; /* entries that a list may be declared to hold */

enum premise_status { PREMISE_SOURCED, PREMISE_ILLUSTRATIVE, PREMISE_UNVERIFIED };

/* Only the members that a kind uses are set. All texts lie in the plugin's arena. */
struct schema {
    enum schema_kind kind;
    const char *name;         /* the key in the parent's fields */
    const char *about;        /* one line for `assize theories`, or NULL */
    bool optional;            /* may be missing; otherwise a missing input is an error */
    struct unit unit;         /* NUMBER */
    const char *unit_text;    /* as the plugin wrote it: "1/year" */
    double unit_scale;        /* base units in one */
    double low, high;         /* NUMBER, COUNT: within (in `unit` as written); -inf, inf when free.
                                 LIST: `high` is the most entries */
    bool low_open, high_open; /* the end itself is not allowed */
    bool whole;               /* NUMBER: only whole numbers (in `unit` as written) */
    bool moral;       /* NUMBER, TRUTH, LABEL: the scenario must write it as a moral choice */
    bool has_default; /* a technical constant: then `value`, `status`, and perhaps `source` */
    double value;     /* in `unit` as written; a truth as 0 or 1; a label as its index */
    const char *text_default; /* TEXT, DATA: the default, or NULL */
    enum premise_status status;
    const char *source;
    const char *const *labels; /* LABEL; TEXT: the only ones allowed, if any */
    size_t label_count;
    const char *only_field; /* wanted only where the TEXT field of this name... */
    const char *only_value; /* ...has this value; elsewhere it may not stand; NULL: always */
    struct schema *fields;  /* RECORD, KINDS: first of `field_count` */
    size_t field_count;
    struct schema *of; /* MAP, CASES, LIST */
    uint32_t line;     /* in the plugin */
};

/* Whether `value`, in base units, is whole in the unit as written. One that was written in another
 * unit may differ in the last bits. */
bool schema_is_whole(const struct schema *schema, double value);

#endif
