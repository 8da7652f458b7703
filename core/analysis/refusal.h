/* Refusals: claims of scheme "refusal", by which a regime says that facts cannot stand together.
 *
 * What contradicts itself depends on the values of facts, which a plugin never sees: so it is a
 * claim of the graph, and this is the one place that asks whether it holds. Worksheets and
 * scenarios ask at the centre, tables of records in every row. Internal to core/analysis.
 */
#ifndef ASSIZE_ANALYSIS_REFUSAL_H
#define ASSIZE_ANALYSIS_REFUSAL_H

#include "analysis/model.h"

struct refusal {
    const struct claim *claim;
    node_id node;
    const uint32_t *facts; /* graph premises that it turns on and somebody gave, by place: neither
                              defaults nor numbers of tables of data */
    size_t fact_count;
};

/* All refusals of the linked graph, in its order; the array lies in `arena`. */
const struct refusal *refusals_find(struct arena *arena, const struct model *model, size_t *count);

/* Reports each refusal that holds at the centre, in every case in which it does: at the first of
 * its facts, with the second as the other place. STATUS_SCENARIO when there is one. */
enum status refusals_check(struct arena *arena, const struct model *model, struct diags *diags);

#endif
