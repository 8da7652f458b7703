/* The facts of one case, as a person gives them, made into a scenario of that case, one regime and
 * no theory.
 *
 *   facts.yaml:  edition: 2021-11-01      ->  regimes.us-guidelines.edition
 *                images: 650              ->  cases.case.facts.images
 *   name=value:  groups.1.level=20        ->  cases.case.facts.groups: [{level: 20}]
 *
 * A name is that of a fact, else of something else that the regime reads of a case, else of one of
 * its parameters. Internal to core/analysis.
 */
#ifndef ASSIZE_ANALYSIS_FACTS_H
#define ASSIZE_ANALYSIS_FACTS_H

#include "analysis/model.h"

enum { FACTS_MOST_BYTES = 1 << 20 };

struct facts {
    struct arena *arena;
    const char *kind;                      /* of regime */
    const struct declaration *declaration; /* what it reads */
    struct buffer file;                    /* the facts' file, or the texts given */
    struct tree *given;                    /* a map of all facts so far; paths begin with `facts` */
};

/* No facts yet, of a kind of regime. STATUS_USAGE when there is no such kind. */
enum status facts_open(struct arena *arena, struct plugin_library *library, const char *kind,
                       struct facts *facts, struct diags *diags);

/* Adds the facts of a YAML file: a map. */
enum status facts_add_file(struct facts *facts, const char *path, struct diags *diags);

/* Adds facts given one by one. A fact that was given before is an error. */
enum status facts_add_settings(struct facts *facts, const struct setting *settings, size_t count,
                               struct diags *diags);

/* Adds `value` at a dotted name ("groups.1.level"); its `place` is kept. */
enum status facts_add(struct facts *facts, const char *name, struct tree *value,
                      struct diags *diags);

/* The fact given under a dotted name, or NULL. */
const struct tree *facts_find(const struct facts *facts, const char *name);

/* What the regime declares under a dotted name; NULL when it reads nothing of that name. `in_case`:
 * whether it is of the case, not one of the regime's own parameters. */
const struct schema *facts_schema(const struct facts *facts, const char *name, bool *in_case);

/* All first names that a regime of this kind reads, and how many. */
const char *const *facts_names(struct arena *arena, const struct facts *facts, size_t *count);

/* The scenario. Every name must be one that the regime reads. The tree is a new one at each call.
 */
enum status facts_scenario(struct arena *arena, const struct facts *facts,
                           struct made_scenario *made, struct diags *diags);

#endif
