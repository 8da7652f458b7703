/* The engine's order of work, shown. */
#include "report/tape.h"
#include "analysis/listing.h"
#include "api/internal.h"

struct tape_request {
    const struct model *model;
    const struct assize_tape_options *options;
    const char *text;
};

static enum status tape_body(struct call *call)
{
    struct tape_request *request = call->output;
    struct listing *listing;
    struct text out;
    if (listing_make(call->arena, request->model, !request->options->no_time, &listing,
                     &call->diags) != STATUS_OK)
        return diags_status(&call->diags);
    text_init(&out, call->arena);
    if (request->options->format == ASSIZE_JSON)
        report_tape_json(&out, listing);
    else
        report_tape_text(&out, listing);
    request->text = out.data;
    return STATUS_OK;
}

enum assize_status assize_show_tape(struct assize_scenario *scenario,
                                    const struct assize_tape_options *options, const char **text)
{
    static const struct assize_tape_options plain;
    struct tape_request request = {scenario->model, options != NULL ? options : &plain, NULL};
    struct call call = {.assize = scenario->assize,
                        .arena = &scenario->arena,
                        .body = tape_body,
                        .output = &request};
    enum assize_status status = call_run(&call);
    if (status == ASSIZE_OK)
        *text = request.text;
    return status;
}
