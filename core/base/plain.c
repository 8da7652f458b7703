#include "base/plain.h"

#include <string.h>

size_t plain_offence(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (byte[0] < 0x20 || byte[0] == 0x7F)
        return 1;
    if (byte[0] == 0xC2 && byte[1] < 0xA0) /* U+0080 to U+009F */
        return 2;
    if (byte[0] != 0xE2)
        return 0;
    bool separates = byte[1] == 0x80 && byte[2] >= 0xA8 && byte[2] <= 0xAE; /* U+2028 to U+202E */
    bool isolates = byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9;  /* U+2066 to U+2069 */
    return separates || isolates ? 3 : 0;
}

bool plain_is(const char *text)
{
    while (*text != '\0' && plain_offence(text) == 0)
        text++;
    return *text == '\0';
}

void plain_make(char *text)
{
    while (*text != '\0') {
        size_t bytes = plain_offence(text);
        memset(text, ' ', bytes);
        text += bytes > 0 ? bytes : 1;
    }
}
