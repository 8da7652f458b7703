/* A table of records in CSV (RFC 4180), read a row at a time in a fixed amount of memory.
 *
 * Commas between cells; a cell may stand in double quotes, and must where it holds a comma, a quote
 * (then doubled) or a line break. Rows end in LF or CRLF; the last one may end with the file. The
 * first row names the columns. A mark of byte order in front is passed over.
 *
 * A row that is not well formed is handed out with its fault; reading goes on behind it. The parser
 * is our own: it must give the place of a fault, the row as it was written, and a gigabyte a
 * second.
 */
#ifndef ASSIZE_RECORDS_CSV_H
#define ASSIZE_RECORDS_CSV_H

#include <string.h>

#include "base/diag.h"

enum {
    CSV_MOST_ROW = 1 << 20, /* bytes of a row */
    CSV_MOST_COLUMNS = 2000,
};

struct csv_cell {
    const char *text; /* without its quotes; no NUL behind it */
    size_t length;
};

/* Whether the cell says just that. Here, for it is asked of every cell. */
static inline bool csv_cell_is(const struct csv_cell *cell, const char *text)
{
    return strlen(text) == cell->length && memcmp(cell->text, text, cell->length) == 0;
}

struct csv_row {
    uint64_t number; /* from 1, the header not counted */
    uint64_t line;   /* in the file, of the row's beginning */
    const char *raw; /* as it was written, without its line break */
    size_t raw_length;
    const struct csv_cell *cells; /* valid until the next row */
    size_t count;
    const char *fault;   /* why it is not well formed, or NULL */
    size_t fault_column; /* of characters in the line, from 1; 0: the row as a whole */
};

struct csv;

/* Opens a file and reads its header. `*csv` and all that it needs lie in `arena`, which closes the
 * file; its path lies with `diags`, for what is reported of the table may outlive it. STATUS_IO
 * when it cannot be read, STATUS_SCENARIO for a header that is none: a name that is empty or stands
 * twice. */
enum status csv_open(struct arena *arena, const char *path, struct csv **csv, struct diags *diags);

struct hasher;

/* As csv_open() for a regular file alone. Every byte that is read goes to `hasher`, which has seen
 * the whole file when csv_next() has come to its end. */
enum status csv_open_hashed(struct arena *arena, const char *path, struct hasher *hasher,
                            struct csv **csv, struct diags *diags);

/* The names of the columns. */
const struct csv_cell *csv_header(const struct csv *csv, size_t *count);
const char *csv_path(const struct csv *csv);

/* The next row; false at the end, or when reading failed (csv_failed() says which). */
bool csv_next(struct csv *csv, struct csv_row *row);

/* Which character of its line a cell begins at, from 1; 0 when it stands on another line. */
size_t csv_cell_column(const struct csv_row *row, const struct csv_cell *cell);

/* Why reading stopped before the end of the file, or NULL. */
const char *csv_failed(const struct csv *csv);

/* Whether the last row ended without a line break: it may be cut off. */
bool csv_ended_open(const struct csv *csv);

/* How far the file is read: bytes so far, and in all (0: not known). */
void csv_progress(const struct csv *csv, uint64_t *done, uint64_t *all);

#endif
