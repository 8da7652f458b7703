#include "argue/solver.h"

struct solver {
    const struct solver_kind *kind;
    void *state;
    struct budget *left;
};

const struct solver_kind *solver_kind_usual(void)
{
#ifdef ASSIZE_WITHOUT_CADICAL
    return &solver_small;
#else
    return &solver_cadical;
#endif
}

struct solver *solver_new(const struct solver_kind *kind, const struct framework *framework,
                          enum scope scope, struct budget *left, struct arena *arena)
{
    if (framework->count > kind->most)
        return NULL;
    struct solver *solver = arena_alloc(arena, sizeof *solver);
    solver->kind = kind;
    solver->left = left;
    solver->state = kind->create(framework, scope, &left->conflicts, arena);
    return solver;
}

int32_t solver_in(const struct framework *framework, uint32_t argument)
{
    (void)framework;
    return (int32_t)argument + 1;
}

int32_t solver_out(const struct framework *framework, uint32_t argument)
{
    return (int32_t)framework->count + (int32_t)argument + 1;
}

void solver_require_any(struct solver *solver, const int32_t *literals, size_t count)
{
    solver->kind->add(solver->state, literals, count, false);
}

void solver_suppose_any(struct solver *solver, const int32_t *literals, size_t count)
{
    solver->kind->add(solver->state, literals, count, true);
}

void solver_suppose(struct solver *solver, int32_t literal)
{
    solver->kind->suppose(solver->state, literal);
}

enum answer solver_solve(struct solver *solver)
{
    if (solver->left->calls == 0 || solver->left->conflicts == 0)
        return ANSWER_BUDGET;
    solver->left->calls--;
    return solver->kind->solve(solver->state);
}

void solver_labels(const struct solver *solver, uint8_t *labels)
{
    solver->kind->labels(solver->state, labels);
}
