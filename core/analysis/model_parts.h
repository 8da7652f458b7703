/* What the files that put a model together share. */
#ifndef ASSIZE_ANALYSIS_MODEL_PARTS_H
#define ASSIZE_ANALYSIS_MODEL_PARTS_H

#include "analysis/model.h"

/* A plugin that some use names. */
struct met_plugin;

/* What stays in hand while a model is put together. */
struct assembly {
    struct model *model;
    struct plugin_library *plugin_library;
    const struct model_request *request;
    struct diags *diags;
    struct met_plugin **plugins;
    size_t plugin_count;
    struct arguments *arguments;   /* NULL: there are none */
    struct population *population; /* NULL: the scenario has no records */
};

/* --- model_plugins.c -------------------------------------------------------------------------- */

/* Asks every plugin what it reads. Fills the declarations of the model; NULL for the uses of a
 * plugin that was refused. */
void plugins_describe(struct assembly *assembly);

/* The fragments of all uses, in the scenario's order; NULL for what was refused. */
const struct fragment *const *plugins_trace(struct assembly *assembly, const struct use *uses,
                                            const struct declaration *const *declarations,
                                            size_t count, bool is_theory);

#endif
