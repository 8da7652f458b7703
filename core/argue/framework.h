/* Arguments and what they do to each other: the abstract framework of Dung (1995), with the two
 * relations that a map of a real dispute needs beside attack.
 *
 * Arguments are numbered 0 .. count - 1; names are optional. Three relations are kept apart:
 *   full attacks     defeat: the labellings (labelling.h, enumerate.h) know these alone;
 *   partial attacks  weaken by a strength in 0..1: they count in the gradual strengths (gradual.h);
 *   supports         count in the gradual strengths of DF-QuAD alone.
 * A framework is drafted, then finished; after that nobody changes it. Restricting it to some
 * arguments, or dropping attacks for the sake of preferences, makes a new one.
 *
 * Everything lives in the arena that was given; the names are not copied, and must live as long.
 * Time and memory are linear in arguments and arrows unless said otherwise.
 *
 * This room knows core/base only.
 */
#ifndef ASSIZE_ARGUE_FRAMEWORK_H
#define ASSIZE_ARGUE_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* More arguments than this are refused, so that numbers and literals fit 32 bits. */
enum { FRAMEWORK_ARGUMENTS_MOST = 10000000 };

/* The other ends of each argument's arrows: those of `a` are others[first[a]] ..
 * others[first[a + 1] - 1], in rising order, each once. */
struct neighbours {
    const uint32_t *first; /* [count + 1] */
    const uint32_t *others;
    const double *strengths; /* beside `others`, in 0..1; NULL where every arrow is full */
};

struct framework {
    uint32_t count;
    const char *const *names;    /* [count], or NULL: unnamed */
    const uint32_t *origins;     /* [count]: numbers in the framework that this one was taken from,
                                  * rising; NULL when it was drafted */
    struct neighbours attackers; /* of each argument, by full attack */
    struct neighbours attacked;  /* by each argument, by full attack */
    struct neighbours partial_attackers;
    struct neighbours supporters;
};

/* --- drafting ----------------------------------------------------------------------------- */

struct framework_draft;

/* `names` holds `count` texts or is NULL. NULL when there are more than FRAMEWORK_ARGUMENTS_MOST.
 */
struct framework_draft *framework_draft_new(struct arena *arena, uint32_t count,
                                            const char *const *names);

/* Adds an arrow. False, and nothing is added, when an argument does not exist or a strength does
 * not lie in 0..1, or there are 2^30 arrows of that sort already. An argument may attack itself.
 * The same attack twice counts once; the same partial attack twice counts with the larger strength;
 * one beside a full attack, not at all. */
bool framework_draft_attack(struct framework_draft *draft, uint32_t from, uint32_t to);
bool framework_draft_partial_attack(struct framework_draft *draft, uint32_t from, uint32_t to,
                                    double strength);
bool framework_draft_support(struct framework_draft *draft, uint32_t from, uint32_t to);

/* The framework drafted so far; the draft may grow on and be finished again. */
const struct framework *framework_draft_finish(const struct framework_draft *draft);

/* --- frameworks from frameworks ----------------------------------------------------------- */

/* The arguments with `keep` [count] set, and the arrows between them. */
const struct framework *framework_restrict(const struct framework *framework, const bool *keep,
                                           struct arena *arena);

struct preference {
    uint32_t stronger, weaker;
};

/* Without the attacks, full and partial, of an argument on one that is preferred to it (Amgoud &
 * Cayrol 2002); preferences chain. The set that wins may then hold two arguments of which one
 * attacked the other in `framework`: whoever states preferences accepts that. NULL when an
 * argument would be preferred to itself or does not exist. Time: attacks times preferences. */
const struct framework *framework_prefer(const struct framework *framework,
                                         const struct preference *preferences, size_t count,
                                         struct arena *arena);

/* --- names -------------------------------------------------------------------------------- */

/* Names in order, for looking up. */
struct name_index;
struct name_index *name_index_new(struct arena *arena, const char *const *names, uint32_t count);

/* The number of the argument called `name`; of several, the lowest. False when there is none. */
bool name_index_find(const struct name_index *index, const char *name, uint32_t *number);

/* Whether two arguments share a name, and the higher number of such a pair. */
bool name_index_twice(const struct name_index *index, uint32_t *number);

#endif
