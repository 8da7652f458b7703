/* What the inputs of the bench model are drawn from, but for three that each program chooses:
 * relapse, exchange and mercy. */
#ifndef ASSIZE_TESTS_BENCH_ENGINE_INPUTS_H
#define ASSIZE_TESTS_BENCH_ENGINE_INPUTS_H

#include "bench/engine_model.h"
#include "engine/distribution.h"

/* Part of an initializer of an array [input]. */
#define INPUTS_IN_COMMON                                                                           \
    [DETECTION] = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0.01, 0.1}, .scale = 1},            \
    [SUPPLY] = {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0.05, 0.2, 0.4}, .scale = 1},       \
    [DEMAND] = {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0.3, 0.6, 1}, .scale = 1},          \
    [THETA] = {.kind = DISTRIBUTION_BETA, .parameter = {2, 2}, .scale = 1},                        \
    [HARM] = {.kind = DISTRIBUTION_LOGNORMAL, .parameter = {0, 0.5}, .scale = 1},                  \
    [GAIN] = {.kind = DISTRIBUTION_LOGNORMAL, .parameter = {-0.5, 0.4}, .scale = 1},               \
    [DISCOUNT] = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0.01, 0.08}, .scale = 1},            \
    [DETERRENCE] = {.kind = DISTRIBUTION_TRIANGULAR, .parameter = {0.1, 0.3, 0.6}, .scale = 1},    \
    [COST] = {.kind = DISTRIBUTION_LOGNORMAL, .parameter = {1, 0.3}, .scale = 1},                  \
    [STIGMA] = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0, 1}, .scale = 1},                    \
    [CULPABILITY] = {.kind = DISTRIBUTION_BETA, .parameter = {3, 3}, .scale = 1},                  \
    [RISK] = {.kind = DISTRIBUTION_UNIFORM, .parameter = {0.5, 2}, .scale = 1},                    \
    [NOISE] = {.kind = DISTRIBUTION_NORMAL, .parameter = {0, 1}, .scale = 1}

#endif
