/* One premise as a scenario writes it: `12`, `12 month`, or a map.
 *
 *   {value: 0.02, uniform: [0.005, 0.05], unit: 1/year, source: agnew2009, disputed: true}
 *   {choice: {values: [0, 0.4], weights: [1, 3]}, value: 0.4}
 *   {moral: true, value: 0.35, range: [0, 1]}
 *
 * `value` or exactly one distribution; the unit once; a moral choice has a value and a range and
 * never a distribution. `choice` and `samples` need a `value`, which is their centre; the others
 * have the median where no value stands.
 */
#ifndef ASSIZE_SCENARIO_PREMISE_H
#define ASSIZE_SCENARIO_PREMISE_H

#include "scenario/reader.h"

/* What a plugin asks of a premise, and where. `schema` is NUMBER, TRUTH or LABEL. */
struct premise_wish {
    const struct schema *schema;
    struct declared declared;
};

/* Reads `node` into `premise`. False when there are faults, which are reported. */
bool premise_read(struct reader *reader, struct tree *node, const struct premise_wish *wish,
                  struct premise *premise);

/* Whether `again`, read from the same node or default for another plugin, says the same as the
 * premise that stands: kind, unit, labels, and the value of a default. */
bool premise_same(const struct premise *premise, const struct premise *again);

/* The premise that a default makes. */
struct premise premise_of_default(const char *path, const struct premise_wish *wish);

/* The median of a premise's map, in the unit it is written in; false when it has no well-formed
 * distribution. Reports nothing. */
bool premise_median(struct reader *reader, struct tree *map, double *median);

/* The path of a premise nearest to `path`, or NULL; of the uncertain ones alone where `uncertain`.
 */
const char *premise_near(struct arena *arena, const struct scenario *scenario, const char *path,
                         bool uncertain);

/* Reports that there is no premise at `path`, with the one that premise_near() finds. */
void fault_no_premise(struct reader *reader, struct diag diag, const char *path, bool uncertain);

#endif
