/* Hand-fused C: blocks of draws, with everything that one loop can hold in one loop, so that the
 * compiler makes vector code of each. Included by engine_fused.c for the rich and the cheap model.
 */
#include "bench/engine_formulas.h"

static void NAME(block)(const struct model_facts *facts, const double *restrict inputs,
                        size_t draws, size_t first, double *restrict out)
{
    double x[INPUTS][FUSED], draw[7][FUSED], kase[CASES][4][FUSED];
    double cell[CASES][5][FUSED], regime[2][FUSED], sum[5][FUSED], second[3][FUSED];
    for (size_t j = 0; j < INPUTS; j++)
        for (size_t i = 0; i < FUSED; i++)
            x[j][i] = inputs[j * draws + first + i];
#define INPUTS_OF(i)                                                                               \
    const double in[INPUTS] = {x[0][i],  x[1][i],  x[2][i],  x[3][i], x[4][i],  x[5][i],           \
                               x[6][i],  x[7][i],  x[8][i],  x[9][i], x[10][i], x[11][i],          \
                               x[12][i], x[13][i], x[14][i], x[15][i]}
#define DRAW_OF(i)                                                                                 \
    const struct NAME(draw) d = {0,          draw[0][i], draw[1][i], draw[2][i],                   \
                                 draw[3][i], draw[4][i], draw[5][i], draw[6][i]}
    VECTOR for (size_t i = 0; i < FUSED; i++)
    {
        INPUTS_OF(i);
        struct NAME(draw) d = NAME(draw_of)(in);
        draw[0][i] = d.rest;
        draw[1][i] = d.half_detection;
        draw[2][i] = d.growth;
        draw[3][i] = d.floor;
        draw[4][i] = d.guilt;
        draw[5][i] = d.stays;
        draw[6][i] = d.noise;
    }
    for (size_t c = 0; c < CASES; c++)
        VECTOR for (size_t i = 0; i < FUSED; i++)
        {
            INPUTS_OF(i);
            DRAW_OF(i);
            struct NAME(kase) k = NAME(case_of)(facts, c, in, d);
            kase[c][0][i] = k.deserved;
            kase[c][1][i] = k.gain;
            kase[c][2][i] = k.weight;
            kase[c][3][i] = k.column;
        }
    for (size_t r = 0; r < REGIMES; r++) {
        VECTOR for (size_t i = 0; i < FUSED; i++)
        {
            INPUTS_OF(i);
            DRAW_OF(i);
            struct NAME(regime) g = NAME(regime_of)(facts, r, in, d);
            regime[0][i] = g.extra;
            regime[1][i] = g.lands;
        }
        for (size_t c = 0; c < CASES; c++)
            VECTOR for (size_t i = 0; i < FUSED; i++)
            {
                INPUTS_OF(i);
                DRAW_OF(i);
                struct NAME(kase) k = {kase[c][0][i], kase[c][1][i], kase[c][2][i], kase[c][3][i]};
                struct NAME(regime) g = {regime[0][i], regime[1][i]};
                struct NAME(cell) v = NAME(cell_of)(facts, r, c, in, d, k, g);
                cell[c][0][i] = v.fit;
                cell[c][1][i] = v.utility;
                cell[c][2][i] = v.severity;
                cell[c][3][i] = v.cost;
                cell[c][4][i] = v.gap;
            }
        double worst[FUSED], gap[FUSED];
        for (size_t c = 0; c < CASES; c++) {
            const double share = facts->cases[c].share;
            VECTOR for (size_t i = 0; i < FUSED; i++)
            {
                double fit = cell[c][0][i], apart = cell[c][4][i];
                for (size_t s = 0; s < 4; s++) {
                    double part = cell[c][s][i] * share;
                    sum[s][i] = c == 0 ? part : sum[s][i] + part;
                }
                worst[i] = c == 0 || fit < worst[i] ? fit : worst[i];
                gap[i] = c == 0 || apart > gap[i] ? apart : gap[i];
            }
        }
        for (size_t c = 0; c < CASES; c++) {
            const double share = facts->cases[c].share;
            VECTOR for (size_t i = 0; i < FUSED; i++)
            {
                double part = NAME(spread_of)(cell[c][2][i], sum[2][i], share);
                double mood = NAME(mood_of)(cell[c][1][i], sum[1][i], share);
                second[0][i] = c == 0 ? part : second[0][i] + part;
                second[1][i] = c == 0 ? mood : second[1][i] + mood;
            }
        }
        for (size_t c = 0; c < CASES; c++) {
            const double share = facts->cases[c].share;
            VECTOR for (size_t i = 0; i < FUSED; i++)
            {
                double gain = NAME(gain_of)(cell[c][1][i], cell[c][0][i], sum[1][i], sum[0][i],
                                            1 + second[0][i], share);
                second[2][i] = c == 0 ? gain : second[2][i] + gain;
            }
        }
        VECTOR for (size_t i = 0; i < FUSED; i++)
        {
            out[r * draws + first + i] = NAME(score_of)(
                sum[1][i], sum[3][i], sum[0][i], second[1][i], second[0][i], worst[i], gap[i]);
            out[(REGIMES + r) * draws + first + i] = sum[0][i];
            out[(2 * REGIMES + r) * draws + first + i] = second[2][i];
        }
    }
#undef INPUTS_OF
#undef DRAW_OF
}

void NAME(fused)(const struct model_facts *facts, const double *inputs, size_t draws, double *out);

void NAME(fused)(const struct model_facts *facts, const double *inputs, size_t draws, double *out)
{
    for (size_t first = 0; first < draws; first += FUSED)
        NAME(block)(facts, inputs, draws, first, out);
}
