/* The loops for every processor. */
#define KERNELS kernels_baseline
#define KERNELS_NAME "baseline"
#define KERNELS_LANES 2
#include "engine/kernels_source.h"
