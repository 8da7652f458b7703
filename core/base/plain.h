/* Texts from elsewhere, as a plugin or a folder, that are shown to the user: without characters
 * that drive a terminal or turn the direction of writing. */
#ifndef ASSIZE_BASE_PLAIN_H
#define ASSIZE_BASE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the character at `text` (valid UTF-8) when it is a control character (C0, DEL, C1), a
 * line or paragraph separator, or one that overrides the direction of writing; else 0. */
size_t plain_offence(const char *text);

/* Whether a text holds none of them. */
bool plain_is(const char *text);

/* Puts spaces in their place. */
void plain_make(char *text);

#endif
