/* What went wrong, where, and what would be right.
 *
 * A function that can fail returns a status and adds to a `struct diags`, passed last. All the
 * faults of a file are gathered, in the order of their places, up to DIAGS_MOST.
 */
#ifndef ASSIZE_BASE_DIAG_H
#define ASSIZE_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* The program's exit codes, and the status of every call of the C API. */
enum status {
    STATUS_OK = 0,
    STATUS_EXPECTATION = 1, /* an expectation in `tests:` or a verification failed */
    STATUS_USAGE = 2,       /* the caller asked for something that does not exist */
    STATUS_SCENARIO = 3,    /* the scenario is not valid */
    STATUS_PLUGIN = 4,      /* a plugin is not valid, or was refused */
    STATUS_IO = 5,          /* a file could not be read or written, or memory ran out */
};

/* `line` and `column` count from 1; line 0: the file as a whole; file NULL: no file. */
struct place {
    const char *file;
    uint32_t line, column;
};

struct diag {
    enum status status;
    bool warning;
    struct place place;
    unsigned width;      /* columns to mark, at least 1 */
    const char *excerpt; /* the line at `place`, or NULL */
    const char *message;
    const char *remedy;    /* what would be right, or NULL */
    struct place also;     /* the other place where two meet; file NULL when there is none */
    const char *also_note; /* why that place matters */
    const char *trace;     /* chain of calls in a plugin, a line each, or NULL */
};

enum { DIAGS_MOST = 20 };

struct diags {
    struct arena *arena;
    struct diag items[DIAGS_MOST]; /* errors and warnings, by file and place */
    size_t count;
    size_t errors;  /* all errors, those dropped included */
    size_t dropped; /* items beyond DIAGS_MOST */
};

void diags_init(struct diags *diags, struct arena *arena);

/* Adds a copy of `diag`; its texts must outlive the arena or lie in it. Returns `diag->status`. */
enum status diags_add(struct diags *diags, const struct diag *diag);

/* Adds an error without excerpt or remedy. */
enum status diags_error(struct diags *diags, enum status status, struct place place,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Whether one more would be shown, and not only counted: whether its words are worth making. */
bool diags_have_room(const struct diags *diags);

/* The status of the first error, or STATUS_OK. */
enum status diags_status(const struct diags *diags);

/* Writes one diagnostic as a person reads it: place, message, line, mark, remedy. */
void diag_print(struct text *out, const struct diag *diag);

#endif
