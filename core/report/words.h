/* Words on a screen: strangers' texts made safe, lines filled to the width, figures put into the
 * texts of claims. */
#ifndef ASSIZE_REPORT_WORDS_H
#define ASSIZE_REPORT_WORDS_H

#include "analysis/weigh.h"
#include "base/text.h"

enum { SCREEN_COLUMNS = 100 };

/* `text` on one line and without anything that a terminal would act on: control characters, escape
 * sequences and marks that turn the direction of writing become "?"; NULL becomes "". */
const char *words_shown(struct arena *arena, const char *text);

/* The same cut to `columns`, with "~" at the end where something is missing. */
const char *words_clip(struct arena *arena, const char *text, size_t columns);

/* With a capital, and a full stop where none stands. */
const char *words_sentence(struct arena *arena, const char *text);

/* The last step of a path: "theta" of "theories.desert.theta". */
const char *words_last_step(const char *path);

/* Adds `text` in lines of at most SCREEN_COLUMNS, broken between words; every line but the first,
 * which goes on where `out` stands, begins with `hanging`. Ends the last line. */
void words_fill(struct text *out, const char *text, const char *hanging);

/* Adds `text` and blanks up to `columns`; to the right when `right`. */
void words_cell(struct text *out, const char *text, size_t columns, bool right);

/* Takes blanks from the end of the line and ends it. */
void words_end_line(struct text *out);

/* Columns of the line that is being written, escape codes left out. */
size_t words_column(const struct text *out);

/* Adds `text` in the colour of a verdict. */
void words_colored(struct text *out, enum verdict verdict, const char *text, bool color);

/* Adds a verdict's name, coloured, and blanks up to `columns`. `mark` follows it at once. */
void words_verdict(struct text *out, enum verdict verdict, const char *mark, size_t columns,
                   bool color);

/* A template of a claim or finding with {value}, {case} and {regime} filled in. */
struct template_words {
    const char *value, *kase, *regime;
};
const char *words_template(struct arena *arena, const char *text,
                           const struct template_words *words);

/* "1 case", "3 cases" */
const char *words_count(struct arena *arena, uint64_t count, const char *noun);

#endif
