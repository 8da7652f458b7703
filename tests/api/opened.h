/* The state of tests of the API: *state is an open struct assize. */
#ifndef ASSIZE_TESTS_OPENED_H
#define ASSIZE_TESTS_OPENED_H

#include "api/assize.h"

static inline int open_with(void **state, const char *const *folders, size_t count)
{
    struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = count};
    struct assize *assize = NULL;
    if (assize_open(&config, &assize) != ASSIZE_OK)
        return -1;
    *state = assize;
    return 0;
}

/* With the plugins that ship. */
static inline int open_assize(void **state)
{
    static const char *const folders[] = {"plugins"};
    return open_with(state, folders, 1);
}

static inline int close_assize(void **state)
{
    assize_close(*state);
    return 0;
}

#endif
