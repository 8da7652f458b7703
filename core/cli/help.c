#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

enum { TEXT_BYTES = 16384, TERM_COLUMNS = 24 };

static const char exit_codes[] =
    "Exit codes: 0 done, 1 an expectation or a verification failed, 2 wrong usage, 3 invalid\n"
    "scenario, 4 invalid or refused plugin, 5 input or output failed, 130 interrupted.\n";

/* A text that is cut at its end rather than overrun. */
struct help {
    char text[TEXT_BYTES];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct help *help, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(help->text + help->length, TEXT_BYTES - help->length, format, list);
    va_end(list);
    size_t room = TEXT_BYTES - help->length - 1;
    help->length += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room;
}

/* A term and what is said of it: beside each other, or below where the term is long. */
static void add_row(struct help *help, const char *term, const char *about, const char *more)
{
    bool fits = strlen(term) <= TERM_COLUMNS;
    add(help, "  %-*s%s%*s%s%s\n", fits ? TERM_COLUMNS : 0, term, fits ? "" : "\n",
        fits ? 1 : TERM_COLUMNS + 3, "", about, more);
}

static void add_option(struct help *help, const struct option *option)
{
    char words[64], letter[8] = "";
    if (option->letter != '\0')
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(words, sizeof words, "%s--%s%s%s", letter, option->name,
             option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
    add_row(help, words, option->about, option->repeats ? "; may be repeated" : "");
}

int help_command(const struct command *command)
{
    struct help help = {.length = 0};
    add(&help, "Usage: assize %s%s%s%s\n\n%s\n", command->name,
        command->option_count > 0 ? " [OPTION...]" : "", command->operands[0] != '\0' ? " " : "",
        command->operands, command->summary);
    add(&help, "\nOptions:\n");
    for (size_t i = 0; i < command->option_count; i++)
        add_option(&help, &command->options[i]);
    for (size_t i = 0; i < common_option_count; i++)
        add_option(&help, &common_options[i]);
    if (command->details[0] != '\0')
        add(&help, "\n%s", command->details);
    add(&help, "\n%s", exit_codes);
    return output_text(help.text);
}

static void add_overview(struct help *help)
{
    add(help, "Usage: assize COMMAND [OPTION...] [OPERAND...]\n\n"
              "Weighs sentencing regimes against theories of punishment, and shows the argument\n"
              "behind every weight.\n\nCommands:\n");
    for (size_t i = 0; commands[i] != NULL; i++) {
        char words[64];
        snprintf(words, sizeof words, "%s %s", commands[i]->name, commands[i]->operands);
        add_row(help, words, commands[i]->summary, "");
    }
    add(help, "\n`assize help COMMAND` tells more; `assize --version` the version.\n%s",
        exit_codes);
}

int help_overview(void)
{
    struct help help = {.length = 0};
    add_overview(&help);
    return output_text(help.text);
}

static int run_help(const struct arguments *arguments)
{
    if (arguments->operand_count == 0)
        return help_overview();
    const struct command *command = command_find(arguments->operands[0]);
    return command != NULL ? help_command(command) : ASSIZE_USAGE;
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .most = 1,
    .summary = "show how the program, or one command, is used",
    .details = "",
    .run = run_help,
};
