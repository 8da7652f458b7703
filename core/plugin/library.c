#include "plugin/library.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plugin/session.h"
#include "scenario/yaml.h"

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void close_listing(void *resource)
{
    DIR **listing = resource;
    if (*listing != NULL)
        closedir(*listing);
    *listing = NULL;
}

/* Adds the names of `folder` that end in "." `ending`, without the ending, unless they are there.
 */
static void add_names(struct arena *arena, const char *folder, const char *ending,
                      const char ***names, size_t *count)
{
    DIR **listing = arena_alloc(arena, sizeof(DIR *));
    arena_defer(arena, close_listing, listing); /* memory may run out while it is open */
    *listing = opendir(folder);
    if (*listing == NULL)
        return;
    for (struct dirent *entry = readdir(*listing); entry != NULL; entry = readdir(*listing)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || dot == entry->d_name || strcmp(dot + 1, ending) != 0)
            continue;
        const char *name = arena_string_n(arena, entry->d_name, (size_t)(dot - entry->d_name));
        bool known = false;
        for (size_t i = 0; i < *count && !known; i++)
            known = strcmp((*names)[i], name) == 0;
        if (known)
            continue;
        *names = arena_grow(arena, *names, *count, sizeof **names);
        (*names)[(*count)++] = name;
    }
    close_listing(listing);
}

const char *const *library_names(struct plugin_library *library, const char *section,
                                 const char *ending, size_t *count)
{
    const char **names = NULL;
    *count = 0;
    for (size_t i = 0; i < library->folder_count; i++)
        add_names(library->arena,
                  arena_printf(library->arena, "%s/%s", library->folders[i], section), ending,
                  &names, count);
    if (*count > 0)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}

/* The input of that name, made if there is none. */
static struct input_file *input_named(struct plugin_library *library, const char *name)
{
    for (size_t i = 0; i < library->input_count; i++)
        if (strcmp(library->inputs[i].file.name, name) == 0)
            return &library->inputs[i];
    library->inputs =
        arena_grow(library->arena, library->inputs, library->input_count, sizeof *library->inputs);
    struct input_file *input = &library->inputs[library->input_count++];
    input->file.name = arena_string(library->arena, name);
    return input;
}

void library_record(struct plugin_library *library, const char *name, const struct buffer *file)
{
    struct input_file *input = input_named(library, name);
    if (input->file.data != NULL)
        return;
    input->file.data = file->data;
    input->file.size = file->size;
    struct hasher *hasher = hasher_new(library->arena);
    hasher_add(hasher, file->data, file->size);
    hasher_finish(hasher, input->hash);
}

void library_record_hashed(struct plugin_library *library, const char *name, uint64_t size,
                           const char hash[HASH_TEXT])
{
    struct input_file *input = input_named(library, name);
    input->file.data = "";
    input->file.size = (size_t)size;
    memcpy(input->hash, hash, HASH_TEXT);
}

static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

enum status library_read(struct plugin_library *library, const char *section, const char *name,
                         const char *ending, struct buffer *buffer, struct diags *diags)
{
    const char *shown = arena_printf(library->arena, "%s/%s.%s", section, name, ending);
    if (strstr(name, "..") != NULL || *name == '/')
        return STATUS_USAGE;
    for (size_t i = 0; i < library->input_count; i++)
        if (strcmp(library->inputs[i].file.name, shown) == 0) { /* read before */
            *buffer = library->inputs[i].file;
            return STATUS_OK;
        }
    for (size_t i = 0; i < library->folder_count; i++) {
        const char *path = arena_printf(library->arena, "%s/%s", library->folders[i], shown);
        if (!is_file(path))
            continue;
        size_t most = strcmp(ending, "lua") == 0 ? SESSION_MOST_SOURCE : YAML_MOST_BYTES;
        if (file_read(library->arena, path, most, buffer, diags) != STATUS_OK)
            return STATUS_IO;
        buffer->name = shown;
        library_record(library, shown, buffer);
        return STATUS_OK;
    }
    return STATUS_USAGE;
}

enum status library_open(struct arena *arena, const char *const *folders, size_t folder_count,
                         struct plugin_library *library, struct diags *diags)
{
    *library =
        (struct plugin_library){.arena = arena, .folders = folders, .folder_count = folder_count};
    size_t count = 0;
    const char *const *names = library_names(library, "lib", "lua", &count);
    library->modules = arena_array(arena, count, sizeof *library->modules);
    for (size_t i = 0; i < count; i++) {
        enum status status =
            library_read(library, "lib", names[i], "lua", &library->modules[i], diags);
        if (status != STATUS_OK)
            return status;
        library->module_count++;
    }
    if (count == 0)
        return diags_error(diags, STATUS_IO, (struct place){NULL, 0, 0},
                           "no folder of plugins was found: name one with --plugins DIR");
    return STATUS_OK;
}

static int compare_inputs(const void *left, const void *right)
{
    const struct input_file *a = left, *b = right;
    return strcmp(a->file.name, b->file.name);
}

void library_hash(const struct plugin_library *library, char hex[HASH_TEXT])
{
    qsort(library->inputs, library->input_count, sizeof *library->inputs, compare_inputs);
    struct hasher *hasher = hasher_new(library->arena);
    for (size_t i = 0; i < library->input_count; i++) {
        const struct input_file *input = &library->inputs[i];
        hasher_add(hasher, input->file.name, strlen(input->file.name) + 1);
        hasher_add(hasher, input->hash, HASH_TEXT);
    }
    hasher_finish(hasher, hex);
}
