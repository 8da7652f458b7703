/* The loops for every processor. */
#define KERNELS kernels_baseline
#define KERNELS_NAME "baseline"
#include "engine/kernels_source.h"
