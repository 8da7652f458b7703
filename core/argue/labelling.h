/* Labels on arguments (Caminada 2006), the grounded labelling, and what makes a labelling legal.
 *
 * A labelling is an array [count] of enum label, a byte each. It is complete when an argument is
 * in exactly if all its attackers are out, and out exactly if one of them is in.
 * Nothing here fails.
 */
#ifndef ASSIZE_ARGUE_LABELLING_H
#define ASSIZE_ARGUE_LABELLING_H

#include <stdbool.h>
#include <stdint.h>

#include "argue/framework.h"

enum label {
    LABEL_UNDECIDED = 0, /* neither: open, or caught in a circle */
    LABEL_IN = 1,        /* accepted: whatever attacks it is out */
    LABEL_OUT = 2,       /* rejected: something that is in attacks it */
    LABEL_ABSENT = 3,    /* not put forward: takes no part */
};

/* Words of scratch memory that labelling_grounded wants per argument. */
enum { GROUNDED_WORK = 2 };

/* The least complete labelling, in time linear in arguments and attacks (Modgil & Caminada 2009,
 * with counts of attackers not yet out). Arguments without `present` [count] are absent; NULL: all
 * take part. `work` holds GROUNDED_WORK * count words, to be used again and again; its contents
 * do not matter. */
void labelling_grounded(const struct framework *framework, const bool *present, uint8_t *labels,
                        uint32_t *work);

/* Makes an admissible labelling (what is in is free of conflict; what it attacks is out, its own
 * attackers among them; the rest undecided or absent) complete: takes in what it defends, again and
 * again. In the time and with the scratch memory of labelling_grounded. */
void labelling_complete(const struct framework *framework, uint8_t *labels, uint32_t *work);

/* Whether `labels`, without absent ones, are a complete labelling. */
bool labelling_is_complete(const struct framework *framework, const uint8_t *labels);

/* Compares what is in, as lists of numbers in rising order, lexicographically: the empty set
 * first, {1} before {1, 2} before {2}. Negative, 0 or positive. */
int labelling_compare(const uint8_t *a, const uint8_t *b, uint32_t count);

/* How many arguments have `label`. */
uint32_t labelling_count(const uint8_t *labels, uint32_t count, enum label label);

#endif
