#include <stdio.h>
#include <string.h>

#include "cli/command.h"

const struct command *const commands[] = {
    &command_run,    &command_merge,    &command_explain,  &command_premises, &command_check,
    &command_verify, &command_sentence, &command_theories, &command_regimes,  &command_disputes,
    &command_map,    &command_af,       &command_tape,     &command_help,     NULL,
};

/* What the program is asked as an option, though it sounds like a command. */
static const char *as_written(const char *name)
{
    return name != NULL && strcmp(name, "version") == 0 ? "--version" : name;
}

const struct command *command_find(const char *name)
{
    const char *names[sizeof commands / sizeof *commands] = {"version"};
    size_t count = 1;
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
        names[count++] = commands[i]->name;
    }
    const char *near = as_written(assize_suggest(name, names, count));
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
