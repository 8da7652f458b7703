#include "records/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* The window over the file: a row is always whole in it.
 *
 *   data: | rows done | row under way ... | bytes read | free |
 *                       at                  end          capacity
 */
enum { WINDOW = 4 * CSV_MOST_ROW };

struct csv {
    const char *path;
    int descriptor;
    struct hasher *hasher; /* of every byte read, or NULL */
    uint64_t size, done;   /* of the file; bytes taken from it */
    char *data;            /* WINDOW bytes and a NUL */
    size_t at, end;
    bool finished; /* the file has no more */
    bool ended_open;
    const char *failed;
    uint64_t line, rows;
    struct csv_cell *cells; /* of the row at hand: CSV_MOST_COLUMNS */
    char *plain;            /* its quoted cells that hold quotes, without them */
    size_t plain_used;
    struct csv_cell *names;
    size_t name_count;
};

/* --- the window ------------------------------------------------------------------------------ */

/* Reads on behind `end`; false when there is nothing more. */
static bool window_fill(struct csv *csv)
{
    if (csv->finished || csv->failed != NULL)
        return false;
    memmove(csv->data, csv->data + csv->at, csv->end - csv->at);
    csv->end -= csv->at;
    csv->at = 0;
    ssize_t got;
    do
        got = read(csv->descriptor, csv->data + csv->end, WINDOW - csv->end);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        csv->failed = strerror(errno);
    csv->finished = got <= 0;
    if (got > 0 && csv->hasher != NULL)
        hasher_add(csv->hasher, csv->data + csv->end, (size_t)got);
    csv->end += got > 0 ? (size_t)got : 0;
    csv->done += got > 0 ? (uint64_t)got : 0;
    csv->data[csv->end] = '\0';
    return got > 0;
}

/* --- rows ------------------------------------------------------------------------------------ */

/* A row being taken apart; `next` is where it goes on. */
struct parse {
    struct csv *csv;
    struct csv_row *row;
    size_t next;
    uint64_t breaks; /* line breaks inside quotes */
    bool starved;    /* the window ends before the row does */
};

static void parse_fault(struct parse *parse, const char *fault, size_t at)
{
    if (parse->row->fault != NULL)
        return;
    const char *start = parse->csv->data + parse->csv->at, *place = parse->csv->data + at;
    parse->row->fault = fault;
    parse->row->fault_column = 1;
    for (const char *c = start; c < place; c++)
        parse->row->fault_column += ((unsigned char)*c & 0xC0) != 0x80;
}

static void cell_add(struct parse *parse, const char *text, size_t length)
{
    if (parse->row->count < CSV_MOST_COLUMNS)
        parse->csv->cells[parse->row->count++] = (struct csv_cell){text, length};
    else
        parse_fault(parse, "the row has too many cells", parse->next);
}

static bool ends_cell(char c)
{
    return c == ',' || c == '\n' || c == '\r';
}

/* Whether `at` is where the file ends, or where its window does, which is noted. */
static bool at_end(struct parse *parse, size_t at)
{
    if (at < parse->csv->end)
        return false;
    parse->starved = !parse->csv->finished;
    return true;
}

static void parse_bare(struct parse *parse)
{
    const char *data = parse->csv->data;
    size_t start = parse->next, at = start;
    while (!ends_cell(data[at])) {
        if (data[at] == '\0' && at_end(parse, at))
            break;
        if (data[at] == '"')
            parse_fault(parse, "a quote inside a cell that does not begin with one", at);
        if (data[at] == '\0')
            parse_fault(parse, "a byte that is no text", at);
        at++;
    }
    cell_add(parse, data + start, at - start);
    parse->next = at;
}

/* Where the quoted part that begins at `at` ends: at its closing quote, or at the end. */
static size_t quoted_end(struct parse *parse, size_t at, bool *doubled)
{
    const char *data = parse->csv->data;
    for (;; at++) {
        if (at_end(parse, at))
            return at;
        if (data[at] == '"' && data[at + 1] != '"') {
            at_end(parse, at + 1); /* a second quote may follow in the next window */
            return at;
        }
        if (data[at] == '"')
            at++;
        *doubled = *doubled || data[at] == '"';
        parse->breaks += data[at] == '\n';
        if (data[at] == '\0')
            parse_fault(parse, "a byte that is no text", at);
    }
}

/* Copies a cell without the first of each pair of quotes. */
static void cell_add_plain(struct parse *parse, const char *text, size_t length)
{
    struct csv *csv = parse->csv;
    char *plain = csv->plain + csv->plain_used;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        i += text[i] == '"';
        plain[used++] = text[i];
    }
    csv->plain_used += used;
    cell_add(parse, plain, used);
}

static void parse_quoted(struct parse *parse)
{
    const char *data = parse->csv->data;
    size_t start = parse->next + 1;
    bool doubled = false;
    size_t end = quoted_end(parse, start, &doubled);
    if (parse->starved)
        return;
    if (end == parse->csv->end)
        parse_fault(parse, "a quote is opened and never closed", parse->next);
    if (doubled)
        cell_add_plain(parse, data + start, end - start);
    else
        cell_add(parse, data + start, end - start);
    parse->next = end + (end < parse->csv->end);
    if (parse->next < parse->csv->end && !ends_cell(data[parse->next])) {
        parse_fault(parse, "text behind a closing quote", parse->next);
        while (parse->next < parse->csv->end && data[parse->next] != '\n')
            parse->next++;
        at_end(parse, parse->next);
    }
}

/* Passes over the line break behind a row. */
static void parse_break(struct parse *parse)
{
    const struct csv *csv = parse->csv;
    parse->row->raw_length = parse->next - csv->at;
    if (parse->next < csv->end && csv->data[parse->next] == '\r') {
        parse->next++;
        if (at_end(parse, parse->next))
            return;
        if (csv->data[parse->next] != '\n')
            parse_fault(parse, "a carriage return inside a row", parse->next - 1);
        while (parse->next < csv->end && csv->data[parse->next] != '\n')
            parse->next++;
    }
    if (!at_end(parse, parse->next))
        parse->next++;
}

/* Takes the row at csv->at apart; false when the window ends before it does. */
static bool parse_row(struct parse *parse)
{
    struct csv *csv = parse->csv;
    csv->plain_used = 0;
    parse->next = csv->at;
    parse->row->raw = csv->data + csv->at;
    for (;;) {
        if (csv->data[parse->next] == '"')
            parse_quoted(parse);
        else
            parse_bare(parse);
        if (parse->starved || parse->next >= csv->end || csv->data[parse->next] != ',')
            break;
        parse->next++;
    }
    if (!parse->starved)
        parse_break(parse);
    return !parse->starved;
}

/* A row longer than any row may be: passed over to the next line. */
static void skip_row(struct parse *parse)
{
    struct csv *csv = parse->csv;
    parse->row->count = 0;
    parse->row->raw_length = 0;
    parse->row->fault = "the row is longer than a row may be: is a quote left open?";
    parse->row->fault_column = 0;
    parse->breaks = 0;
    for (;;) {
        const char *found = memchr(csv->data + csv->at, '\n', csv->end - csv->at);
        if (found != NULL) {
            parse->next = (size_t)(found - csv->data) + 1;
            return;
        }
        csv->at = csv->end;
        parse->next = csv->end;
        if (!window_fill(csv))
            return;
    }
}

static void row_read(struct csv *csv, struct csv_row *row)
{
    struct parse parse = {.csv = csv, .row = row};
    for (;;) {
        *row = (struct csv_row){.line = csv->line, .cells = csv->cells};
        parse = (struct parse){.csv = csv, .row = row};
        if (parse_row(&parse) && row->raw_length <= CSV_MOST_ROW)
            break;
        if (csv->end - csv->at > CSV_MOST_ROW) {
            skip_row(&parse);
            break;
        }
        window_fill(csv);
    }
    csv->ended_open = csv->finished && parse.next == csv->end && parse.next > 0 &&
                      csv->data[parse.next - 1] != '\n';
    csv->at = parse.next;
    csv->line += parse.breaks + 1;
}

static bool nothing_left(struct csv *csv)
{
    return csv->at == csv->end && !window_fill(csv);
}

bool csv_next(struct csv *csv, struct csv_row *row)
{
    if (nothing_left(csv))
        return false;
    row_read(csv, row);
    if (csv->failed != NULL)
        return false;
    row->number = ++csv->rows;
    return true;
}

/* --- opening --------------------------------------------------------------------------------- */

static void csv_close(void *resource)
{
    struct csv *csv = resource;
    if (csv->descriptor >= 0)
        close(csv->descriptor);
    csv->descriptor = -1;
}

static enum status header_fault(const struct csv *csv, size_t column, const char *message,
                                struct diags *diags)
{
    return diags_error(diags, STATUS_SCENARIO, (struct place){csv->path, 1, (uint32_t)column}, "%s",
                       message);
}

static bool same_cell(const struct csv_cell *a, const struct csv_cell *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static enum status names_check(struct csv *csv, struct arena *arena, struct diags *diags)
{
    for (size_t i = 0; i < csv->name_count; i++) {
        const struct csv_cell *name = &csv->names[i];
        if (name->length == 0)
            return header_fault(csv, 0, arena_printf(arena, "column %zu has no name", i + 1),
                                diags);
        if (text_utf8_valid(name->text, name->length) != name->length)
            return header_fault(
                csv, 0, arena_printf(arena, "the name of column %zu is no text", i + 1), diags);
        for (size_t k = 0; k < i; k++)
            if (same_cell(name, &csv->names[k]))
                return header_fault(
                    csv, 0, arena_printf(arena, "the column `%s` stands twice", name->text), diags);
    }
    return STATUS_OK;
}

static enum status header_read(struct csv *csv, struct arena *arena, struct diags *diags)
{
    struct csv_row row;
    if (nothing_left(csv))
        return csv->failed != NULL ? diags_error(diags, STATUS_IO, (struct place){csv->path, 0, 0},
                                                 "%s", csv->failed)
                                   : header_fault(csv, 0, "the table has no header", diags);
    if (csv->end >= 3 && memcmp(csv->data, "\xEF\xBB\xBF", 3) == 0)
        csv->at = 3;
    row_read(csv, &row);
    if (row.fault != NULL)
        return header_fault(csv, row.fault_column, row.fault, diags);
    csv->names = arena_array(arena, row.count, sizeof *csv->names);
    csv->name_count = row.count;
    for (size_t i = 0; i < row.count; i++)
        csv->names[i] = (struct csv_cell){
            arena_string_n(arena, row.cells[i].text, row.cells[i].length), row.cells[i].length};
    return names_check(csv, arena, diags);
}

/* A pipe that nobody writes to must not hold up who wants a regular file. */
static enum status csv_begin(struct arena *arena, const char *path, struct hasher *hasher,
                             struct csv **csv, struct diags *diags)
{
    struct csv *opened = arena_alloc(arena, sizeof *opened);
    *opened = (struct csv){
        .path = arena_string(diags->arena, path), .line = 1, .descriptor = -1, .hasher = hasher};
    arena_defer(arena, csv_close, opened);
    opened->data = arena_alloc(arena, WINDOW + 2);
    opened->plain = arena_alloc(arena, WINDOW + 2);
    opened->cells = arena_array(arena, CSV_MOST_COLUMNS, sizeof *opened->cells);
    opened->descriptor = open(path, O_RDONLY | O_CLOEXEC | (hasher != NULL ? O_NONBLOCK : 0));
    struct stat about;
    if (opened->descriptor < 0 || fstat(opened->descriptor, &about) != 0)
        return diags_error(diags, STATUS_IO, (struct place){opened->path, 0, 0}, "%s",
                           strerror(errno));
    if (S_ISDIR(about.st_mode))
        return diags_error(diags, STATUS_IO, (struct place){opened->path, 0, 0},
                           "a folder, not a table");
    if (hasher != NULL && !S_ISREG(about.st_mode))
        return diags_error(diags, STATUS_IO, (struct place){opened->path, 0, 0},
                           "not a regular file");
    opened->size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    enum status status = header_read(opened, arena, diags);
    if (status == STATUS_OK)
        *csv = opened;
    return status;
}

enum status csv_open(struct arena *arena, const char *path, struct csv **csv, struct diags *diags)
{
    return csv_begin(arena, path, NULL, csv, diags);
}

enum status csv_open_hashed(struct arena *arena, const char *path, struct hasher *hasher,
                            struct csv **csv, struct diags *diags)
{
    return csv_begin(arena, path, hasher, csv, diags);
}

/* --- readings -------------------------------------------------------------------------------- */

const struct csv_cell *csv_header(const struct csv *csv, size_t *count)
{
    *count = csv->name_count;
    return csv->names;
}

const char *csv_path(const struct csv *csv)
{
    return csv->path;
}

const char *csv_failed(const struct csv *csv)
{
    return csv->failed;
}

size_t csv_cell_column(const struct csv_row *row, const struct csv_cell *cell)
{
    if (cell->text < row->raw || cell->text > row->raw + row->raw_length)
        return 0;
    size_t at = 1;
    for (const char *c = row->raw; c < cell->text; c++) {
        if (*c == '\n')
            return 0;
        at += ((unsigned char)*c & 0xC0) != 0x80;
    }
    return at;
}

bool csv_ended_open(const struct csv *csv)
{
    return csv->ended_open;
}

void csv_progress(const struct csv *csv, uint64_t *done, uint64_t *all)
{
    *done = csv->done - (csv->end - csv->at);
    *all = csv->size;
}
