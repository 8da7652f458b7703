#include "argue/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 200, EXCERPT_MOST = 100 };

/* --- reading forward ---------------------------------------------------------------------- */

struct scan {
    const struct buffer *file;
    size_t at, line_start;
    uint32_t line;
    struct arena *arena;
    struct diags *diags;
};

static bool at_end(const struct scan *scan)
{
    return scan->at >= scan->file->size;
}

/* '\n' at the end of the file, so that the last line need not have one. */
static char peek(const struct scan *scan)
{
    return at_end(scan) ? '\n' : scan->file->data[scan->at];
}

static void next_line(struct scan *scan)
{
    while (!at_end(scan) && peek(scan) != '\n')
        scan->at++;
    scan->at += !at_end(scan);
    scan->line++;
    scan->line_start = scan->at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(struct scan *scan)
{
    while (!at_end(scan) && is_blank(peek(scan)))
        scan->at++;
}

/* Over white space, line ends, and comments that run from `comment` to the end of their line. */
static void skip_space(struct scan *scan, char comment)
{
    for (;;) {
        skip_blanks(scan);
        if (at_end(scan) || (peek(scan) != '\n' && peek(scan) != comment))
            return;
        next_line(scan);
    }
}

/* --- faults ------------------------------------------------------------------------------- */

static const char *line_shown(const struct scan *scan)
{
    char shown[EXCERPT_MOST + 1];
    size_t length = 0;
    size_t at = scan->line_start;
    for (; at < scan->file->size && length < EXCERPT_MOST; at++) {
        char c = scan->file->data[at];
        if (c == '\n')
            break;
        shown[length++] = c >= ' ' && c <= '~' ? c : '?';
    }
    return arena_string_n(scan->diags->arena, shown, length);
}

static bool too_many_faults(const struct scan *scan)
{
    return scan->diags->count >= DIAGS_MOST;
}

__attribute__((format(printf, 4, 5))) static void fault(struct scan *scan, size_t at,
                                                        const char *remedy, const char *format, ...)
{
    char message[2 * NAME_MOST + 200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t column = at - scan->line_start + 1;
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = {scan->file->name, scan->line, (uint32_t)column},
                        .width = 1,
                        .excerpt = column <= EXCERPT_MOST ? line_shown(scan) : NULL,
                        .message = arena_string(scan->diags->arena, message),
                        .remedy = remedy};
    diags_add(scan->diags, &diag);
}

/* --- the competition's format ------------------------------------------------------------- */

/* A whole number without sign, at most `most`. False, with nothing reported, for anything else. */
static bool take_number(struct scan *scan, uint64_t most, uint32_t *number)
{
    uint64_t value = 0;
    size_t start = scan->at;
    for (; peek(scan) >= '0' && peek(scan) <= '9'; scan->at++)
        if (value <= most)
            value = value * 10 + (uint64_t)(peek(scan) - '0');
    bool ends = is_blank(peek(scan)) || peek(scan) == '\n';
    if (scan->at == start || !ends || value > most)
        return false;
    *number = (uint32_t)value;
    return true;
}

static bool take_word(struct scan *scan, const char *word)
{
    size_t length = strlen(word);
    if (scan->file->size - scan->at < length ||
        memcmp(scan->file->data + scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

static bool take_line_end(struct scan *scan)
{
    skip_blanks(scan);
    return peek(scan) == '\n';
}

static struct framework_draft *take_heading(struct scan *scan, uint32_t *count)
{
    size_t start = scan->at;
    if (take_word(scan, "p") && is_blank(peek(scan))) {
        skip_blanks(scan);
        if (take_word(scan, "af") && is_blank(peek(scan))) {
            skip_blanks(scan);
            size_t number = scan->at;
            if (take_number(scan, FRAMEWORK_ARGUMENTS_MOST, count) && take_line_end(scan))
                return framework_draft_new(scan->arena, *count, NULL);
            fault(scan, number, NULL, "the number of arguments must be a whole number up to %d",
                  FRAMEWORK_ARGUMENTS_MOST);
            return NULL;
        }
    }
    fault(scan, start, "the first line is `p af N`, N the number of arguments",
          "this is not the heading of an argumentation framework");
    return NULL;
}

static bool take_argument(struct scan *scan, uint32_t count, uint32_t *argument)
{
    size_t start = scan->at;
    if (!take_number(scan, count, argument) || *argument == 0) {
        fault(scan, start, "an attack is a line `I J`: argument I attacks argument J",
              "an argument of this framework is a whole number from 1 to %u", count);
        return false;
    }
    --*argument;
    return true;
}

static void take_attack(struct scan *scan, struct framework_draft *draft, uint32_t count)
{
    uint32_t from, to;
    if (!take_argument(scan, count, &from))
        return;
    skip_blanks(scan);
    if (!take_argument(scan, count, &to))
        return;
    if (!take_line_end(scan))
        fault(scan, scan->at, NULL, "an attack has two arguments, and nothing after them");
    else if (!framework_draft_attack(draft, from, to))
        fault(scan, scan->at, NULL, "there are too many attacks");
}

static const struct framework *read_numbered(struct scan *scan)
{
    uint32_t count;
    struct framework_draft *draft = take_heading(scan, &count);
    if (draft == NULL)
        return NULL;
    for (next_line(scan); !at_end(scan) && !too_many_faults(scan); next_line(scan)) {
        skip_blanks(scan);
        if (peek(scan) != '\n' && peek(scan) != '#')
            take_attack(scan, draft, count);
    }
    return framework_draft_finish(draft);
}

/* --- the format of ASPARTIX --------------------------------------------------------------- */

/* What stands between the brackets of arg(...) and att(..., ...). */
struct fact {
    bool attack;
    const char *names[2];
    uint32_t line;
    size_t line_start, at;
};

static bool is_name_character(char c)
{
    return c > ' ' && c <= '~' && strchr("(),.%", c) == NULL;
}

static const char *take_name(struct scan *scan)
{
    skip_space(scan, '%');
    size_t start = scan->at;
    while (is_name_character(peek(scan)))
        scan->at++;
    size_t length = scan->at - start;
    if (length == 0 || length > NAME_MOST) {
        fault(scan, start, NULL,
              length == 0 ? "here the name of an argument must stand"
                          : "this name is longer than 200 characters");
        return NULL;
    }
    return arena_string_n(scan->arena, scan->file->data + start, length);
}

static bool take_mark(struct scan *scan, char mark)
{
    skip_space(scan, '%');
    if (!at_end(scan) && peek(scan) == mark) {
        scan->at++;
        return true;
    }
    fault(scan, scan->at, "facts are `arg(a).` and `att(a, b).`", "here a `%c` must stand", mark);
    return false;
}

static bool take_fact(struct scan *scan, struct fact *fact)
{
    *fact = (struct fact){.line = scan->line, .line_start = scan->line_start, .at = scan->at};
    fact->attack = take_word(scan, "att");
    if (!fact->attack && !take_word(scan, "arg")) {
        fault(scan, scan->at, "facts are `arg(a).` and `att(a, b).`",
              "this is neither an argument nor an attack");
        return false;
    }
    if (!take_mark(scan, '(') || (fact->names[0] = take_name(scan)) == NULL)
        return false;
    if (fact->attack && (!take_mark(scan, ',') || (fact->names[1] = take_name(scan)) == NULL))
        return false;
    return take_mark(scan, ')') && take_mark(scan, '.');
}

struct facts {
    struct fact *items;
    size_t count;
    uint32_t arguments;
};

/* Up to the first fault, for after one it is unclear where the next fact begins. */
static bool take_facts(struct scan *scan, struct facts *facts)
{
    struct fact fact;
    for (skip_space(scan, '%'); !at_end(scan); skip_space(scan, '%')) {
        if (!take_fact(scan, &fact))
            return false;
        facts->items = arena_grow(scan->arena, facts->items, facts->count, sizeof fact);
        facts->items[facts->count++] = fact;
        if (!fact.attack && facts->arguments++ >= FRAMEWORK_ARGUMENTS_MOST) {
            fault(scan, scan->at, NULL, "there are more than %d arguments",
                  FRAMEWORK_ARGUMENTS_MOST);
            return false;
        }
    }
    return true;
}

static void return_to(struct scan *scan, const struct fact *fact)
{
    scan->line = fact->line;
    scan->line_start = fact->line_start;
    scan->at = fact->at;
}

static bool find_argument(struct scan *scan, const struct name_index *index, const char *name,
                          uint32_t *number)
{
    if (name_index_find(index, name, number))
        return true;
    fault(scan, scan->at, NULL, "there is no `arg(%s).`", name);
    return false;
}

static void add_attack(struct scan *scan, struct framework_draft *draft,
                       const struct name_index *index, const struct fact *fact)
{
    uint32_t from, to;
    return_to(scan, fact);
    bool known = find_argument(scan, index, fact->names[0], &from);
    known = find_argument(scan, index, fact->names[1], &to) && known;
    if (known && !framework_draft_attack(draft, from, to))
        fault(scan, scan->at, NULL, "there are too many attacks");
}

static const char *const *argument_names(struct scan *scan, const struct facts *facts)
{
    const char **names = arena_array(scan->arena, facts->arguments, sizeof *names);
    uint32_t count = 0;
    for (size_t i = 0; i < facts->count; i++)
        if (!facts->items[i].attack)
            names[count++] = facts->items[i].names[0];
    return names;
}

static void fault_twice(struct scan *scan, const struct facts *facts, uint32_t argument)
{
    size_t i = 0;
    for (uint32_t before = 0; before < argument || facts->items[i].attack; i++)
        before += !facts->items[i].attack;
    return_to(scan, &facts->items[i]);
    fault(scan, scan->at, NULL, "the argument `%s` is stated twice", facts->items[i].names[0]);
}

static const struct framework *read_named(struct scan *scan)
{
    struct facts facts = {0};
    if (!take_facts(scan, &facts))
        return NULL;
    const char *const *names = argument_names(scan, &facts);
    struct name_index *index = name_index_new(scan->arena, names, facts.arguments);
    uint32_t twice;
    if (name_index_twice(index, &twice)) {
        fault_twice(scan, &facts, twice);
        return NULL;
    }
    struct framework_draft *draft = framework_draft_new(scan->arena, facts.arguments, names);
    for (size_t i = 0; i < facts.count && !too_many_faults(scan); i++)
        if (facts.items[i].attack)
            add_attack(scan, draft, index, &facts.items[i]);
    return framework_draft_finish(draft);
}

/* --- either ------------------------------------------------------------------------------- */

enum status framework_read(const struct buffer *file, struct arena *arena,
                           const struct framework **framework, struct diags *diags)
{
    struct scan scan = {.file = file, .line = 1, .arena = arena, .diags = diags};
    size_t errors = diags->errors;
    skip_space(&scan, '#');
    bool named = peek(&scan) == 'a' || peek(&scan) == '%';
    const struct framework *read = named ? read_named(&scan) : read_numbered(&scan);
    if (diags->errors > errors || read == NULL)
        return STATUS_SCENARIO;
    *framework = read;
    return STATUS_OK;
}
