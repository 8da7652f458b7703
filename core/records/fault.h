/* What is wrong with a table, told with its place. */
#ifndef ASSIZE_RECORDS_FAULT_H
#define ASSIZE_RECORDS_FAULT_H

#include "records/csv.h"

/* A place in the table. `line` 0: the table as a whole. */
struct place csv_place(const struct csv *csv, uint64_t line, size_t column);

/* Whether the row is well formed, with as many cells as the header. */
bool csv_row_is_whole(const struct csv *csv, const struct csv_row *row);

/* Why it is not; "SUBJECT has 1 cell, the header 2" where it is well formed. In `arena`. */
const char *csv_row_fault(const struct csv *csv, const struct csv_row *row, const char *subject,
                          struct arena *arena);

/* Reports a fault, with its remedy or NULL. Both texts must outlive the diags. Returns
 * STATUS_SCENARIO. */
enum status csv_fault(const struct csv *csv, uint64_t line, size_t column, const char *message,
                      const char *remedy, struct diags *diags);

/* As csv_fault() for a row, or for its cell in column `at` unless that is CSV_MOST_COLUMNS. The
 * message is "row 3, column `x`: ", and `message`, which alone need not outlive the diags. */
enum status csv_fault_row(const struct csv *csv, const struct csv_row *row, size_t at,
                          const char *message, const char *remedy, struct diags *diags);

/* Whether the row is whole; if not, that is reported. */
bool csv_row_check(const struct csv *csv, const struct csv_row *row, struct diags *diags);

/* STATUS_IO with the reason when reading stopped before the end of the file. */
enum status csv_end_check(const struct csv *csv, struct diags *diags);

#endif
