/* The formulas of the bench model on plain numbers; see engine_model.h. Included more than once,
 * with EXP, LOG, POW, SQRT, DIV, TABLE, CURVE defined anew. */
#define MIN(a, b) ((b) < (a) ? (b) : (a))
#define MAX(a, b) ((b) > (a) ? (b) : (a))

struct NAME(draw) {
    double market, rest, half_detection, growth, floor, guilt, stays, noise;
};

struct NAME(kase) {
    double deserved, gain, weight, column;
};

struct NAME(regime) {
    double extra, lands;
};

struct NAME(cell) {
    double fit, utility, severity, cost, gap;
};

INLINE struct NAME(draw) NAME(draw_of)(const double *x)
{
    struct NAME(draw) d;
    d.market = DIV(x[SUPPLY], x[SUPPLY] + x[DEMAND]);
    d.rest = 1 - d.market;
    d.half_detection = SQRT(x[DETECTION]);
    d.growth = LOG(1 + x[HARM]) * d.rest;
    d.floor = MAX(d.half_detection, EXP(0 - x[DISCOUNT]) * 0.05);
    d.guilt = 1 - x[CULPABILITY];
    d.stays = 1 - x[RELAPSE];
    d.noise = x[NOISE] * 0.001;
    return d;
}

INLINE struct NAME(kase)
    NAME(case_of)(const struct model_facts *facts, size_t c, const double *x, struct NAME(draw) d)
{
    const struct model_case *k = &facts->cases[c];
    struct NAME(kase) v;
    double grown = k->quantity * x[HARM] * d.growth + 0.1;
    double wrong = POW(grown, x[THETA]) * (k->culpability * x[CULPABILITY] + d.guilt);
    v.deserved = LOG(wrong + 1) * x[EXCHANGE];
    double taken = x[GAIN] * k->quantity;
    v.gain = EXP(0 - DIV(taken, taken + 1)) * x[STIGMA];
    v.weight = SQRT(CURVE(facts, wrong)) + MIN(v.gain, v.deserved);
    double column = MIN(MAX(x[MERCY] * 3 + k->prior, 0), COLUMNS - 1);
    v.column = FLOOR(column);
    return v;
}

INLINE struct NAME(regime)
    NAME(regime_of)(const struct model_facts *facts, size_t r, const double *x, struct NAME(draw) d)
{
    const struct model_regime *k = &facts->regimes[r];
    struct NAME(regime) v;
    v.extra = k->least * x[EXCHANGE] + k->spread * d.half_detection;
    double held = (1 - EXP(0 - v.extra)) * x[DETERRENCE];
    double felt = MAX(LOG(held + 1) * x[RISK], d.floor);
    v.lands = DIV(felt, felt + d.rest) * d.stays;
    return v;
}

INLINE struct NAME(cell)
    NAME(cell_of)(const struct model_facts *facts, size_t r, size_t c, const double *x,
                  struct NAME(draw) d, struct NAME(kase) k, struct NAME(regime) g)
{
    struct NAME(cell) v;
    double imposed = facts->severity[r][c] * x[EXCHANGE] + g.extra;
    double row = FLOOR(MIN(MAX(imposed * g.lands * 4, 0), ROWS - 1));
    v.severity = TABLE(facts, row, k.column) * 0.1 + imposed;
    double off = ABS(v.severity - k.deserved);
    v.fit = EXP(0 - off * 0.1);
    v.gap = SQRT(off);
    v.cost = DIV(1 - EXP(0 - v.severity * x[DISCOUNT]), x[DISCOUNT]) * x[COST];
    double deterred = 1 - EXP(0 - v.severity * x[DETECTION] * x[RISK]);
    double plain = deterred * k.weight - v.cost * 0.01;
    double shame = LOG(v.severity + 1) * x[STIGMA];
    v.utility = plain - shame + POW(v.severity + 0.5, x[THETA]) * k.gain + d.noise;
    return v;
}

/* The second phase: what a cell adds once the means over cases are known. */
INLINE double NAME(spread_of)(double severity, double mean_severity, double share)
{
    double apart = severity - mean_severity;
    return apart * apart * share;
}

INLINE double NAME(mood_of)(double utility, double mean_utility, double share)
{
    double half = (utility - mean_utility) * 0.5;
    return EXP(half - ABS(half)) * share;
}

INLINE double NAME(gain_of)(double utility, double fit, double mean_utility, double mean_fit,
                            double width, double share)
{
    double kept = fit >= mean_fit ? utility : mean_utility;
    double best = MAX(kept, utility - mean_utility);
    return DIV(best, width) * share;
}

INLINE double NAME(score_of)(double utility, double cost, double fit, double mood, double variance,
                             double worst, double gap)
{
    double first = DIV(utility, cost + 1) * fit + mood;
    double last = first - SQRT(variance) * 0.1;
    double score = LOG(EXP(last) + 1);
    return MIN(score, worst + 2) + gap * 0.01;
}

#undef MIN
#undef MAX
