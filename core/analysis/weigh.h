/* Weighing: what each theory says of each regime, how far the facts can move it, and what the
 * moral choices do.
 *
 * Draw 0 is the central one: every premise at its central value. It gives the verdicts, scores and
 * every value shown. Draws 1 to `draws` give ranges and shares; moral choices stay where they are.
 * All this holds what no dispute leaves open (the base of outcomes.h); beside it stands what is
 * said in each outcome of the disputes.
 */
#ifndef ASSIZE_ANALYSIS_WEIGH_H
#define ASSIZE_ANALYSIS_WEIGH_H

#include "analysis/model.h"
#include "engine/engine.h"

enum { DEFAULT_DRAWS = 10000, STRIP_POINTS = 21, FACT_POINTS = 9 };
enum { DEFAULT_RESAMPLES = 200 };
#define DRAWS_AS_SUITS UINT64_MAX /* DEFAULT_..., or fewer where there are many persons */

enum verdict {
    VERDICT_ACCEPTABLE,
    VERDICT_BORDERLINE,
    VERDICT_UNACCEPTABLE,
    VERDICT_NOT_RULED_OUT, /* theories with role "limit" */
    VERDICT_RULED_OUT,
    VERDICT_SILENT,
    VERDICT_UNSUPPORTED, /* a claim that the conclusion rests on is out: no score */
    VERDICTS
};

/* "acceptable", "not ruled out", ... */
const char *verdict_name(enum verdict verdict);

/* A single letter for strips: A acceptable, b borderline, ! (see opinion.one_case_failed),
 * . unacceptable, n not ruled out, x ruled out, - silent, u unsupported. */
char verdict_letter(enum verdict verdict, bool one_case_failed);

/* Which numbers the draws of the facts are made of. */
enum draw_kind { DRAWS_RANDOM, DRAWS_SOBOL };

struct weigh_options {
    enum draw_kind sampling;
    uint64_t rounded_from; /* in a result: the draws asked for, where `sampling` takes another
                              number; else 0 */
    uint64_t draws;        /* 0: none. In a result neither this nor `resamples` is DRAWS_AS_SUITS */
    uint64_t seed;
    const char *along;             /* path of a premise to sweep, or NULL */
    double along_low, along_high;  /* in the premise's declared unit; NAN: its own range */
    uint64_t resamples;            /* of the persons of records; 0: none */
    unsigned threads;              /* 0: one for each processor; no result depends on it */
    const struct summaries *drawn; /* what the draws came to, where they were made before (shard.h);
                                      NULL: they are made now */

    /* Called now and then: `done` of `of` draws, or resamples, as `what` says. Where it returns
     * false, sampling ends there. NULL: nobody wants to know. */
    bool (*progress)(void *context, const char *what, uint64_t done, uint64_t of);
    void *context;
};

/* The range of a figure over the draws. All NAN when there are no draws. */
struct range {
    double low, high;   /* 5 and 95 per cent */
    double mean, error; /* and the standard error of the mean */
    double least, greatest;
};

/* What one theory says of one regime. */
struct opinion {
    enum verdict verdict;
    double score; /* NAN when silent or unsupported */
    struct range range;
    double share_same;      /* of draws with the same verdict; NAN without draws */
    uint64_t not_finite;    /* draws without a score */
    bool from_rules_out;    /* what decided stands in rules_out, else in requires */
    uint32_t decided_by;    /* its index; UINT32_MAX: every requirement holds */
    bool one_case_failed;   /* borderline only because a minimum over cases is too low */
    uint64_t tied_with;     /* bit r: score not told apart from regime r's */
    bool in_question;       /* a claim that the conclusion rests on is undecided */
    uint64_t outcomes_same; /* outcomes with the same verdict (`chance`: draws), of those in all
                               that result.outcome_weight counts */
};

/* What chance in the sample of persons may do to a score, all premises at their centre: over
 * resamples in which each person counts a number of times that is drawn from a Poisson distribution
 * of mean 1 (Hanley and MacGibbon 2006, Creating non-parametric bootstrap samples using Poisson
 * frequencies). Apart from `range`, which is what the uncertain facts do. */
struct sample_opinion {
    double low, high;  /* 5 and 95 per cent */
    double error;      /* the standard deviation: the standard error of the score */
    double share_same; /* of resamples with the same verdict */
};

/* The same in one outcome of the disputes, at the central draw. */
struct outcome_opinion {
    enum verdict verdict;
    double score; /* NAN when silent or unsupported */
    bool in_question;
};

/* One requirement of one theory for one regime, at the central draw. */
struct requirement_state {
    double value, bound;
    bool holds;
    double share_failing; /* of persons for whom it does not hold, where the value is a minimum over
                             cases that are classes of persons; else NAN */
    const bool *failing_cases; /* [case] where the value is a minimum over cases, else NULL */
    const bool *ahead; /* [regime] where the bound is a maximum over regimes: who reaches it */
};

/* Verdicts along one premise, all else at its centre. */
struct strip {
    const struct premise *premise;
    size_t points;
    const double *values;         /* [points], in base units */
    const enum verdict *verdicts; /* [theory][regime][point] */
    const bool *one_case_failed;  /* likewise */
    const bool *theory_reads;     /* [theory]: whether its conclusion depends on the premise */
};

/* A fact moved over its range (5 to 95 per cent of its distribution), all else at its centre. */
struct mover {
    const struct premise *premise;
    double low, high; /* base units */
    size_t changed;   /* opinions whose verdict differs somewhere on the way */
};

struct result {
    const struct model *model;
    struct weigh_options options;
    double **central;         /* [node][cell] of the linked graph, at the central draw; NULL for
                                 nodes that no conclusion, claim or output needs */
    struct opinion *opinions; /* [theory][regime] */
    struct strip *strips;     /* one for each moral choice in use; behind them, of facts */
    size_t strip_count;
    struct strip *along;  /* for options.along, or NULL */
    struct mover *movers; /* facts that change a verdict, most first */
    size_t mover_count;
    size_t fact_count;                        /* uncertain facts tried */
    struct range ***findings;                 /* [theory][finding][cell]: over the draws */
    size_t numbers, illustrative, unverified; /* premises in use; a data table counts as one */
    const struct outcomes *outcomes; /* how the disputes can come out (outcomes.h); NULL: there are
                                        no arguments */
    const struct outcome_opinion *outcome_opinions; /* [outcome][theory][regime] */
    uint64_t outcome_weight;  /* outcomes; under `chance` the draws that they share */
    uint64_t draws_asked;     /* more than options.draws where `progress` ended the sampling */
    uint64_t resamples_asked; /* likewise */
    const struct sample_opinion *sample; /* [theory][regime]; NULL where there are none */
    double largest_error; /* standard error of a mean score: the greatest over opinions */
};

enum status weigh(struct arena *arena, const struct model *model,
                  const struct weigh_options *options, struct result **result, struct diags *diags);

const struct opinion *result_opinion(const struct result *result, size_t theory, size_t regime);

const struct outcome_opinion *result_outcome_opinion(const struct result *result, size_t outcome,
                                                     size_t theory, size_t regime);

/* The central value of a node for a regime and a case. */
double result_value(const struct result *result, node_id node, size_t regime, size_t kase);

/* A requirement at the central draw; lists lie in `arena`. */
struct requirement_state result_requirement(struct arena *arena, const struct result *result,
                                            const struct requirement *requirement, size_t regime);

/* Whether it holds for all persons and so stands in an earlier class already: it counts once among
 * the numbers that a result rests on. */
bool number_stands_before(const struct model *model, const char *path);

/* The range of finding f of theory t for a regime and a case. */
const struct range *result_finding_range(const struct result *result, size_t theory, size_t finding,
                                         size_t regime, size_t kase);

/* How many of the uncertain premises in use are drawn together with others (`correlate:`). */
size_t result_drawn_together(const struct result *result);

/* One expectation of `tests:`: whether it is met, with the actual figure in `actual`. */
bool result_meets(const struct result *result, const struct expectation *expectation,
                  struct text *actual);

#endif
