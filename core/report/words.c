#include "report/words.h"

#include <ctype.h>
#include <string.h>

#include "report/figure.h"

/* --- strangers' texts ------------------------------------------------------------------------ */

/* Bytes of the UTF-8 sequence at `s`, which is valid. */
static size_t sequence_length(const char *s)
{
    unsigned char first = (unsigned char)s[0];
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static uint32_t code_point(const char *s, size_t length)
{
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = (unsigned char)s[0] & masks[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)s[i] & 0x3F);
    return code;
}

/* What a terminal acts on, or what hides or turns the text around it. */
static bool is_unsafe(uint32_t code)
{
    bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    bool direction = (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
                     (code >= 0x2060 && code <= 0x206F) || code == 0x61C || code == 0xFEFF;
    return control || direction || (code >= 0xE0000 && code <= 0xE0FFF);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

const char *words_shown(struct arena *arena, const char *text)
{
    struct text out;
    text_init(&out, arena);
    size_t size = text == NULL ? 0 : strlen(text);
    for (size_t at = 0; at < size;) {
        if (is_blank(text[at])) {
            if (out.length > 0 && out.data[out.length - 1] != ' ')
                text_add_char(&out, ' ');
            at++;
            continue;
        }
        size_t most = size - at < 4 ? size - at : 4;
        size_t length = sequence_length(text + at);
        bool valid = length <= most && text_utf8_valid(text + at, length) == length;
        length = valid ? length : 1;
        if (valid && !is_unsafe(code_point(text + at, length)))
            text_add_n(&out, text + at, length);
        else
            text_add_char(&out, '?');
        at += length;
    }
    if (out.length > 0 && out.data[out.length - 1] == ' ')
        out.data[--out.length] = '\0';
    return out.data;
}

/* Bytes that the first `columns` code points take. */
static size_t bytes_of(const char *text, size_t columns)
{
    size_t at = 0;
    for (size_t i = 0; i < columns && text[at] != '\0'; i++)
        at += sequence_length(text + at);
    return at;
}

const char *words_clip(struct arena *arena, const char *text, size_t columns)
{
    const char *shown = words_shown(arena, text);
    if (text_columns(shown) <= columns)
        return shown;
    return arena_printf(arena, "%.*s~", (int)bytes_of(shown, columns - 1), shown);
}

const char *words_sentence(struct arena *arena, const char *text)
{
    const char *shown = words_shown(arena, text);
    size_t length = strlen(shown);
    if (length == 0)
        return shown;
    bool stops = strchr(".?!", shown[length - 1]) != NULL;
    char *sentence = arena_printf(arena, "%s%s", shown, stops ? "" : ".");
    sentence[0] = (char)toupper((unsigned char)sentence[0]);
    return sentence;
}

const char *words_last_step(const char *path)
{
    const char *step = path;
    bool quoted = false;
    for (const char *c = path; *c != '\0'; c++) {
        quoted = quoted != (*c == '"');
        if (*c == '.' && !quoted)
            step = c + 1;
    }
    return step;
}

/* --- lines ----------------------------------------------------------------------------------- */

size_t words_column(const struct text *out)
{
    size_t start = out->length, columns = 0;
    while (start > 0 && out->data[start - 1] != '\n')
        start--;
    for (const char *c = out->data + start; *c != '\0'; c++) {
        if (*c == '\033')
            c += strcspn(c, "m");
        else
            columns += ((unsigned char)*c & 0xC0) != 0x80;
    }
    return columns;
}

void words_end_line(struct text *out)
{
    while (out->length > 0 && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    text_add_char(out, '\n');
}

void words_cell(struct text *out, const char *text, size_t columns, bool right)
{
    size_t width = text_columns(text);
    size_t blanks = width < columns ? columns - width : 0;
    if (right)
        text_pad(out, ' ', blanks);
    text_add(out, text);
    if (!right)
        text_pad(out, ' ', blanks);
}

/* One word, on a new line when it does not fit; a word longer than a line is broken. */
static void fill_word(struct text *out, const char *word, const char *hanging, bool first)
{
    size_t column = words_column(out), width = text_columns(word);
    if (!first && column + 1 + width > SCREEN_COLUMNS) {
        words_end_line(out);
        text_add(out, hanging);
        column = text_columns(hanging);
    } else if (!first && column > 0 && out->data[out->length - 1] != ' ') {
        text_add_char(out, ' ');
        column++;
    }
    while (column + text_columns(word) > SCREEN_COLUMNS) {
        size_t taken = bytes_of(word, column < SCREEN_COLUMNS ? SCREEN_COLUMNS - column : 1);
        text_add_n(out, word, taken);
        words_end_line(out);
        text_add(out, hanging);
        word += taken;
        column = text_columns(hanging);
    }
    text_add(out, word);
}

void words_fill(struct text *out, const char *text, const char *hanging)
{
    struct arena *arena = out->arena;
    bool first = true;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (length > 0) {
            fill_word(out, arena_string_n(arena, text, length), hanging, first);
            first = false;
        }
        text += length + (text[length] == ' ');
    }
    words_end_line(out);
}

/* --- verdicts and templates ------------------------------------------------------------------ */

static const char *verdict_color(enum verdict verdict)
{
    static const char *const codes[VERDICTS] = {"\033[32m", "\033[33m", "\033[31m", "\033[32m",
                                                "\033[31m", "\033[2m",  "\033[2m"};
    return codes[verdict];
}

void words_colored(struct text *out, enum verdict verdict, const char *text, bool color)
{
    text_printf(out, "%s%s%s", color ? verdict_color(verdict) : "", text, color ? "\033[0m" : "");
}

void words_verdict(struct text *out, enum verdict verdict, const char *mark, size_t columns,
                   bool color)
{
    const char *name = arena_printf(out->arena, "%s%s", verdict_name(verdict), mark);
    size_t width = text_columns(name);
    words_colored(out, verdict, name, color);
    text_pad(out, ' ', width < columns ? columns - width : 0);
}

static const char *filled(const struct template_words *words, const char *text, size_t *length)
{
    const struct {
        const char *name, *value;
    } fields[] = {{"{value}", words->value}, {"{case}", words->kase}, {"{regime}", words->regime}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        *length = strlen(fields[i].name);
        if (fields[i].value != NULL && strncmp(text, fields[i].name, *length) == 0)
            return fields[i].value;
    }
    return NULL;
}

const char *words_template(struct arena *arena, const char *text,
                           const struct template_words *words)
{
    struct text out;
    text_init(&out, arena);
    for (const char *c = text == NULL ? "" : text; *c != '\0';) {
        size_t length;
        const char *value = *c == '{' ? filled(words, c, &length) : NULL;
        if (value != NULL) {
            text_add(&out, value);
            c += length;
        } else {
            text_add_char(&out, *c++);
        }
    }
    return words_shown(arena, out.data);
}

const char *words_count(struct arena *arena, uint64_t count, const char *noun)
{
    return arena_printf(arena, "%s %s%s", figure_count(arena, count), noun, count == 1 ? "" : "s");
}
