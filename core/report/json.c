#include "report/json.h"

#include <math.h>
#include <string.h>

void json_init(struct json *json, struct text *out)
{
    *json = (struct json){.out = out};
}

static void new_line(struct json *json)
{
    text_add_char(json->out, '\n');
    text_pad(json->out, ' ', 2 * json->depth);
}

/* A string in quotes. What a terminal would act on is escaped, and bytes that are no UTF-8 become
 * the replacement character. */
static void write_string(struct json *json, const char *string)
{
    struct text *out = json->out;
    size_t size = strlen(string);
    text_add_char(out, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)string[i];
        size_t most = size - i < 4 ? size - i : 4;
        if (c == '"' || c == '\\')
            text_printf(out, "\\%c", c);
        else if (c == '\n')
            text_add(out, "\\n");
        else if (c < 0x20 || c == 0x7F)
            text_printf(out, "\\u%04x", c);
        else if (c == 0xC2 && (unsigned char)string[i + 1] >= 0x80 &&
                 (unsigned char)string[i + 1] < 0xA0)
            text_printf(out, "\\u%04x", (unsigned char)string[++i]);
        else if (c >= 0xC0 && text_utf8_valid(string + i, most) == 0)
            text_add(out, "\\ufffd");
        else
            text_add_char(out, (char)c);
    }
    text_add_char(out, '"');
}

/* What stands in front of any value: comma, line, key. */
static void begin(struct json *json, const char *key)
{
    if (json->filled[json->depth])
        text_add(json->out, json->in_line[json->depth] ? ", " : ",");
    if (json->depth > 0 && !json->in_line[json->depth])
        new_line(json);
    json->filled[json->depth] = true;
    if (key == NULL)
        return;
    write_string(json, key);
    text_add(json->out, ": ");
}

static void open_container(struct json *json, const char *key, char bracket, bool in_line)
{
    begin(json, key);
    text_add_char(json->out, bracket);
    if (json->depth < JSON_MOST_DEPTH)
        json->depth++;
    json->filled[json->depth] = false;
    json->in_line[json->depth] = in_line;
}

static void close_container(struct json *json, char bracket)
{
    bool lines = json->filled[json->depth] && !json->in_line[json->depth];
    json->depth--;
    if (lines)
        new_line(json);
    text_add_char(json->out, bracket);
}

void json_open_object(struct json *json, const char *key)
{
    open_container(json, key, '{', false);
}

void json_open_array(struct json *json, const char *key)
{
    open_container(json, key, '[', false);
}

void json_open_line(struct json *json, const char *key)
{
    open_container(json, key, '[', true);
}

void json_close_object(struct json *json)
{
    close_container(json, '}');
}

void json_close_array(struct json *json)
{
    close_container(json, ']');
}

void json_nothing(struct json *json, const char *key)
{
    begin(json, key);
    text_add(json->out, "null");
}

void json_text(struct json *json, const char *key, const char *value)
{
    if (value == NULL) {
        json_nothing(json, key);
        return;
    }
    begin(json, key);
    write_string(json, value);
}

void json_number(struct json *json, const char *key, double value)
{
    char buffer[NUMBER_TEXT];
    if (!isfinite(value)) {
        json_nothing(json, key);
        return;
    }
    begin(json, key);
    text_add(json->out, number_write(buffer, value));
}

void json_count(struct json *json, const char *key, uint64_t value)
{
    begin(json, key);
    text_printf(json->out, "%llu", (unsigned long long)value);
}

void json_truth(struct json *json, const char *key, bool value)
{
    begin(json, key);
    text_add(json->out, value ? "true" : "false");
}

void json_finish(struct json *json)
{
    text_add_char(json->out, '\n');
}
