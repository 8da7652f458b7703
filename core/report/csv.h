/* Rows of comma-separated values (RFC 4180): CRLF is not used, lines end in LF. Internal to
 * core/report. */
#ifndef ASSIZE_REPORT_CSV_H
#define ASSIZE_REPORT_CSV_H

#include "base/text.h"

/* A field of the row under way. A field with comma, quote or line break is quoted; NULL is empty.
 */
void csv_text(struct text *out, const char *value);
void csv_number(struct text *out, double value); /* shortest exact form; not finite: empty */
void csv_end(struct text *out);

/* A row of texts. */
void csv_row(struct text *out, const char *const *fields, size_t count);

#endif
