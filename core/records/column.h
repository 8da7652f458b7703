/* Typed columns: what a cell of a table of records says as a number, truth value or label. */
#ifndef ASSIZE_RECORDS_COLUMN_H
#define ASSIZE_RECORDS_COLUMN_H

#include "records/csv.h"
#include "scenario/schema.h"

/* The value of a cell under a NUMBER, TRUTH or LABEL schema: in base units, 0 or 1, or the label's
 * index. When it has none, returns false and says why in `arena`. */
bool column_value(const struct schema *schema, const struct csv_cell *cell, double *value,
                  struct arena *arena, const char **fault);

#endif
