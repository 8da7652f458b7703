/* Labellings by satisfiability: CaDiCaL through IPASIR's functions.
 *
 * Two variables per argument a, in(a) and out(a); neither is undecided. The clauses state
 * Caminada's (2006) conditions, as Cerutti, Dunne, Giacomin & Vallati (2014, PrefSAT) write them:
 *
 *   not both         -in(a) -out(a)
 *   out iff one in   out(a) -in(b)   for each attacker b;   -out(a) in(b1) in(b2) ...
 *   in if all out    in(a) -out(b1) -out(b2) ...            unless admissible will do
 *   in only then     -in(a) out(b)   for each attacker b
 *   free of conflict -in(a) -in(b)   for each attacker b    implied, but found sooner
 *   stable           in(a) out(a)
 */
#include "argue/labelling.h"
#include "argue/solver.h"

#ifndef ASSIZE_WITHOUT_CADICAL

/* IPASIR, as Debian's libcadical exports it. Nothing in it reports failure: when memory runs out,
 * C++ ends the program. */
extern void *ipasir_init(void);
extern void ipasir_release(void *solver);
extern void ipasir_add(void *solver, int32_t literal_or_0);
extern void ipasir_assume(void *solver, int32_t literal);
extern int ipasir_solve(void *solver);
extern int32_t ipasir_val(void *solver, int32_t literal);
extern void ipasir_set_terminate(void *solver, void *data, int (*terminate)(void *data));
extern void ipasir_set_learn(void *solver, void *data, int most_literals,
                             void (*learn)(void *data, int32_t *clause));

/* Not IPASIR's, which has no options. CaDiCaL's IPASIR functions are thin names for its C functions
 * (ipasir.cpp), on the same handle. */
extern void ccadical_set_option(void *solver, const char *name, int value);

enum { IPASIR_SATISFIABLE = 10, IPASIR_UNSATISFIABLE = 20 };

struct cadical {
    void *solver;
    const struct framework *framework;
    uint64_t *conflicts_left;
    /* Variables above the arguments' turn clauses on for one question: those below `off` are off
     * for good, those below `answered` have served. */
    int32_t next_switch, answered, off;
};

static void cadical_release(void *solver)
{
    ipasir_release(solver);
}

/* Each conflict but the last teaches a clause. */
static void cadical_learnt(void *data, int32_t *clause)
{
    (void)clause;
    struct cadical *cadical = data;
    if (*cadical->conflicts_left > 0)
        --*cadical->conflicts_left;
}

static int cadical_spent(void *data)
{
    const struct cadical *cadical = data;
    return *cadical->conflicts_left == 0;
}

static void add_pair(void *solver, int32_t first, int32_t second)
{
    ipasir_add(solver, first);
    ipasir_add(solver, second);
    ipasir_add(solver, 0);
}

/* `first`, and a literal for each attacker of `a`: `sign` times its variable, in(b) or out(b). */
static void add_attackers(const struct cadical *cadical, int32_t first, uint32_t a, int32_t sign,
                          int32_t (*variable)(const struct framework *, uint32_t))
{
    const struct framework *framework = cadical->framework;
    const struct neighbours *attackers = &framework->attackers;
    ipasir_add(cadical->solver, first);
    for (uint32_t i = attackers->first[a]; i < attackers->first[a + 1]; i++)
        ipasir_add(cadical->solver, sign * variable(framework, attackers->others[i]));
    ipasir_add(cadical->solver, 0);
}

static void encode(const struct cadical *cadical, uint32_t a, enum scope scope)
{
    const struct framework *framework = cadical->framework;
    const struct neighbours *attackers = &framework->attackers;
    void *solver = cadical->solver;
    int32_t in = solver_in(framework, a), out = solver_out(framework, a);
    add_pair(solver, -in, -out);
    if (scope == SCOPE_STABLE)
        add_pair(solver, in, out);
    for (uint32_t i = attackers->first[a]; i < attackers->first[a + 1]; i++) {
        int32_t attacker_in = solver_in(framework, attackers->others[i]);
        add_pair(solver, -in, solver_out(framework, attackers->others[i]));
        add_pair(solver, -in, -attacker_in);
        add_pair(solver, out, -attacker_in);
    }
    add_attackers(cadical, -out, a, 1, solver_in);
    if (scope != SCOPE_ADMISSIBLE)
        add_attackers(cadical, in, a, -1, solver_out);
}

static void set_options(void *solver)
{
    /* Or it writes remarks to stdout. */
    ccadical_set_option(solver, "quiet", 1);
    /* Its lucky guesses take in next to nothing, so that a preferred labelling takes hundreds of
     * questions instead of a few. */
    ccadical_set_option(solver, "lucky", 0);
}

static void *cadical_create(const struct framework *framework, enum scope scope,
                            uint64_t *conflicts_left, struct arena *arena)
{
    struct cadical *cadical = arena_alloc(arena, sizeof *cadical);
    int32_t variables = 2 * (int32_t)framework->count;
    *cadical = (struct cadical){NULL,          framework,     conflicts_left,
                                variables + 1, variables + 1, variables + 1};
    cadical->solver = ipasir_init();
    arena_defer(arena, cadical_release, cadical->solver);
    set_options(cadical->solver);
    ipasir_set_learn(cadical->solver, cadical, INT32_MAX, cadical_learnt);
    ipasir_set_terminate(cadical->solver, cadical, cadical_spent);
    for (uint32_t a = 0; a < framework->count; a++)
        encode(cadical, a, scope);
    return cadical;
}

/* As late as the next demand, for adding a clause forgets the labelling that was found. */
static void turn_off_answered(struct cadical *cadical)
{
    for (; cadical->off < cadical->answered; cadical->off++) {
        ipasir_add(cadical->solver, -cadical->off);
        ipasir_add(cadical->solver, 0);
    }
}

static void cadical_add(void *state, const int32_t *literals, size_t count, bool once)
{
    struct cadical *cadical = state;
    turn_off_answered(cadical);
    for (size_t i = 0; i < count; i++)
        ipasir_add(cadical->solver, literals[i]);
    if (once) {
        ipasir_add(cadical->solver, -cadical->next_switch);
        ipasir_assume(cadical->solver, cadical->next_switch);
        cadical->next_switch++;
    }
    ipasir_add(cadical->solver, 0);
}

static void cadical_suppose(void *state, int32_t literal)
{
    struct cadical *cadical = state;
    ipasir_assume(cadical->solver, literal);
}

static enum answer cadical_solve(void *state)
{
    struct cadical *cadical = state;
    int result = ipasir_solve(cadical->solver);
    cadical->answered = cadical->next_switch;
    if (result == IPASIR_SATISFIABLE)
        return ANSWER_YES;
    return result == IPASIR_UNSATISFIABLE ? ANSWER_NO : ANSWER_BUDGET;
}

static void cadical_labels(const void *state, uint8_t *labels)
{
    const struct cadical *cadical = state;
    for (uint32_t a = 0; a < cadical->framework->count; a++) {
        int32_t in = solver_in(cadical->framework, a), out = solver_out(cadical->framework, a);
        bool is_in = ipasir_val(cadical->solver, in) > 0;
        bool is_out = ipasir_val(cadical->solver, out) > 0;
        labels[a] = is_in ? LABEL_IN : is_out ? LABEL_OUT : LABEL_UNDECIDED;
    }
}

const struct solver_kind solver_cadical = {"cadical",     FRAMEWORK_ARGUMENTS_MOST, cadical_create,
                                           cadical_add,   cadical_suppose,          cadical_solve,
                                           cadical_labels};

#endif
