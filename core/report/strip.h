/* Verdicts along one premise, as letters and in words. Internal to core/report. */
#ifndef ASSIZE_REPORT_STRIP_H
#define ASSIZE_REPORT_STRIP_H

#include "report/report.h"

/* One theory's verdicts on one regime along a strip. */
struct strip_row {
    const enum verdict *verdicts; /* [points] */
    const bool *one_case_failed;
};
struct strip_row strip_row(const struct result *result, const struct strip *strip, size_t theory,
                           size_t regime);

/* Whether every point has the same letter. */
bool strip_is_constant(const struct strip *strip, const struct strip_row *row);

/* The letters, with `gap` blanks between them. */
void strip_letters(struct text *out, const struct strip *strip, const struct strip_row *row,
                   size_t gap);

/* "unacceptable to .25, borderline .3 to .45, unacceptable from .5" */
const char *strip_words(struct arena *arena, const struct strip *strip,
                        const struct strip_row *row);

#endif
