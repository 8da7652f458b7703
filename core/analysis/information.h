/* What a step of a regime tells: the entropy of the share of cases in which it applies (Shannon
 * 1948, "A Mathematical Theory of Communication", section 6). A step that nearly every case gets
 * tells next to nothing: .286 bit at 95 per cent. */
#ifndef ASSIZE_ANALYSIS_INFORMATION_H
#define ASSIZE_ANALYSIS_INFORMATION_H

#include "analysis/model.h"

struct step_information {
    const char *name; /* of the claim, without the regime's id */
    const char *cite; /* or NULL */
    double share;     /* of the cases in which it applies, by their shares; NAN, like the bits,
                         where these or the others may be persons too few to be told */
    double bits;
};

/* Entropy of a share in bits; 0 at 0 and at 1. */
double information_bits(double share);

/* The steps of regime `regime` that apply in some cases and not in others, or may: claims with a
 * condition. Central values. */
enum status information_steps(struct arena *arena, const struct model *model, size_t regime,
                              struct step_information **steps, size_t *count, struct diags *diags);

#endif
