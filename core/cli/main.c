#include <stdio.h>
#include <string.h>

#include "cli/command.h"

const struct command *const commands[] = {
    &command_run,
    &command_explain,
    &command_premises,
    &command_check,
    &command_verify,
    &command_sentence,
    &command_theories,
    &command_regimes,
    &command_disputes,
    &command_map,
    &command_af,
    &command_help,
    NULL,
};

const struct command *command_find(const char *name)
{
    const char *names[sizeof commands / sizeof *commands];
    size_t count = 0;
    for (; commands[count] != NULL; count++) {
        if (strcmp(commands[count]->name, name) == 0)
            return commands[count];
        names[count] = commands[count]->name;
    }
    const char *near = assize_suggest(name, names, count);
    if (near != NULL)
        fprintf(stderr, "assize: unknown command `%s`: did you mean `%s`?\n", name, near);
    else
        fprintf(stderr, "assize: unknown command `%s`\n", name);
    fputs("`assize help` lists the commands.\n", stderr);
    return NULL;
}

static int run_command(const struct command *command, int count, char **words)
{
    struct arguments arguments;
    int failed = arguments_parse(&arguments, command, count, words);
    if (failed == 0)
        failed =
            option_given(&arguments, "help") ? help_command(command) : command->run(&arguments);
    arguments_release(&arguments);
    return failed;
}

int main(int count, char **words)
{
    const char *first = count > 1 ? words[1] : NULL;
    if (first == NULL) {
        fputs("assize: a command is missing\n`assize help` lists the commands.\n", stderr);
        return ASSIZE_USAGE;
    }
    if (strcmp(first, "--version") == 0)
        return output_text("assize " ASSIZE_VERSION "\n");
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        return help_overview();
    const struct command *command = command_find(first);
    return command != NULL ? run_command(command, count - 2, words + 2) : ASSIZE_USAGE;
}
