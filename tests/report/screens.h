/* What must hold of every screen, whatever it shows. */
#ifndef ASSIZE_TESTS_SCREENS_H
#define ASSIZE_TESTS_SCREENS_H

#include <string.h>

#include "base/text.h"
#include "cmocka_all.h"

static inline void screen_fail(const char *why, size_t line, const char *from)
{
    print_error("line %zu %s: %.*s\n", line, why, (int)strcspn(from, "\n"), from);
    fail();
}

/* At most 100 columns, no blank at the end of a line, nothing beyond printable ASCII. */
static inline size_t assert_screen(const char *screen)
{
    size_t lines = 0;
    for (const char *line = screen; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        lines++;
        if (length > 100)
            screen_fail("is too long", lines, line);
        if (length > 0 && line[length - 1] == ' ')
            screen_fail("ends in a blank", lines, line);
        for (size_t i = 0; i < length; i++)
            if (line[i] < ' ' || line[i] > '~')
                screen_fail("holds more than ASCII", lines, line);
        if (line[length] != '\n')
            screen_fail("is not ended", lines, line);
        line += length + 1;
    }
    return lines;
}

/* Whether `screen` goes on with `words`, however its lines are broken. */
static inline bool screen_goes_on(const char *screen, const char *words)
{
    while (*words != '\0') {
        size_t blanks = strspn(words, " "), here = strspn(screen, " \n");
        if ((blanks > 0) != (here > 0 && *words == ' '))
            return false;
        words += blanks;
        screen += blanks > 0 ? here : 0;
        if (*words != '\0' && *words++ != *screen++)
            return false;
    }
    return true;
}

static inline bool screen_shows(const char *screen, const char *words)
{
    for (; *screen != '\0'; screen++)
        if (screen_goes_on(screen, words))
            return true;
    return false;
}

static inline void assert_shows(const char *screen, const char *words)
{
    if (screen_shows(screen, words))
        return;
    print_error("not on the screen: %s\n%s", words, screen);
    fail();
}

static inline void assert_hides(const char *screen, const char *words)
{
    if (!screen_shows(screen, words))
        return;
    print_error("on the screen: %s\n%s", words, screen);
    fail();
}

#endif
