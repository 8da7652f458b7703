/* Results as text, JSON and CSV. One file per format and screen; each fills a `struct text` and
 * fails only for what the caller asked that does not exist (STATUS_USAGE in `diags`). */
#ifndef ASSIZE_REPORT_REPORT_H
#define ASSIZE_REPORT_REPORT_H

#include "analysis/weigh.h"

/* As in assize.h; where both headers meet, the compiler refuses two that differ. */
#define ASSIZE_VERSION "0.1.0"

struct run_view {
    const char *theory, *regime; /* ids, or NULL: all */
    bool by_case;
    bool color;
    bool all_inputs;
    const struct result *before; /* what the scenario said without its settings, or NULL */
};

/* The first lines of the screen, which need no result: the question, and what is weighed. */
void report_run_head(struct text *out, const struct scenario *scenario);
void report_run_text(struct text *out, const struct result *result, const struct run_view *view);
void report_run_json(struct text *out, const struct result *result, const struct run_view *view);
void report_run_csv(struct text *out, const struct result *result, const struct run_view *view);

struct sensitivities;
struct switch_list;

struct explain_view {
    size_t theory, regime, kase; /* indices */
    bool questions, color;
    const struct sensitivities *sensitivity; /* of this theory and regime, to be shown; or NULL */
    const struct switch_list *switches;      /* likewise; NULL: strips tell of moral choices */
};

void report_explain_text(struct text *out, const struct result *result,
                         const struct explain_view *view);
void report_explain_json(struct text *out, const struct result *result,
                         const struct explain_view *view);

enum premise_filter { PREMISES_ALL, PREMISES_MORAL, PREMISES_ILLUSTRATIVE, PREMISES_UNUSED };

void report_premises_text(struct text *out, const struct result *result,
                          enum premise_filter filter);
void report_premises_json(struct text *out, const struct result *result,
                          enum premise_filter filter);
void report_premises_csv(struct text *out, const struct result *result, enum premise_filter filter);

/* The outcome of each expectation; returns how many failed. */
size_t report_check_text(struct text *out, const struct result *result);

/* One plugin: what it is and what it reads, with units. */
void report_plugin_text(struct text *out, const struct declaration *declaration, bool theory);

/* What a saved JSON result records of its run: all that is needed to run it again. */
struct saved_run {
    const char *path;
    const struct setting *settings;
    size_t setting_count;
    const char *const *dropped;
    size_t dropped_count;
    const char *draws_from; /* a table of draws, or NULL */
    struct weigh_options options;
};

enum { SAVED_MOST_BYTES = 256 * 1024 * 1024 };

/* STATUS_USAGE when `file` is not a result of this program and version of the format. */
enum status report_read_saved(struct arena *arena, const struct buffer *file, struct saved_run *run,
                              struct diags *diags);

/* Compares two results in JSON, `saved` being the older: appends each difference as "where: saved
 * x, now y" and returns how many there are. */
size_t report_compare_json(struct text *out, const char *saved, const char *now,
                           struct diags *diags);

#endif
