/* The program as a process: what the variable ASSIZE names, or what is built. */
#ifndef ASSIZE_TESTS_CLI_PROGRAM_H
#define ASSIZE_TESTS_CLI_PROGRAM_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static inline const char *program(void)
{
    const char *named = getenv("ASSIZE");
    return named != NULL ? named : "build/release/assize";
}

/* In a child: what is written to `descriptor` goes to a file. */
static inline void redirect(int descriptor, const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
}

#endif
