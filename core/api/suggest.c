#include "api/assize.h"
#include "base/text.h"

const char *assize_suggest(const char *wrong, const char *const *names, size_t count)
{
    return suggest(wrong, names, count);
}
