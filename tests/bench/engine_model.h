/* The bench model's formulas, once for every C version of it. The file that includes this says what
 * the operations are: EXP, LOG, POW, SQRT, DIV, TABLE, CURVE. Two models: rich in functions, and
 * with cheap arithmetic in their places.
 *
 * 16 uncertain inputs, 12 cases, 5 regimes; values of a draw (D), of a case (C), of a regime (R)
 * and of both (RC) each stand in their own function, so that nothing is computed twice.
 */
#ifndef ASSIZE_TESTS_BENCH_ENGINE_MODEL_H
#define ASSIZE_TESTS_BENCH_ENGINE_MODEL_H

#include <stddef.h>

enum { INPUTS = 16, CASES = 12, REGIMES = 5, ROWS = 43, COLUMNS = 6, KNOTS = 8, OUTPUTS = 3 };

enum input {
    DETECTION,
    SUPPLY,
    DEMAND,
    THETA,
    HARM,
    GAIN,
    DISCOUNT,
    DETERRENCE,
    RELAPSE,
    COST,
    STIGMA,
    EXCHANGE,
    MERCY,
    CULPABILITY,
    RISK,
    NOISE
};

struct model_case {
    double share, quantity, culpability, prior;
};

struct model_regime {
    double base, slope, least, spread;
};

/* What does not change from draw to draw. */
struct model_facts {
    struct model_case cases[CASES];
    struct model_regime regimes[REGIMES];
    double severity[REGIMES][CASES]; /* base + slope * quantity */
    double table[ROWS * COLUMNS];
    double knots[KNOTS], values[KNOTS];
};

static inline void model_facts_fill(struct model_facts *facts)
{
    double total = CASES * (CASES + 1) / 2;
    for (int c = 0; c < CASES; c++)
        facts->cases[c] =
            (struct model_case){(c + 1) / total, 0.25 + 0.5 * c, 0.2 + 0.06 * c, c % 4};
    for (int r = 0; r < REGIMES; r++)
        facts->regimes[r] =
            (struct model_regime){0.5 + 0.75 * r, 0.3 + 0.2 * r, 0.4 + 0.15 * r, 1 + 0.5 * r};
    for (int r = 0; r < REGIMES; r++)
        for (int c = 0; c < CASES; c++)
            facts->severity[r][c] =
                facts->regimes[r].base + facts->regimes[r].slope * facts->cases[c].quantity;
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            facts->table[row * COLUMNS + column] = row * row * 0.125 + 3 * column;
    for (int k = 0; k < KNOTS; k++) {
        facts->knots[k] = 0.25 * k * (k + 1);
        facts->values[k] = 0.1 + 0.4 * k - 0.015625 * k * k;
    }
}

#endif
