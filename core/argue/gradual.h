/* Strengths between 0 and 1 instead of labels: how much is left of each argument.
 *
 * Partial attacks count here by their strength; they never change a label. The same input gives
 * the same bits everywhere: only + - * / in a fixed order.
 */
#ifndef ASSIZE_ARGUE_GRADUAL_H
#define ASSIZE_ARGUE_GRADUAL_H

#include <stdbool.h>

#include "argue/framework.h"

/* The weighted h-categoriser (Besnard & Hunter 2001; Amgoud, Ben-Naim, Doder & Vesic 2017), with
 * strengths of attacks:
 *
 *   v(a) = base(a) / (1 + sum over full attackers b of v(b)
 *                       + sum over partial attackers b of strength(b, a) v(b))
 *
 * There is exactly one solution; supports do not count. `base` [count], each in 0..1, may be NULL:
 * all 1. Fills `strengths` [count] to within GRADUAL_ERROR of the solution. False, with
 * `strengths` untouched, when that would take more than GRADUAL_ROUNDS rounds, or a base lies
 * outside 0..1. `arena`: scratch. */
bool gradual_categoriser(const struct framework *framework, const double *base, double *strengths,
                         struct arena *arena);

/* DF-QuAD (Rago, Toni, Aurisicchio & Baroni 2016). With F(v1, v2, ...) = 1 - (1 - v1)(1 - v2)...,
 * attack A = F of the attackers (a partial one counts strength times v) and support S = F of the
 * supporters:
 *
 *   v(a) = base(a) - base(a) (A - S)        where A >= S
 *   v(a) = base(a) + (1 - base(a)) (S - A)  where A < S
 *
 * Made for maps without circles, where one pass gives the values exactly. Arguments on a circle, or
 * behind one, are found by repeating the step from their bases; that need not settle (an attack
 * between two of base 1 swings for ever), and settled values need not be the only ones. `base` as
 * above, all 0.5 where NULL. False, with `strengths` untouched, when values still move by more
 * than GRADUAL_ERROR after GRADUAL_ROUNDS rounds, or a base lies outside 0..1. */
bool gradual_df_quad(const struct framework *framework, const double *base, double *strengths,
                     struct arena *arena);

#define GRADUAL_ERROR 1e-13
enum { GRADUAL_ROUNDS = 10000 };

#endif
