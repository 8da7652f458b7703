/* The table holds each half of the distribution by the probability u of its own tail. Between
 * 2^-53 and 1/2 every octave of u is cut into CELLS equal cells, and in a cell the quantile is the
 * cubic with the right values and slopes at both ends:
 *
 *   u   2^-53 ... 1/16        1/8               1/4                                1/2
 *        |.....|  |.|.|.|.|.|.|..|..|..|..|..|..|....|....|....|....|....|....|....|
 *
 * so the cells are finest where the quantile changes fastest. The nodes are found by Newton's
 * method on the regularised incomplete beta function.
 */
#include "engine/beta.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/math_inline.h"

enum { OCTAVES = 52, CELLS = 32, NODES = OCTAVES * CELLS + 1 };

struct beta_node {
    double x, slope; /* of the quantile over u */
};

/* lower.nodes: x of beta(alpha, beta); upper.nodes: 1 - x, which is beta(beta, alpha). */
struct beta_table {
    struct beta_node lower[NODES], upper[NODES];
};

/* Stirling's series from 12 on; the recurrence below. */
double log_gamma(double x)
{
    double product = 1;
    for (; x < 12; x++)
        product *= x;
    static const double half_log_two_pi = 0.9189385332046727;
    return (x - 0.5) * math_log_inline(x) - x + half_log_two_pi + math_stirling_sum(x) -
           math_log_inline(product);
}

/* A beta distribution with what every evaluation needs. */
struct beta {
    double a, b, log_whole; /* ln B(a, b) */
};

static struct beta beta_of(double a, double b)
{
    return (struct beta){a, b, log_gamma(a) + log_gamma(b) - log_gamma(a + b)};
}

/* x^a y^b / B(a, b): the density times x y, y = 1 - x. */
static double beta_weight(const struct beta *beta, double x, double y)
{
    double exponent = beta->a * math_log_inline(x) + beta->b * math_log_inline(y);
    return math_exp_inline(exponent - beta->log_whole);
}

/* The continued fraction of DLMF 8.17.22 by the modified Lentz algorithm (Thompson, Barnett 1986).
 * Converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double first = 1 - (a + b) / (a + 1) * x;
    double c = 1, d = 1 / (first > tiny ? first : tiny), value = d;
    for (double m = 1; m < 10000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        value *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        value *= c * d;
        if (fabs(c * d - 1) < 3e-16)
            break;
    }
    return value;
}

static bool beta_is_below_middle(const struct beta *beta, double x)
{
    return x < (beta->a + 1) / (beta->a + beta->b + 2);
}

/* P(X <= x), given the weight at x. */
static double beta_below(const struct beta *beta, double x, double y, double weight)
{
    if (beta_is_below_middle(beta, x))
        return weight / beta->a * beta_fraction(beta->a, beta->b, x);
    return 1 - weight / beta->b * beta_fraction(beta->b, beta->a, y);
}

/* The place z = ln(x / (1 - x)) where P = u, from a guess. ln P is increasing and concave in z, so
 * that Newton's method converges from anywhere. */
static double beta_solve(const struct beta *beta, double u, double guess, struct beta_node *node)
{
    double z = guess, log_u = math_log_inline(u), x = 0, y = 0, weight = 0;
    for (int i = 0; i < 100; i++) {
        double e = math_exp_inline(-fabs(z));
        double small = e / (1 + e), large = 1 / (1 + e);
        x = z < 0 ? small : large;
        y = z < 0 ? large : small;
        weight = beta_weight(beta, x, y);
        double below = beta_below(beta, x, y, weight);
        if (!(below > 0) || !(weight > 0) || x == 0)
            break; /* beyond what a double can hold */
        double step = (log_u - math_log_inline(below)) * below / weight;
        z += step;
        if (fabs(step) < 1e-14 * (1 + fabs(z)))
            break;
    }
    *node = (struct beta_node){x, weight > 0 ? x * y / weight : 0};
    return z;
}

/* The probability at a node: 2^-(1 + octave) less a part of the octave. */
static double node_probability(size_t node)
{
    double half = math_from_bits((uint64_t)(1022 - node / CELLS) << 52);
    return half * (1 - 0.5 * (double)(node % CELLS) / CELLS);
}

/* From the median outward, each node starting from its neighbour's place. */
static void fill_nodes(struct beta_node *nodes, double a, double b)
{
    struct beta beta = beta_of(a, b);
    double z = math_log_inline(a / b);
    for (size_t node = 0; node < NODES; node++)
        z = beta_solve(&beta, node_probability(node), z, &nodes[node]);
}

const struct beta_table *beta_table_new(struct arena *arena, double alpha, double beta)
{
    struct beta_table *table = arena_alloc(arena, sizeof *table);
    fill_nodes(table->lower, alpha, beta);
    fill_nodes(table->upper, beta, alpha);
    return table;
}

/* The cubic through two nodes with their slopes, held between their values. */
static double between(const struct beta_node *low, const struct beta_node *high, double width,
                      double t)
{
    double rise = high->x - low->x;
    double from = width * low->slope - rise, to = rise - width * high->slope;
    double x = low->x + t * rise + t * (1 - t) * ((1 - t) * from + t * to);
    x = x < low->x ? low->x : x;
    return x > high->x ? high->x : x;
}

static double tail_quantile(const struct beta_node *nodes, double u)
{
    uint64_t bits = math_bits(u);
    uint64_t exponent = bits >> 52;
    /* u = half (1 + part) / 2 with half = 2^-(1 + octave) and 0 < part <= 1, so a power of two is
     * the upper end of its octave; u = 1/2 is the first node. */
    size_t octave = (size_t)(1021 - exponent);
    double width = math_from_bits((exponent - 5) << 52); /* 1/32 of u's octave */
    double cells = (double)(bits & 0x000fffffffffffff) * (0x1p-52 * CELLS);
    size_t cell = (size_t)cells;
    size_t high = octave * CELLS + (CELLS - 1 - cell);
    return between(&nodes[high + 1], &nodes[high], width, cells - (double)cell);
}

double beta_table_quantile(const struct beta_table *table, double u)
{
    if (u == 0.5)
        return table->lower[0].x;
    return u < 0.5 ? tail_quantile(table->lower, u) : 1 - tail_quantile(table->upper, 1 - u);
}
