/* Making summaries; reading them stands in engine.h. Private to core/engine. */
#ifndef ASSIZE_ENGINE_SUMMARY_H
#define ASSIZE_ENGINE_SUMMARY_H

#include "engine/engine.h"

struct summary *summary_new(struct arena *arena);

/* Adds the next `count` values. How they are cut into calls has no effect on the result. */
void summary_add(struct summary *summary, const double *values, size_t count);

#endif
