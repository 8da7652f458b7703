/* What each step of a regime tells. */
#ifndef ASSIZE_REPORT_INFORMATION_H
#define ASSIZE_REPORT_INFORMATION_H

#include "analysis/information.h"
#include "base/text.h"

void report_information_text(struct text *out, const char *regime,
                             const struct step_information *steps, size_t count);

/* Which facts are columns of a table, what a row's results are, and the members of a worksheet in
 * JSON: the end of what `assize regimes KIND` shows. */
void report_worksheet_help(struct text *out, const struct declaration *declaration);

#endif
