/* What the tests of cells share: the children and descriptors of this process. */
#ifndef ASSIZE_TESTS_CELL_CHILDREN_H
#define ASSIZE_TESTS_CELL_CHILDREN_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How many descriptors this process holds; the count's own is always among them. */
static inline size_t count_descriptors(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (folder == NULL)
        return 0;
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

/* Neither running nor waited for. */
static inline bool no_children(void)
{
    return waitpid(-1, NULL, WNOHANG) == -1;
}

/* The state letter and the parent of a process (proc(5), /proc/pid/stat); '\0' when it is gone. */
static inline char process_state(pid_t process, pid_t *parent)
{
    char path[64], line[512] = "", state = '\0';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return '\0';
    if (fgets(line, sizeof line, file) != NULL && strrchr(line, ')') != NULL)
        sscanf(strrchr(line, ')') + 1, " %c %d", &state, parent);
    fclose(file);
    return state;
}

/* A running child of `parent` other than `except`, or 0. */
static inline pid_t find_child(pid_t parent, pid_t except)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry = folder == NULL ? NULL : readdir(folder);
         entry != NULL && found == 0; entry = readdir(folder)) {
        pid_t process = (pid_t)strtol(entry->d_name, NULL, 10), of = 0;
        char state = process > 0 && process != except ? process_state(process, &of) : '\0';
        if (state != '\0' && state != 'Z' && of == parent)
            found = process;
    }
    if (folder != NULL)
        closedir(folder);
    return found;
}

#endif
