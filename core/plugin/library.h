/* Where plugins and data tables are found, and a record of every file that was read.
 *
 * A folder of plugins holds theories/, regimes/, lib/ and data/. Folders are searched in order.
 * `lib` is taken as a whole from the first folder that has one.
 */
#ifndef ASSIZE_PLUGIN_LIBRARY_H
#define ASSIZE_PLUGIN_LIBRARY_H

#include "base/diag.h"
#include "base/file.h"

struct input_file {
    struct buffer file; /* named as "scenario", "theories/x.lua", "data/y.yaml" */
    char hash[HASH_TEXT];
};

struct plugin_library {
    struct arena *arena;
    const char *const *folders;
    size_t folder_count;
    struct buffer *modules; /* of lib/, by name */
    size_t module_count;
    struct input_file *inputs;
    size_t input_count;
};

/* Reads lib/. */
enum status library_open(struct arena *arena, const char *const *folders, size_t folder_count,
                         struct plugin_library *library, struct diags *diags);

/* Reads <folder>/<section>/<name>.<ending>, for example "theories", "retributivism-positive",
 * "lua". When there is none: STATUS_USAGE is returned and nothing is added to `diags`. */
enum status library_read(struct plugin_library *library, const char *section, const char *name,
                         const char *ending, struct buffer *buffer, struct diags *diags);

/* The names to be found in a section, sorted, without ending. */
const char *const *library_names(struct plugin_library *library, const char *section,
                                 const char *ending, size_t *count);

/* Records a file that somebody else read. */
void library_record(struct plugin_library *library, const char *name, const struct buffer *file);

/* Records a file that somebody else read and hashed, by its hash alone: it may be large, or of
 * persons. What another of this name left is replaced. */
void library_record_hashed(struct plugin_library *library, const char *name, uint64_t size,
                           const char hash[HASH_TEXT]);

/* One hash over the names and bytes of all inputs, in the order of their names. */
void library_hash(const struct plugin_library *library, char hex[HASH_TEXT]);

#endif
