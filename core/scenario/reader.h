/* What the files of this room share: reporting faults, plain values, sources and statuses.
 *
 * A fault is reported once: the same message at the same place, found again for another plugin, is
 * dropped.
 */
#ifndef ASSIZE_SCENARIO_READER_H
#define ASSIZE_SCENARIO_READER_H

#include "scenario/scenario.h"

struct reader {
    struct scenario *scenario;
    struct arena *arena;
    struct diags *diags;
    const struct buffer *file; /* where excerpts come from */
};

/* The nearest source and status at or above a number. */
struct standing {
    enum premise_status status;
    const char *source; /* or NULL */
};

/* Where a plugin declares what the scenario got wrong; NULL: nowhere. */
struct declared {
    const char *plugin;
    uint32_t line;
};

/* --- faults ------------------------------------------------------------------------------- */

/* `diag` says status, warning, place, width, remedy and the other place; the message is made. */
void fault_report(struct reader *reader, struct diag diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* At the value, or at the key (at the value where there is no key). `declared` may be NULL. */
struct diag fault_at_value(const struct tree *node, const char *remedy,
                           const struct declared *declared);
struct diag fault_at_key(const struct tree *node, const char *remedy,
                         const struct declared *declared);

/* "did you mean `x`?" or, when nothing is near, "one of `a`, `b`, `c`". */
const char *remedy_for_name(struct arena *arena, const char *wrong, const char *const *names,
                            size_t count);

const char *names_listed(struct arena *arena, const char *const *names, size_t count);

/* How a message names a node: "`model.detection`". */
const char *node_name(struct arena *arena, const struct tree *node);

/* --- plain values ------------------------------------------------------------------------- */

/* Each reports a fault and returns false or NULL when the value is of another kind. `node` is
 * marked as read. */
const char *text_value(struct reader *reader, struct tree *node);
bool truth_value(struct reader *reader, struct tree *node, bool *value);

/* A number without unit. */
bool plain_number(struct reader *reader, struct tree *node, double *value);

/* Reports that `node` is not a number, with the reason where it is a usual one. */
void fault_not_number(struct reader *reader, const struct tree *node,
                      const struct declared *declared);

/* "write `12 month`": what a unit that is none may mean, perhaps with its number in front. */
const char *unit_remedy(struct arena *arena, const char *text);

/* Reports every key of `map` that is not among `names`. */
void check_keys(struct reader *reader, struct tree *map, const char *const *names, size_t count);

/* The entries of a part of the file ("regimes"), core keys left out, as they are written: so that
 * an entry with faults of its own is not called unknown. */
const char *const *section_names(struct reader *reader, const char *key, size_t *count);

/* Whether the core itself gives this key a meaning in any map. */
bool key_is_core(const char *key);
extern const char *const core_keys[];
enum { CORE_KEYS = 6 };

/* --- sources and statuses ----------------------------------------------------------------- */

/* Reads `source` and `status` of every map at and below `node` and notes for each node which ones
 * hold for it. `free_sources`: a source is any text, not a key of `sources:`. */
void standing_here(struct reader *reader, struct tree *node, const struct standing *above,
                   bool free_sources); /* for this map alone */
void standing_read(struct reader *reader, struct tree *node, const struct standing *above,
                   bool free_sources);

/* --- the parts of scenario_read() --------------------------------------------------------- */

void likes_apply(struct reader *reader);
void changes_read(struct reader *reader, struct use *use); /* `drop`, `set`; see change.c */
void settings_apply(struct reader *reader, const struct setting *settings, size_t count);
void expectations_read(struct reader *reader, struct tree *tests);

/* Replaces the value of `node` (a scalar or a premise's map) by `value`, unless it stands already.
 */
void setting_write(struct reader *reader, struct tree *node, const struct tree *value);

/* Whether a name means something else where the names of cases stand. */
bool case_name_is_taken(const char *name);

/* Whether the map writes a premise: it has a value or a distribution. */
bool map_is_premise(const struct tree *map);

#endif
