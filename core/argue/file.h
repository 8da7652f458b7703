/* Frameworks from files, in two formats told apart by their first words.
 *
 * Of the solver competition of 2023 (ICCMA), where arguments are 1 .. N:
 *     # a comment
 *     p af 3
 *     1 2
 *     2 3
 * and of ASPARTIX, where they have names, in any order, white space anywhere between the marks:
 *     % a comment
 *     arg(a). arg(b).
 *     att(a, b).
 *
 * Blank lines are allowed, an attack stated twice counts once, an argument may attack itself. A
 * name is made of visible ASCII characters without ( ) , . % and is at most 200 long.
 */
#ifndef ASSIZE_ARGUE_FILE_H
#define ASSIZE_ARGUE_FILE_H

#include "argue/framework.h"
#include "base/diag.h"
#include "base/file.h"

/* STATUS_SCENARIO with every fault at its line, or the first DIAGS_MOST of them. The framework has
 * names where the file does. It lies in `arena`; nothing of the buffer is kept. */
enum status framework_read(const struct buffer *file, struct arena *arena,
                           const struct framework **framework, struct diags *diags);

#endif
