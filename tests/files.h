/* Reading a file whole. */
#ifndef ASSIZE_TESTS_FILES_H
#define ASSIZE_TESTS_FILES_H

#include <stdio.h>
#include <stdlib.h>

#include "cmocka_all.h"

/* Its text, at most 1 MB, to be freed. What cannot be read fails the test. */
static inline char *read_text(const char *path)
{
    enum { MOST = 1 << 20 };
    char *text = calloc(MOST, 1);
    FILE *file = fopen(path, "r");
    assert_non_null(text);
    assert_non_null(file);
    assert_true(fread(text, 1, MOST - 1, file) < MOST - 1);
    fclose(file);
    return text;
}

#endif
