/* The three pieces of the quantile of the normal distribution, and of its distribution function, to
 * be inlined into the engine's loops. Private: everybody else calls math_normal_quantile() and
 * math_normal_chance(). Wichura 1988, algorithm AS 241, PPND16; Cody 1993, algorithm 715, ANORM. */
#ifndef ASSIZE_BASE_NORMAL_INLINE_H
#define ASSIZE_BASE_NORMAL_INLINE_H

#include <stddef.h>

#include "base/math_inline.h"

/* normal_middle() is for |p - 1/2| <= NORMAL_MIDDLE, normal_tail() for r <= NORMAL_TAIL. */
#define NORMAL_MIDDLE 0.425
#define NORMAL_TAIL 5

ALWAYS_INLINE double normal_polynomial(const double *coefficients, size_t count, double x)
{
    double p = 0;
    while (count-- > 0)
        p = p * x + coefficients[count];
    return p;
}

/* AS 241 near the middle, in r = 0.180625 - (p - 1/2)^2. */
ALWAYS_INLINE double normal_middle(double q)
{
    static const double above[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                    1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                    4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                    3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double below[8] = {1,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
    double r = 0.180625 - q * q;
    return q * normal_polynomial(above, 8, r) / normal_polynomial(below, 8, r);
}

/* AS 241 in the tails, in r = sqrt(-ln(tail)): up to 5, and beyond. */
ALWAYS_INLINE double normal_tail(double r)
{
    static const double above[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                    5.76949722146069140550e0,  3.64784832476320460504e0,
                                    1.27045825245236838258e0,  2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double below[8] = {1,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
    return normal_polynomial(above, 8, r - 1.6) / normal_polynomial(below, 8, r - 1.6);
}

ALWAYS_INLINE double normal_far_tail(double r)
{
    static const double above[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double below[8] = {1,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};
    return normal_polynomial(above, 8, r - 5) / normal_polynomial(below, 8, r - 5);
}

/* --- the distribution function --------------------------------------------------------------- */

/* normal_chance_middle() is for |z| <= NORMAL_CHANCE_MIDDLE, normal_chance_tail() for those up to
 * NORMAL_CHANCE_TAIL, normal_chance_far() beyond. */
#define NORMAL_CHANCE_MIDDLE 0.67448975
#define NORMAL_CHANCE_TAIL 5.65685424949238

ALWAYS_INLINE double normal_chance_middle(double z)
{
    static const double above[5] = {1.8154981253343561249e+4, 1.0676894854603709582e+3,
                                    1.6102823106855587881e+2, 2.2352520354606839287e0,
                                    6.5682337918207449113e-2};
    static const double below[5] = {4.5507789335026729956e+4, 1.0260932208618978205e+4,
                                    9.7609855173777669322e+2, 4.7202581904688241870e+1, 1};
    double square = z * z;
    return 0.5 + z * normal_polynomial(above, 5, square) / normal_polynomial(below, 5, square);
}

/* e^(-z^2 / 2); the first half of z has a square that is exact. */
ALWAYS_INLINE double normal_bell(double z)
{
    double head = math_head(z);
    return math_exp_sum(-0.5 * head * head, -0.5 * (z - head) * (z + head));
}

/* P(Z > z) for z > 0. */
ALWAYS_INLINE double normal_chance_tail(double z)
{
    static const double above[9] = {
        9.8427148383839780218e+3, 1.1602651437647350124e+4, 6.8481904505362823326e+3,
        2.4945375852903726711e+3, 5.9727027639480026226e+2, 9.3506656132177855979e+1,
        8.8831497943883759412e0,  3.9894151208813466764e-1, 1.0765576773720192317e-8};
    static const double below[9] = {
        1.9685429676859990727e+4, 3.8912003286093271411e+4, 3.4900952721145977266e+4,
        1.8615571640885098091e+4, 6.4855582982667607550e+3, 1.5193775994075548050e+3,
        2.3538790178262499861e+2, 2.2266688044328115691e+1, 1};
    double ratio = normal_polynomial(above, 9, z) / normal_polynomial(below, 9, z);
    return ratio * normal_bell(z);
}

ALWAYS_INLINE double normal_chance_far(double z)
{
    static const double above[6] = {2.9112874951168792e-5, 1.421619193227893466e-3,
                                    2.2235277870649807e-2, 1.274011611602473639e-1,
                                    2.1589853405795699e-1, 2.307344176494017303e-2};
    static const double below[6] = {7.29751555083966205e-5, 3.78239633202758244e-3,
                                    6.59881378689285515e-2, 4.68238212480865118e-1,
                                    1.28426009614491121e0,  1};
    const double one_over_root_two_pi = 0x1.9884533d43651p-2;
    double s = 1 / (z * z);
    double ratio = s * normal_polynomial(above, 6, s) / normal_polynomial(below, 6, s);
    return (one_over_root_two_pi - ratio) / z * normal_bell(z);
}

#endif
