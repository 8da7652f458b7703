/* The worksheet of one case: every step of a regime with its figure and citation, and what they
 * come to. */
#ifndef ASSIZE_REPORT_WORKSHEET_H
#define ASSIZE_REPORT_WORKSHEET_H

#include "analysis/worksheet.h"
#include "base/text.h"

void report_worksheet_text(struct text *out, const struct worksheet *worksheet);
void report_worksheet_json(struct text *out, const struct worksheet *worksheet);

/* A figure of the result: what a column of `worksheet_columns` comes to. */
struct worksheet_result {
    const struct worksheet_column *column;
    const struct node *node; /* NULL: the regime has no such figure, or it does not apply */
    double value;
    bool life;
};
struct worksheet_result worksheet_result(const struct worksheet *worksheet,
                                         const struct worksheet_column *column);

#endif
