/* The labeller on its own, with the interface of the solver competition of 2023 (ICCMA 2023, main
 * track): a task, a file, perhaps an argument; and the answer as text.
 *
 * Tasks are PROBLEM-SEMANTICS. Semantics: GR, CO, PR, ST (enumerate.h). Problems and answers:
 *   SE  some extension           `w 1 4`; NO where there is none (ST only)
 *   EE  every extension          a line `w 1 4` for each, in lexicographic order; none: no line
 *   DC  is the argument in some  YES and a line `w ...` with one that holds it; or NO
 *   DS  is it in all             YES; or NO and a line `w ...` with one that does not hold it
 * DS-ST is YES when there is no stable extension. `w` alone is the empty extension. Arguments are
 * shown as the file names them.
 */
#ifndef ASSIZE_ARGUE_COMPETITION_H
#define ASSIZE_ARGUE_COMPETITION_H

#include "argue/enumerate.h"
#include "base/diag.h"
#include "base/file.h"

/* A file larger than this is not worth reading. */
#define COMPETITION_FILE_MOST ((size_t)512 << 20)

struct competition {
    const char *task;     /* "DC-PR" */
    const char *argument; /* for DC and DS; else NULL */
    bool without_witness; /* DC and DS answer with YES or NO alone */
    struct search search; /* all zero: the usual solver, no limit */
};

/* Adds the answer to `out`. STATUS_USAGE: no such task or argument, or an argument where none is
 * asked for; STATUS_SCENARIO: the file is not sound; STATUS_IO: the framework is too large for the
 * solver of this build. When the budget is spent the answer is the line UNKNOWN, with a warning
 * that says so, and STATUS_OK. */
enum status competition_answer(const struct competition *competition, const struct buffer *file,
                               struct arena *arena, struct text *out, struct diags *diags);

#endif
