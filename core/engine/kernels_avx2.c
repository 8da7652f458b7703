/* The loops for processors with AVX2. The instruction set is chosen here and not in the Makefile,
 * so that no other code can be compiled for it by mistake. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "engine/distribution.h"
#include "engine/kernels.h"

#ifdef __x86_64__
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC target("avx2")
#endif

#define KERNELS kernels_avx2
#define KERNELS_NAME "AVX2"
#define KERNELS_LANES 4
#include "engine/kernels_source.h"

#ifdef __clang__
#pragma clang attribute pop
#endif
#endif
