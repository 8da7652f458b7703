/* What a schema reads, found in the tree.
 *
 * A field of a record in `cases` stands once in every case; one elsewhere stands once. Both are a
 * span: a slot for each place where the value may stand.
 *
 *   cases: {careless: {boats: 1}, knowing: {boats: 3}}      field `boats`: a span of two slots
 *   model: {detection: 0.1}                                 field `detection`: a span of one slot
 */
#ifndef ASSIZE_SCENARIO_SPAN_H
#define ASSIZE_SCENARIO_SPAN_H

#include "scenario/reader.h"

struct slot {
    struct tree *parent; /* the map that has or lacks the value */
    struct tree *node;   /* the value; NULL: missing */
};

struct span {
    const char *name; /* the key */
    struct slot *slots;
    size_t count;
    bool by_case;
};

/* One slot with this value. */
struct span span_of(struct arena *arena, struct tree *node);

/* One slot for each case, each with the case's map. */
struct span span_of_cases(const struct scenario *scenario);

/* Where the field `name` of the maps in `maps` stands. What a map lacks is taken from `shared`,
 * which may be NULL. */
struct span span_field(struct arena *arena, const struct span *maps, const char *name,
                       const struct tree *shared);

/* The values for each case under a SCHEMA_CASES `schema`, from the one slot of `span`: its map by
 * case, or the same slot for all. */
struct span span_by_case(const struct scenario *scenario, const struct schema *schema,
                         const struct span *span);

/* Whether the slot's map is one by case. */
bool slot_is_by_case(const struct scenario *scenario, const struct schema *schema,
                     const struct slot *slot);

/* The entries of the lists in `span`, one list after the other: a span of maps. */
struct span span_entries(struct arena *arena, const struct span *span);

/* The record of an entry: that of the LIST `schema`, and `present` in front. */
struct schema entry_schema(struct arena *arena, const struct schema *schema);

const char *slot_path(struct arena *arena, const struct span *span, size_t slot);

size_t span_present(const struct span *span);

/* Whether the field's `only_with` holds. */
bool field_wanted(const struct schema *record, const struct schema *field, const struct span *maps,
                  const struct tree *shared);

/* Whether a missing value has a default. */
bool schema_has_default(const struct schema *schema);

/* A SCHEMA_FACT as what the scenario writes: NUMBER, TRUTH or LABEL. The labels are the names used
 * in the span, sorted. */
struct schema fact_schema(struct arena *arena, const struct schema *schema,
                          const struct span *span);

/* The scalar that holds a premise's value: `node` itself or its `value`; NULL when there is none.
 */
const struct tree *value_scalar(const struct tree *node);

/* The record of a KINDS schema that the map's `kind` chooses, or NULL. */
const struct schema *kind_record(const struct schema *schema, const struct tree *map);

/* The table that a table_of_data names, or NULL. */
struct tree *data_find(const struct scenario *scenario, const char *name);
/* The node of a table of data at a full path ("data.table.levels.1"), or NULL. */
struct tree *data_node(struct tree *root, const char *path);

/* The table that was read as number `at`; NULL when it could not be. */
struct tree *data_root(const struct scenario *scenario, size_t at);

struct tree *data_load(struct reader *reader, const struct data_reader *data,
                       const struct tree *node, const char *name);

/* Adds a premise to the scenario; returns its number, from 1. */
size_t premise_add(struct scenario *scenario, const struct premise *premise);

#endif
