/* Plugins as texts, and files. */
#include "api/internal.h"

#include <string.h>

#include "cell/cell.h"
#include "report/report.h"

struct plugin_query {
    bool theories;
    const char *name;
    const char *text;
};

static const struct declaration *describe_plugin(struct call *call, struct plugin_library *library,
                                                 const char *section, const char *name)
{
    struct plugin_files *files = arena_alloc(call->arena, sizeof *files);
    files->modules = library->modules;
    files->module_count = library->module_count;
    struct declaration *declaration = NULL;
    if (library_read(library, section, name, "lua", &files->plugin, &call->diags) == STATUS_OK)
        cell_describe(call->arena, files, &declaration, &call->diags);
    return declaration;
}

static enum status show_one_plugin(struct call *call, struct plugin_library *library,
                                   const char *section, const char *const *names, size_t count)
{
    struct plugin_query *query = call->output;
    bool known = false;
    for (size_t i = 0; i < count; i++)
        known = known || strcmp(names[i], query->name) == 0;
    if (!known)
        return unknown_name(call, query->theories ? "theory" : "kind of regime", query->name, names,
                            count);
    const struct declaration *declaration = describe_plugin(call, library, section, query->name);
    if (declaration == NULL)
        return diags_status(&call->diags);
    struct text out;
    text_init(&out, call->arena);
    report_plugin_text(&out, declaration, query->theories);
    query->text = out.data;
    return STATUS_OK;
}

static enum status show_plugins_body(struct call *call)
{
    struct plugin_query *query = call->output;
    const char *section = query->theories ? "theories" : "regimes";
    struct plugin_library library;
    if (library_open(call->arena, call->assize->folders, call->assize->folder_count, &library,
                     &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    size_t count = 0;
    const char *const *names = library_names(&library, section, "lua", &count);
    if (query->name != NULL)
        return show_one_plugin(call, &library, section, names, count);
    struct text out;
    text_init(&out, call->arena);
    for (size_t i = 0; i < count; i++) {
        const struct declaration *declaration = describe_plugin(call, &library, section, names[i]);
        if (declaration != NULL)
            text_printf(&out, "%-28s %s\n", names[i], declaration->title);
    }
    query->text = out.data;
    return diags_status(&call->diags);
}

enum assize_status assize_show_plugins(struct assize *assize, bool theories, const char *name,
                                       const char **text)
{
    struct plugin_query query = {theories, name, NULL};
    struct call call = {
        .assize = assize, .arena = &assize->arena, .body = show_plugins_body, .output = &query};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = query.text;
    return status;
}

static enum status write_body(struct call *call)
{
    const struct assize_change *file = call->input; /* path and text */
    return file_write(file->path, file->value, strlen(file->value), &call->diags);
}

enum assize_status assize_write_file(struct assize *assize, const char *path, const char *text)
{
    struct assize_change file = {path, text};
    struct call call = {
        .assize = assize, .arena = &assize->arena, .body = write_body, .input = &file};
    return call_run(&call);
}
