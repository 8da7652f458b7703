/* Labellings by backtracking, for up to 64 arguments: a set of arguments is one word.
 *
 * Each argument has a set of labels that it may still take. What Caminada's (2006) conditions and
 * the demands force is drawn until nothing follows; then the first open argument is tried in, out
 * and undecided (labelling-based search: Modgil & Caminada 2009; Nofal, Atkinson & Dunne 2014).
 */
#include <string.h>

#include "argue/labelling.h"
#include "argue/solver.h"

typedef uint64_t set;

/* The labels that each argument may still take: bit a of may[label]. */
struct domains {
    set may[3];
};

/* One of these literals holds: in, not in, out, not out. */
struct demand {
    set in, not_in, out, not_out;
    bool once;
};

struct small {
    struct arena *arena;
    uint32_t count;
    bool admissible; /* what is undecided need not have an undecided attacker */
    set attackers[SOLVER_SMALL_MOST];
    struct domains open; /* before any question */
    struct demand *demands;
    size_t demand_count, demand_room;
    uint64_t *conflicts_left;
    uint8_t found[SOLVER_SMALL_MOST];
};

static set bit(uint32_t argument)
{
    return (set)1 << argument;
}

static bool is_single(set arguments)
{
    return arguments != 0 && (arguments & (arguments - 1)) == 0;
}

static set decided(const struct domains *domains, enum label label)
{
    set others = 0;
    for (int other = 0; other < 3; other++)
        if (other != (int)label)
            others |= domains->may[other];
    return domains->may[label] & ~others;
}

/* Leaves those `arguments` only `label`, or nothing when they may not take it. */
static void decide(struct domains *domains, set arguments, enum label label)
{
    for (int other = 0; other < 3; other++)
        if (other != (int)label)
            domains->may[other] &= ~arguments;
}

/* --- what follows ------------------------------------------------------------------------- */

/* From the attackers to the argument. */
static void draw_forward(const struct small *small, struct domains *domains, uint32_t a)
{
    set attackers = small->attackers[a];
    bool may_all_be_out = (attackers & ~domains->may[LABEL_OUT]) == 0;
    bool may_one_be_in = (attackers & domains->may[LABEL_IN]) != 0;
    bool must_one_be_in = (attackers & decided(domains, LABEL_IN)) != 0;
    bool may_one_be_open = small->admissible || (attackers & domains->may[LABEL_UNDECIDED]) != 0;
    if (!may_all_be_out)
        domains->may[LABEL_IN] &= ~bit(a);
    if (!may_one_be_in)
        domains->may[LABEL_OUT] &= ~bit(a);
    if (must_one_be_in || !may_one_be_open)
        domains->may[LABEL_UNDECIDED] &= ~bit(a);
}

/* From the argument to its attackers. */
static void draw_back(const struct small *small, struct domains *domains, uint32_t a)
{
    set attackers = small->attackers[a];
    set may_be_in = attackers & domains->may[LABEL_IN];
    set may_be_open = attackers & domains->may[LABEL_UNDECIDED];
    if (decided(domains, LABEL_IN) & bit(a))
        decide(domains, attackers, LABEL_OUT);
    else if ((decided(domains, LABEL_OUT) & bit(a)) && is_single(may_be_in))
        decide(domains, may_be_in, LABEL_IN);
    else if (decided(domains, LABEL_UNDECIDED) & bit(a)) {
        domains->may[LABEL_IN] &= ~attackers;
        if (!small->admissible && is_single(may_be_open))
            decide(domains, may_be_open, LABEL_UNDECIDED);
    }
}

/* From a demand to the last argument that can meet it. False when none can. */
static bool draw_demand(const struct demand *demand, struct domains *domains)
{
    set may_in = domains->may[LABEL_IN], may_out = domains->may[LABEL_OUT];
    set may_open = domains->may[LABEL_UNDECIDED];
    set in = demand->in & may_in, not_in = demand->not_in & (may_out | may_open);
    set out = demand->out & may_out, not_out = demand->not_out & (may_in | may_open);
    bool met = (in & ~(may_out | may_open)) || (not_in & ~may_in) || (out & ~(may_in | may_open)) ||
               (not_out & ~may_out);
    if (met)
        return true;
    int kinds = (in != 0) + (not_in != 0) + (out != 0) + (not_out != 0);
    if (kinds != 1)
        return kinds > 1;
    if (!is_single(in | not_in | out | not_out))
        return true;
    decide(domains, in, LABEL_IN);
    domains->may[LABEL_IN] &= ~not_in;
    decide(domains, out, LABEL_OUT);
    domains->may[LABEL_OUT] &= ~not_out;
    return true;
}

static bool draw_once(const struct small *small, struct domains *domains)
{
    for (uint32_t a = 0; a < small->count; a++) {
        draw_forward(small, domains, a);
        draw_back(small, domains, a);
    }
    for (size_t i = 0; i < small->demand_count; i++)
        if (!draw_demand(&small->demands[i], domains))
            return false;
    return true;
}

static set all(const struct small *small)
{
    return small->count == 64 ? ~(set)0 : bit(small->count) - 1;
}

/* Draws until nothing follows. False when some argument can take no label. */
static bool draw(const struct small *small, struct domains *domains)
{
    struct domains before;
    do {
        before = *domains;
        if (!draw_once(small, domains))
            return false;
        set any = domains->may[LABEL_IN] | domains->may[LABEL_OUT] | domains->may[LABEL_UNDECIDED];
        if (any != all(small))
            return false;
    } while (memcmp(&before, domains, sizeof before) != 0);
    return true;
}

/* --- search ------------------------------------------------------------------------------- */

static bool first_open(const struct small *small, const struct domains *domains, uint32_t *found)
{
    set settled = decided(domains, LABEL_IN) | decided(domains, LABEL_OUT) |
                  decided(domains, LABEL_UNDECIDED);
    for (uint32_t a = 0; a < small->count; a++)
        if (!(settled & bit(a))) {
            *found = a;
            return true;
        }
    return false;
}

static void keep_found(struct small *small, const struct domains *domains)
{
    for (uint32_t a = 0; a < small->count; a++) {
        bool in = domains->may[LABEL_IN] & bit(a), out = domains->may[LABEL_OUT] & bit(a);
        small->found[a] = in ? LABEL_IN : out ? LABEL_OUT : LABEL_UNDECIDED;
    }
}

/* At most two levels deep for each argument. */
static enum answer search(struct small *small, struct domains domains)
{
    static const enum label order[] = {LABEL_IN, LABEL_OUT, LABEL_UNDECIDED};
    uint32_t a;
    if (*small->conflicts_left == 0)
        return ANSWER_BUDGET;
    if (!draw(small, &domains)) {
        --*small->conflicts_left;
        return ANSWER_NO;
    }
    if (!first_open(small, &domains, &a)) {
        keep_found(small, &domains);
        return ANSWER_YES;
    }
    for (int i = 0; i < 3; i++) {
        struct domains tried = domains;
        if (!(domains.may[order[i]] & bit(a)))
            continue;
        decide(&tried, bit(a), order[i]);
        enum answer answer = search(small, tried);
        if (answer != ANSWER_NO)
            return answer;
    }
    return ANSWER_NO;
}

/* --- as a kind of solver ------------------------------------------------------------------ */

static void *small_create(const struct framework *framework, enum scope scope,
                          uint64_t *conflicts_left, struct arena *arena)
{
    struct small *small = arena_alloc(arena, sizeof *small);
    const struct neighbours *attackers = &framework->attackers;
    *small = (struct small){.arena = arena,
                            .count = framework->count,
                            .admissible = scope == SCOPE_ADMISSIBLE,
                            .conflicts_left = conflicts_left};
    for (uint32_t a = 0; a < framework->count; a++)
        for (uint32_t i = attackers->first[a]; i < attackers->first[a + 1]; i++)
            small->attackers[a] |= bit(attackers->others[i]);
    small->open.may[LABEL_IN] = small->open.may[LABEL_OUT] = all(small);
    small->open.may[LABEL_UNDECIDED] = scope == SCOPE_STABLE ? 0 : all(small);
    return small;
}

static void demand_add(struct demand *demand, uint32_t count, int32_t literal)
{
    bool negative = literal < 0;
    uint32_t variable = (uint32_t)(negative ? -literal : literal) - 1;
    bool out = variable >= count;
    set argument = bit(out ? variable - count : variable);
    set *side = out ? (negative ? &demand->not_out : &demand->out)
                    : (negative ? &demand->not_in : &demand->in);
    *side |= argument;
}

/* Not arena_grow: the count falls back after each question. */
static void demands_make_room(struct small *small)
{
    if (small->demand_count < small->demand_room)
        return;
    small->demand_room = small->demand_room > 0 ? small->demand_room * 2 : 2 * SOLVER_SMALL_MOST;
    struct demand *larger = arena_array(small->arena, small->demand_room, sizeof *larger);
    if (small->demand_count > 0)
        memcpy(larger, small->demands, small->demand_count * sizeof *larger);
    small->demands = larger;
}

static void small_add(void *state, const int32_t *literals, size_t count, bool once)
{
    struct small *small = state;
    struct demand demand = {.once = once};
    for (size_t i = 0; i < count; i++)
        demand_add(&demand, small->count, literals[i]);
    demands_make_room(small);
    small->demands[small->demand_count++] = demand;
}

static void small_suppose(void *state, int32_t literal)
{
    small_add(state, &literal, 1, true);
}

static enum answer small_solve(void *state)
{
    struct small *small = state;
    enum answer answer = search(small, small->open);
    size_t kept = 0;
    for (size_t i = 0; i < small->demand_count; i++)
        if (!small->demands[i].once)
            small->demands[kept++] = small->demands[i];
    small->demand_count = kept;
    return answer;
}

static void small_labels(const void *state, uint8_t *labels)
{
    const struct small *small = state;
    memcpy(labels, small->found, small->count);
}

const struct solver_kind solver_small = {"small",       SOLVER_SMALL_MOST, small_create, small_add,
                                         small_suppose, small_solve,       small_labels};
