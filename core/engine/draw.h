/* The draws of one premise. Private to core/engine. */
#ifndef ASSIZE_ENGINE_DRAW_H
#define ASSIZE_ENGINE_DRAW_H

#include "engine/kernels.h"

/* values[0..count): of lanes first..first + count of a premise that has a distribution. `stream`:
 * of its path. */
void draw_premise(const struct kernels *kernels, const struct lanes *lanes,
                  const struct lane_source *source, uint64_t stream, uint64_t first, size_t count,
                  double *values);

#endif
