/* What the files that check a scenario against its plugins share. */
#ifndef ASSIZE_SCENARIO_BIND_H
#define ASSIZE_SCENARIO_BIND_H

#include "scenario/span.h"

/* A record that was checked against a map: for suggestions when a key is not known. */
struct visit {
    const struct tree *map;
    const struct schema *record;
};

struct binder {
    struct reader reader;
    const struct data_reader *data;
    const char *plugin; /* the file of the plugin at work; NULL: the core itself */
    struct visit *visits;
    size_t visit_count;
    size_t *assumed; /* indices of premises that are defaults */
    size_t assumed_count;
    bool incomplete; /* a plugin is missing, so that it is not known what it would have read */
};

struct declared declared_by(const struct binder *binder, const struct schema *schema);

void visit_add(struct binder *binder, const struct tree *map, const struct schema *record);

/* Checks one field, or all, of a record in the maps of a span; `shared` (or NULL) fills in. */
void bind_field(struct binder *binder, const struct schema *record, const struct schema *field,
                const struct span *maps, const struct tree *shared);
void bind_record(struct binder *binder, const struct schema *schema, const struct span *maps,
                 const struct tree *shared);

/* Reports that the slot's value is missing. */
void fault_missing(struct binder *binder, const struct schema *schema, const struct span *span,
                   size_t slot);

/* An empty map, where a record that is missing may have values by default. */
struct tree *record_make(struct arena *arena, struct tree *parent, const char *key);

/* Puts settings of defaults and shared values into the tree, as if the user had written them. */
void pending_apply(struct binder *binder, const struct schema *schema, struct span *span);

/* Reports what stands in a column although it is fixed while a plugin is traced, and so cannot
 * differ from person to person. */
bool columns_check(struct binder *binder, const struct schema *schema, const struct span *span);

/* Checks TEXT, DATE, COUNT and DATA. */
void bind_structure(struct binder *binder, const struct schema *schema, const struct span *span);

/* Checks a LIST: one list for each slot of the span. */
void bind_list(struct binder *binder, const struct schema *schema, const struct span *span);

/* Checks one value of a scalar or a premise's map, as a premise of its own. */
void bind_value(struct binder *binder, const struct schema *schema, struct tree *node);

/* change.c: what a regime changes of the one it is like, once the tables of data that it reads are
 * there. */
void changes_bind(struct binder *binder, const struct use *use);

/* The declaration of the cases, with the facts that the use's `add` reads. */
const struct schema *cases_with_added(struct arena *arena, const struct schema *cases,
                                      const struct use *use);

/* Marks the shared values that a theory declares, whether or not it takes them. */
void shared_mark_read(struct binder *binder, const struct tree *shared,
                      const struct schema *params);

/* Reports what nobody read, and settings that fit nothing. */
void unread_report(struct binder *binder);
void pending_report(struct binder *binder);

#endif
