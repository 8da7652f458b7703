#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

int output_text(const char *text)
{
    size_t size = strlen(text);
    errno = 0;
    if (fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0)
        return 0;
    fprintf(stderr, "assize: standard output: %s\n", strerror(errno));
    return ASSIZE_IO;
}

int output_result(const struct arguments *arguments, struct assize *assize, const char *text)
{
    const char *path = option_value(arguments, "output");
    if (path == NULL)
        return output_text(text);
    return program_report(assize, assize_write_file(assize, path, text));
}

int output_color(const struct arguments *arguments, bool *color)
{
    static const char *const names[] = {"auto", "never", "always", NULL};
    size_t choice;
    int failed = option_choice(arguments, "color", names, &choice);
    const char *no_color = getenv("NO_COLOR");
    bool wanted = no_color == NULL || no_color[0] == '\0';
    *color = choice == 2 || (choice == 0 && wanted && isatty(STDOUT_FILENO) != 0);
    return failed;
}

void *allocate(size_t count, size_t size)
{
    void *block = calloc(count > 0 ? count : 1, size);
    if (block != NULL)
        return block;
    fputs("assize: out of memory\n", stderr);
    exit(ASSIZE_IO);
}
