#include "engine/kernels.h"

bool isa_fits(enum isa isa)
{
#ifdef __x86_64__
    if (isa == ISA_AVX2)
        return __builtin_cpu_supports("avx2");
    if (isa == ISA_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
#else
    if (isa == ISA_AVX2 || isa == ISA_AVX512)
        return false;
#endif
    return true;
}

const struct kernels *kernels_for(enum isa isa)
{
#ifdef __x86_64__
    if ((isa == ISA_BEST || isa == ISA_AVX512) && isa_fits(ISA_AVX512))
        return &kernels_avx512;
    if ((isa == ISA_BEST || isa == ISA_AVX2) && isa_fits(ISA_AVX2))
        return &kernels_avx2;
#else
    (void)isa;
#endif
    return &kernels_baseline;
}

bool op_may_fail(enum op op)
{
    return op == OP_INTERPOLATE || op == OP_STEP_FROM || op == OP_STEP_OVER || op == OP_LOOKUP ||
           op == OP_BINOMIAL_PMF || op == OP_BINOMIAL_TAIL;
}

size_t op_first_arguments(enum op op)
{
    return op == OP_INTERPOLATE ? 1 : 2;
}
