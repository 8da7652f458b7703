/* The strips of `assize run`: what each moral choice does to the verdicts, one block for each
 * theory that it moves, two blocks beside each other. */
#include <string.h>

#include "report/figure.h"
#include "report/reading.h"
#include "report/screen.h"
#include "report/strip.h"
#include "report/words.h"

enum { BLOCK_COLUMNS = 50, NAME_COLUMNS = 22 };

/* One block: its head, and the lines below it. */
struct block {
    const char *choice; /* "theta, here .35" */
    struct text theories;
    const char **lines;
    size_t count;
};

static void block_add(struct arena *arena, struct block *block, const char *line)
{
    block->lines = arena_grow(arena, block->lines, block->count, sizeof *block->lines);
    block->lines[block->count++] = line;
}

/* Regimes whose verdict stays, as one line for each verdict: "unacceptable throughout: none". */
static void add_constant(struct screen *screen, const struct strip *strip, size_t theory,
                         struct block *block)
{
    for (int verdict = 0; verdict < VERDICTS; verdict++) {
        struct text line;
        text_init(&line, screen->arena);
        for (size_t i = 0; i < screen->regime_count; i++) {
            size_t regime = screen->regimes[i];
            struct strip_row row = strip_row(screen->result, strip, theory, regime);
            if (strip_is_constant(strip, &row) && row.verdicts[0] == (enum verdict)verdict)
                text_printf(&line, "%s%s", line.length == 0 ? "" : ", ",
                            screen->scenario->regimes[regime].id);
        }
        if (line.length > 0)
            block_add(screen->arena, block,
                      words_clip(screen->arena,
                                 arena_printf(screen->arena, "%s throughout: %s",
                                              verdict_name((enum verdict)verdict), line.data),
                                 BLOCK_COLUMNS - 4));
    }
}

static size_t add_rows(struct screen *screen, const struct strip *strip, size_t theory,
                       struct block *block)
{
    size_t moving = 0;
    for (size_t i = 0; i < screen->regime_count; i++) {
        size_t regime = screen->regimes[i];
        struct strip_row row = strip_row(screen->result, strip, theory, regime);
        if (strip_is_constant(strip, &row))
            continue;
        struct text line;
        text_init(&line, screen->arena);
        words_cell(
            &line,
            words_clip(screen->arena, screen->scenario->regimes[regime].id, NAME_COLUMNS - 1),
            NAME_COLUMNS, false);
        strip_letters(&line, strip, &row, 0);
        block_add(screen->arena, block, line.data);
        moving++;
    }
    return moving;
}

/* "theories.desert.theta" is called "theta" under its own theory; other paths stay whole. */
static const char *choice_name(const struct screen *screen, const struct strip *strip,
                               size_t theory)
{
    const char *id = screen->scenario->theories[theory].id;
    const char *path = strip->premise->path;
    const char *own = arena_printf(screen->arena, "theories.%s.", id);
    return strncmp(path, own, strlen(own)) == 0 ? words_last_step(path)
                                                : words_shown(screen->arena, path);
}

/* The ends stand over the first and the last letter, the middle over the middle one. */
static const char *ruler(struct screen *screen, const struct strip *strip)
{
    struct text line;
    struct arena *arena = screen->arena;
    const struct premise *premise = strip->premise;
    size_t last = strip->points - 1, middle = NAME_COLUMNS + last / 2;
    const char *high = figure_premise_bare(arena, premise, strip->values[last]);
    text_init(&line, arena);
    text_pad(&line, ' ', NAME_COLUMNS);
    text_add(&line, figure_premise_bare(arena, premise, strip->values[0]));
    if (last >= STRIP_POINTS - 1 && text_columns(line.data) < middle - 1) {
        text_pad(&line, ' ', middle - text_columns(line.data));
        text_add(&line, figure_premise_bare(arena, premise, strip->values[last / 2]));
    }
    size_t end = NAME_COLUMNS + last + 1, used = text_columns(line.data) + text_columns(high);
    text_pad(&line, ' ', used + 1 < end ? end - used : 1);
    text_add(&line, high);
    return line.data;
}

/* Whether two blocks say the same below their heads. */
static bool same_rows(const struct block *a, const struct block *b)
{
    if (a->count != b->count || strcmp(a->choice, b->choice) != 0)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->lines[i], b->lines[i]) != 0)
            return false;
    return true;
}

/* Returns whether any verdict moves. */
static bool make_block(struct screen *screen, const struct strip *strip, size_t theory,
                       struct block *block)
{
    const struct premise *premise = strip->premise;
    *block = (struct block){
        .choice = arena_printf(screen->arena, "%s, here %s", choice_name(screen, strip, theory),
                               figure_premise_bare(screen->arena, premise, premise->value))};
    text_init(&block->theories, screen->arena);
    text_add(&block->theories, screen->scenario->theories[theory].id);
    block_add(screen->arena, block, ruler(screen, strip));
    bool moves = add_rows(screen, strip, theory, block) > 0;
    add_constant(screen, strip, theory, block);
    return moves;
}

static const char *head(struct screen *screen, const struct block *block)
{
    return words_clip(screen->arena,
                      arena_printf(screen->arena, "%s: %s", block->choice, block->theories.data),
                      BLOCK_COLUMNS - 2);
}

/* `right` may be NULL. */
static void print_pair(struct screen *screen, const struct block *left, const struct block *right)
{
    struct text *out = screen->out;
    size_t right_count = right != NULL ? right->count : 0;
    size_t lines = left->count > right_count ? left->count : right_count;
    text_add_char(out, ' ');
    words_cell(out, head(screen, left), BLOCK_COLUMNS - 1, false);
    text_add(out, right != NULL ? head(screen, right) : "");
    words_end_line(out);
    for (size_t i = 0; i < lines; i++) {
        text_add(out, "   ");
        words_cell(out, i < left->count ? left->lines[i] : "", BLOCK_COLUMNS - 3, false);
        text_add(out, "  ");
        text_add(out, i < right_count ? right->lines[i] : "");
        words_end_line(out);
    }
}

/* The blocks that move, and the names of the choices that move nothing. */
struct gathered {
    struct block *blocks;
    size_t count;
    struct text still;
    char letters[VERDICTS + 2]; /* those that appear */
};

static void note_letters(struct screen *screen, const struct strip *strip, size_t theory,
                         char letters[VERDICTS + 2])
{
    for (size_t i = 0; i < screen->regime_count; i++) {
        struct strip_row row = strip_row(screen->result, strip, theory, screen->regimes[i]);
        for (size_t p = 0; p < strip->points; p++) {
            char letter = verdict_letter(row.verdicts[p], row.one_case_failed[p]);
            size_t count = strlen(letters);
            if (strchr(letters, letter) == NULL && count <= VERDICTS)
                letters[count] = letter;
        }
    }
}

/* Adds the block, or its theory to a block that says the same. */
static void keep_block(struct gathered *gathered, const struct block *block)
{
    for (size_t i = 0; i < gathered->count; i++) {
        if (same_rows(&gathered->blocks[i], block)) {
            text_printf(&gathered->blocks[i].theories, ", %s", block->theories.data);
            return;
        }
    }
    gathered->blocks[gathered->count++] = *block;
}

static void gather(struct screen *screen, struct gathered *gathered)
{
    const struct result *result = screen->result;
    text_init(&gathered->still, screen->arena);
    gathered->blocks = arena_array(screen->arena, result->strip_count * screen->theory_count + 1,
                                   sizeof *gathered->blocks);
    for (size_t s = 0; s < result->strip_count; s++) {
        for (size_t i = 0; i < screen->theory_count; i++) {
            const struct strip *strip = &result->strips[s];
            size_t theory = screen->theories[i];
            struct block block;
            if (!strip->theory_reads[theory])
                continue;
            note_letters(screen, strip, theory, gathered->letters);
            if (make_block(screen, strip, theory, &block))
                keep_block(gathered, &block);
            else
                text_printf(&gathered->still, "%s%s (%s)", gathered->still.length == 0 ? "" : ", ",
                            choice_name(screen, strip, theory),
                            screen->scenario->theories[theory].id);
        }
    }
}

void screen_strips(struct screen *screen)
{
    struct gathered gathered = {0};
    gather(screen, &gathered);
    if (gathered.count == 0 && gathered.still.length == 0)
        return;
    text_add_char(screen->out, '\n');
    if (gathered.count > 0)
        words_fill(screen->out,
                   arena_printf(screen->arena, "Moral choices, not facts: %s",
                                reading_legend(screen->arena, gathered.letters)),
                   "  ");
    for (size_t i = 0; i < gathered.count; i += 2)
        print_pair(screen, &gathered.blocks[i],
                   i + 1 < gathered.count ? &gathered.blocks[i + 1] : NULL);
    if (gathered.still.length > 0)
        words_fill(screen->out,
                   arena_printf(screen->arena, "Over its whole range, no verdict moves with: %s.",
                                words_shown(screen->arena, gathered.still.data)),
                   "  ");
}

/* --- the sweep that was asked for ------------------------------------------------------------ */

static void along_theory(struct screen *screen, const struct strip *strip, size_t theory,
                         size_t name_columns)
{
    text_printf(screen->out, " %s\n", screen->scenario->theories[theory].id);
    for (size_t i = 0; i < screen->regime_count; i++) {
        size_t regime = screen->regimes[i];
        struct strip_row row = strip_row(screen->result, strip, theory, regime);
        text_add(screen->out, "   ");
        words_cell(
            screen->out,
            words_clip(screen->arena, screen->scenario->regimes[regime].id, name_columns - 4),
            name_columns - 3, false);
        strip_letters(screen->out, strip, &row, 1);
        text_add_char(screen->out, '\n');
        text_add(screen->out, "     ");
        words_fill(screen->out, strip_words(screen->arena, strip, &row), "     ");
    }
}

static void along_head(struct screen *screen, const struct strip *strip)
{
    struct arena *arena = screen->arena;
    const struct premise *premise = strip->premise;
    const char *low = figure_premise_bare(arena, premise, strip->values[0]);
    const char *high = figure_premise(arena, premise, strip->values[strip->points - 1]);
    const char *text =
        arena_printf(arena, "Along %s, %s to %s at %zu points, all else as it is (here %s):",
                     words_shown(arena, premise->path), low, high, strip->points,
                     figure_premise(arena, premise, premise->value));
    words_fill(screen->out, text, "  ");
}

static void along_legend(struct screen *screen, const struct strip *strip)
{
    char letters[VERDICTS + 2] = "";
    for (size_t i = 0; i < screen->theory_count; i++)
        if (strip->theory_reads[screen->theories[i]])
            note_letters(screen, strip, screen->theories[i], letters);
    words_fill(screen->out, reading_legend(screen->arena, letters), "");
}

void screen_along(struct screen *screen)
{
    const struct strip *strip = screen->result->along;
    if (strip == NULL)
        return;
    text_add_char(screen->out, '\n');
    along_head(screen, strip);
    bool any = false;
    for (size_t i = 0; i < screen->theory_count; i++) {
        if (!strip->theory_reads[screen->theories[i]])
            continue;
        any = true;
        along_theory(screen, strip, screen->theories[i], 26);
    }
    if (any)
        along_legend(screen, strip);
    else
        text_add(screen->out, " No theory shown depends on it: no verdict can change.\n");
}
