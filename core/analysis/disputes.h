/* What each dispute is worth: which verdicts it moves, and which disputes must be won.
 *
 * A dispute is a set of arguments that attack each other in a circle and that the grounded
 * labelling leaves undecided; a *way* is one set of them that is accepted together. Everything here
 * is exact over the outcomes (outcomes.h), and none of it weighs one outcome against another.
 *
 * A theory prefers one regime to another when its verdict is better (acceptable, borderline,
 * unacceptable; not ruled out, ruled out; last whatever gets no score), or as good with a higher
 * score.
 */
#ifndef ASSIZE_ANALYSIS_DISPUTES_H
#define ASSIZE_ANALYSIS_DISPUTES_H

#include "analysis/outcomes.h"
#include "analysis/weigh.h"

enum { DISPUTES_SIZE = 3, DISPUTES_SIZE_MOST = 8 };
#define DISPUTES_BUDGET ((uint64_t)2000000) /* sets that are tried for one question */

/* One set of a dispute's arguments that is accepted together. */
struct way {
    const bool *accepted; /* [member] */
    uint64_t outcomes;
};

/* A verdict that changes with a dispute while every other dispute stays as it is. */
struct moved {
    size_t theory, regime;
    const unsigned *verdicts; /* [way]: bit v: verdict v in some outcome of that way */
};

struct dispute {
    const uint32_t *members; /* arguments */
    size_t member_count;
    bool moral; /* one of them is moral: the dispute is chosen, not won */
    struct way *ways;
    size_t way_count;
    struct moved *moved;
    size_t moved_count;
};

/* One thing that can be won: an argument's being accepted, or its not being so. */
struct stake {
    uint32_t argument;
    bool accepted;
    size_t dispute;        /* SIZE_MAX: an undecided argument by itself */
    const uint32_t *alike; /* stakes that hold in the same outcomes, left out for that */
    size_t alike_count;    /* each argument * 2 + accepted */
    const uint64_t *holds; /* bit o: in outcome o */
};

/* The smallest sets of stakes that are enough for one preference. */
struct winning {
    size_t theory, regime;
    size_t over;                        /* the regime it is preferred to; SIZE_MAX: all others */
    uint64_t outcomes;                  /* in which it is so */
    size_t (*sets)[DISPUTES_SIZE_MOST]; /* numbers of stakes, rising */
    size_t *sizes;
    size_t set_count;
    bool complete; /* false: the budget was spent; there may be more sets */
};

/* Verdicts under another semantics. */
struct comparison_semantics {
    enum argumentation_semantics semantics;
    enum outcomes_state state;
    bool refused; /* its outcomes would have to be refused; why stands in `reason` */
    const char *reason;
    uint64_t outcomes;
    const unsigned *verdicts; /* [theory][regime]: bits, or NULL */
};

/* Speakers who oppose each other somewhere and agree here. */
struct shared_claim {
    uint32_t node; /* argument, premise, claim or step */
    bool attacked; /* both attack it; else both support it */
    const char *const *speakers;
    size_t speaker_count;
};

/* What a dispute's arguments speak to, and what is made of it whichever of them wins. */
struct agreed {
    size_t dispute;
    uint32_t node;
    uint8_t label;
};

struct dispute_analysis {
    const struct result *result;
    const struct debate *debate;
    enum argumentation_semantics semantics; /* of the outcomes used: `preferred` for `chance` */
    struct outcomes outcomes;
    const struct outcome_opinion *opinions; /* [outcome][theory][regime] */
    const unsigned *verdicts;               /* [theory][regime]: bits over all outcomes */
    struct dispute *disputes;
    size_t dispute_count;
    struct stake *stakes;
    size_t stake_count;
    size_t size;             /* of sets, at most */
    struct winning *winning; /* [theory][regime] */
    struct winning *motion;  /* [theory][2]: proposition over opposition, and the reverse; NULL:
                                no motion names two regimes of the menu */
    struct comparison_semantics others[3];
    size_t other_count;
    struct shared_claim *shared;
    size_t shared_count;
    struct agreed *agreed;
    size_t agreed_count;
};

/* STATUS_USAGE when the scenario has no arguments. `size`: 0 for DISPUTES_SIZE. */
enum status disputes_analyse(struct arena *arena, const struct result *result, size_t size,
                             struct dispute_analysis **analysis, struct diags *diags);

/* Whether `a` is preferred to `b`. */
bool opinion_preferred(const struct outcome_opinion *a, const struct outcome_opinion *b);

/* The sources of an argument, of its reasons and of what supports them, each once. */
const char *const *argument_evidence(struct arena *arena, const struct debate *debate,
                                     uint32_t argument, size_t *count);

/* How an argument stands: nobody replied, or it was attacked and answered. */
enum reply { REPLY_NONE, REPLY_ANSWERED, REPLY_DEFEATED, REPLY_OPEN };
enum reply argument_reply(const struct debate *debate, const uint8_t *labels, uint32_t argument);

/* The smallest sets, up to `size`, of `stakes` (each a row of `words` words of bits over outcomes)
 * that hold together somewhere, and only where `target` holds. Apart for its own test. */
void winning_sets(struct arena *arena, const struct stake *stakes, size_t stake_count,
                  const uint64_t *target, size_t words, size_t outcomes, size_t size,
                  struct winning *winning);

#endif
