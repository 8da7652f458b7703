/* What is said in a scenario for or against its premises, its theories' claims, and what others
 * say: the parts `arguments:` and `argumentation:`.
 *
 *   arguments:
 *     no-market:
 *       claim: The catch is eaten by the crew, so demand raises no supply.
 *       kind: factual                       # factual (unless said), legal, moral
 *       source: agnew2009                   # also: speaker, role, as_of, note
 *       attacks: [model.channels.market]    # also: supports; partial: {target: strength}
 *       because: [eaten-on-board]           # arguments that it stands on
 *       stronger_than: [sold-abroad]        # whose attacks on it fail
 *       credence: 0.7                       # for `semantics: chance`
 *       when_accepted: {model.channels.market.supply_elasticity: 0}
 *   argumentation: {semantics: preferred, budget: 20000}
 *
 * A target is the id of an argument; the path of a premise, or what such paths begin with; a claim
 * `theory/claim`, perhaps of one regime or case: `theory/claim[regime=fines,case=knowing]`; or the
 * step from a claim to its conclusion: `step theory/claim`. Whether a theory makes the claim is
 * seen only in its graph (analysis/outcomes.h). Everything lies in the scenario's arena.
 */
#ifndef ASSIZE_SCENARIO_ARGUMENT_H
#define ASSIZE_SCENARIO_ARGUMENT_H

#include "scenario/scenario.h"

enum argument_kind { ARGUMENT_FACTUAL, ARGUMENT_LEGAL, ARGUMENT_MORAL };

/* "factual", "legal", "moral" */
const char *argument_kind_name(enum argument_kind kind);

enum target_kind { TARGET_ARGUMENT, TARGET_PREMISE, TARGET_CLAIM, TARGET_STEP };

struct target {
    enum target_kind kind;
    const char *name;           /* ARGUMENT: its id; PREMISE: the path; CLAIM, STEP: as written, in
                                   one spelling: targets with one name are the same */
    size_t argument;            /* ARGUMENT: its place in the list */
    const char *theory, *claim; /* CLAIM, STEP */
    const char *regime, *kase;  /* CLAIM, STEP: of one alone; NULL: of all */
    double strength;            /* in `partial`: 0 to 1; elsewhere 1 */
    const struct tree *node;    /* where it is written */
};

struct targets {
    struct target *list;
    size_t count;
};

/* What holds while an argument is accepted. `value` is in base units. */
struct accepted_value {
    const struct premise *premise;
    double value;
    const struct tree *node;
};

struct argument {
    const char *id;
    const char *claim; /* one sentence */
    enum argument_kind kind;
    const char *speaker, *role, *as_of, *note; /* or NULL */
    const char *source;                        /* a key of `sources:`, or NULL */
    struct targets attacks, partial, supports;
    struct targets because, stronger_than; /* arguments alone */
    double credence;                       /* 0 to 1; NAN: none is given */
    struct accepted_value *values;
    size_t value_count;
    const struct tree *tree;
};

/* How it is decided what is accepted. */
enum argumentation_semantics {
    ARGUMENTATION_PREFERRED,
    ARGUMENTATION_GROUNDED,
    ARGUMENTATION_STABLE,
    ARGUMENTATION_CHANCE, /* draws by credence who speaks; the grounded labelling among those */
};

/* "preferred", ... */
const char *argumentation_name(enum argumentation_semantics semantics);

enum { ARGUMENTS_MOST = 2000, ARGUMENTATION_BUDGET = 20000 };

struct arguments {
    struct argument *list; /* in file order */
    size_t count;
    enum argumentation_semantics semantics;
    uint64_t budget; /* questions that the search for outcomes may put to its solver */
};

/* Reads both parts; to be called after scenario_bind(), so that premises are known. With
 * `premises_known` false, since binding failed, what can be said without them is said.
 * `*arguments` is NULL where the scenario has none. STATUS_SCENARIO with every fault. */
enum status arguments_read(struct scenario *scenario, bool premises_known,
                           struct arguments **arguments, struct diags *diags);

/* Whether a setting of `path` sets the target premise, or something below it. */
bool target_covers(const struct target *target, const char *path);

#endif
