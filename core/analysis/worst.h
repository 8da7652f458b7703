/* Requirements on the worst type of case, where the cases are classes of persons: they hold of a
 * class's mean, so beside them stands for how many persons they do not hold. Internal to
 * core/analysis. */
#ifndef ASSIZE_ANALYSIS_WORST_H
#define ASSIZE_ANALYSIS_WORST_H

#include "analysis/model.h"

/* Adds a truth by person to the graph for each such requirement. */
void worst_make(struct model *model);

/* That truth, or NODE_NONE. */
node_id worst_node(const struct model *model, const struct requirement *requirement);

#endif
