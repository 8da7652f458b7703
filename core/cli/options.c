#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

const struct option common_options[] = {
    {"plugins", '\0', "DIR", true, "look for plugins in DIR first"},
    {"color", '\0', "WHEN", false, "never, always or auto (a terminal, and NO_COLOR is not set)"},
    {"help", 'h', NULL, false, "show this help"},
};
const size_t common_option_count = sizeof common_options / sizeof *common_options;

enum { MOST_OPTIONS = 32 };

int usage_error(const struct arguments *arguments, const char *format, ...)
{
    const char *command = arguments->command->name;
    va_list list;
    fprintf(stderr, "assize %s: ", command);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n`assize help %s` shows how it is used.\n", command);
    return ASSIZE_USAGE;
}

/* --- finding options ------------------------------------------------------------------------- */

/* The option at a place of the command's own table and the common one behind it. */
static const struct option *option_at(const struct command *command, size_t at)
{
    if (at < command->option_count)
        return &command->options[at];
    at -= command->option_count;
    return at < common_option_count ? &common_options[at] : NULL;
}

static const struct option *find_long(const struct command *command, const char *name,
                                      size_t length)
{
    const struct option *option;
    for (size_t i = 0; (option = option_at(command, i)) != NULL; i++)
        if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

static const struct option *find_letter(const struct command *command, char letter)
{
    const struct option *option;
    for (size_t i = 0; (option = option_at(command, i)) != NULL; i++)
        if (option->letter != '\0' && option->letter == letter)
            return option;
    return NULL;
}

static int unknown_long(const struct arguments *arguments, const char *name, size_t length)
{
    const char *names[MOST_OPTIONS];
    char wrong[64];
    size_t count = 0;
    const struct option *option;
    while (count < MOST_OPTIONS && (option = option_at(arguments->command, count)) != NULL)
        names[count++] = option->name;
    snprintf(wrong, sizeof wrong, "%.*s", (int)length, name);
    const char *near = assize_suggest(wrong, names, count);
    if (near != NULL)
        return usage_error(arguments, "unknown option `--%s`: did you mean `--%s`?", wrong, near);
    return usage_error(arguments, "unknown option `--%s`", wrong);
}

/* --- parsing --------------------------------------------------------------------------------- */

/* The words still to be parsed. */
struct cursor {
    char **words;
    int count, at;
    bool operands_only; /* after `--` */
};

static int add_option(struct arguments *arguments, const struct option *option, const char *value)
{
    if (!option->repeats && option_given(arguments, option->name))
        return usage_error(arguments, "`--%s` is given twice", option->name);
    arguments->given[arguments->given_count++] = (struct given){option, value};
    return 0;
}

/* `attached` is the value that came in the same word, or NULL. */
static int take_option(struct arguments *arguments, const struct option *option,
                       const char *attached, struct cursor *cursor)
{
    if (option->value == NULL && attached != NULL)
        return usage_error(arguments, "`--%s` takes no value", option->name);
    if (option->value != NULL && attached == NULL) {
        if (cursor->at == cursor->count)
            return usage_error(arguments, "`--%s` needs a value: --%s %s", option->name,
                               option->name, option->value);
        attached = cursor->words[cursor->at++];
    }
    return add_option(arguments, option, attached);
}

static int parse_long(struct arguments *arguments, const char *word, struct cursor *cursor)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = find_long(arguments->command, name, length);
    if (option == NULL)
        return unknown_long(arguments, name, length);
    const char *attached = name[length] == '=' ? name + length + 1 : NULL;
    return take_option(arguments, option, attached, cursor);
}

static int parse_letter(struct arguments *arguments, const char *word, struct cursor *cursor)
{
    const struct option *option = find_letter(arguments->command, word[1]);
    if (option == NULL)
        return usage_error(arguments, "unknown option `-%c`", word[1]);
    return take_option(arguments, option, word[2] != '\0' ? word + 2 : NULL, cursor);
}

static int parse_word(struct arguments *arguments, struct cursor *cursor)
{
    const char *word = cursor->words[cursor->at++];
    if (cursor->operands_only || word[0] != '-' || word[1] == '\0') {
        arguments->operands[arguments->operand_count++] = word;
        return 0;
    }
    if (strcmp(word, "--") == 0) {
        cursor->operands_only = true;
        return 0;
    }
    return word[1] == '-' ? parse_long(arguments, word, cursor)
                          : parse_letter(arguments, word, cursor);
}

static int check_operands(const struct arguments *arguments)
{
    const struct command *command = arguments->command;
    if (option_given(arguments, "help"))
        return 0;
    if (arguments->operand_count < command->least)
        return usage_error(arguments, "%s is missing", command->operands);
    if (arguments->operand_count > command->most)
        return usage_error(arguments, "`%s` is one operand too many",
                           arguments->operands[command->most]);
    return 0;
}

int arguments_parse(struct arguments *arguments, const struct command *command, int count,
                    char **words)
{
    struct cursor cursor = {words, count, 0, false};
    *arguments = (struct arguments){.command = command};
    arguments->operands = allocate((size_t)count + 1, sizeof *arguments->operands);
    arguments->given = allocate((size_t)count + 1, sizeof *arguments->given);
    int failed = 0;
    while (failed == 0 && cursor.at < cursor.count)
        failed = parse_word(arguments, &cursor);
    return failed != 0 ? failed : check_operands(arguments);
}

void arguments_release(struct arguments *arguments)
{
    free(arguments->operands);
    free(arguments->given);
}

/* --- what was given -------------------------------------------------------------------------- */

const char *option_value_at(const struct arguments *arguments, const char *name, size_t at)
{
    for (size_t i = 0; i < arguments->given_count; i++)
        if (strcmp(arguments->given[i].option->name, name) == 0 && at-- == 0)
            return arguments->given[i].value;
    return NULL;
}

size_t option_count(const struct arguments *arguments, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < arguments->given_count; i++)
        count += strcmp(arguments->given[i].option->name, name) == 0;
    return count;
}

const char *option_value(const struct arguments *arguments, const char *name)
{
    return option_value_at(arguments, name, 0);
}

bool option_given(const struct arguments *arguments, const char *name)
{
    return option_count(arguments, name) > 0;
}

/* JSON readers keep whole numbers in 63 bits, so larger ones are refused. */
int option_number(const struct arguments *arguments, const char *name, uint64_t otherwise,
                  uint64_t *number)
{
    const char *value = option_value(arguments, name);
    *number = otherwise;
    if (value == NULL)
        return 0;
    size_t digits = strspn(value, "0123456789");
    errno = 0;
    unsigned long long read = strtoull(value, NULL, 10);
    if (digits == 0 || value[digits] != '\0')
        return usage_error(arguments, "`--%s` takes a whole number, not `%s`", name, value);
    if (errno != 0 || read > INT64_MAX)
        return usage_error(arguments, "`--%s` takes at most %lld, not `%s`", name,
                           (long long)INT64_MAX, value);
    *number = read;
    return 0;
}

int option_choice(const struct arguments *arguments, const char *name, const char *const *names,
                  size_t *choice)
{
    const char *value = option_value(arguments, name);
    size_t count = 0;
    *choice = 0;
    for (; names[count] != NULL; count++) {
        if (value != NULL && strcmp(value, names[count]) == 0) {
            *choice = count;
            return 0;
        }
    }
    if (value == NULL)
        return 0;
    const char *near = assize_suggest(value, names, count);
    if (near != NULL)
        return usage_error(arguments, "`--%s %s`: did you mean `%s`?", name, value, near);
    fprintf(stderr, "assize %s: `--%s` takes ", arguments->command->name, name);
    for (size_t i = 0; i < count; i++)
        fprintf(stderr, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", names[i]);
    fprintf(stderr, ", not `%s`\n", value);
    return ASSIZE_USAGE;
}
