/* The expectations of a scenario's `tests:`. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/weigh.h"

static size_t find_use(const struct use *uses, size_t count, const char *id)
{
    size_t i = 0;
    while (i < count && strcmp(uses[i].id, id) != 0)
        i++;
    return i;
}

static size_t find_case(const struct scenario *scenario, const char *id)
{
    size_t i = 0;
    while (id != NULL && i < scenario->case_count && strcmp(scenario->cases[i], id) != 0)
        i++;
    return id == NULL ? 0 : i;
}

static const struct finding *find_finding(const struct conclusion *conclusion, const char *name)
{
    for (uint32_t f = 0; f < conclusion->finding_count; f++)
        if (strcmp(conclusion->findings[f].name, name) == 0)
            return &conclusion->findings[f];
    return NULL;
}

static bool meets_number(double actual, const struct expectation *expectation, struct text *text)
{
    char buffer[NUMBER_TEXT];
    text_add(text, number_write(buffer, actual));
    return fabs(actual - expectation->score) <= expectation->within;
}

bool result_meets(const struct result *result, const struct expectation *expectation,
                  struct text *actual)
{
    const struct scenario *scenario = result->model->scenario;
    size_t theory = find_use(scenario->theories, scenario->theory_count, expectation->theory);
    size_t regime = expectation->regime == NULL
                        ? 0
                        : find_use(scenario->regimes, scenario->regime_count, expectation->regime);
    size_t kase = find_case(scenario, expectation->kase);
    if (theory == scenario->theory_count || regime == scenario->regime_count ||
        kase == scenario->case_count) {
        text_add(actual, "not there: it was dropped");
        return false;
    }
    const struct opinion *opinion = result_opinion(result, theory, regime);
    const struct conclusion *conclusion = &result->model->linked.conclusions[theory];
    if (expectation->finding != NULL) {
        const struct finding *finding = find_finding(conclusion, expectation->finding);
        if (finding == NULL) {
            text_printf(actual, "%s has no finding `%s`", expectation->theory,
                        expectation->finding);
            return false;
        }
        return meets_number(result_value(result, finding->value, regime, kase), expectation,
                            actual);
    }
    bool met = true;
    if (expectation->verdict != NULL) {
        text_add(actual, verdict_name(opinion->verdict));
        met = strcmp(expectation->verdict, verdict_name(opinion->verdict)) == 0;
    }
    if (expectation->has_score && actual->length > 0)
        text_add(actual, ", ");
    return (!expectation->has_score || meets_number(opinion->score, expectation, actual)) && met;
}
