#include "argue/competition.h"

#include <string.h>

#include "argue/file.h"

enum problem { PROBLEM_SOME, PROBLEM_EVERY, PROBLEM_CREDULOUS, PROBLEM_SCEPTICAL };

struct code {
    const char *code;
    int value;
};

static const struct code problem_codes[] = {{"SE", PROBLEM_SOME},
                                            {"EE", PROBLEM_EVERY},
                                            {"DC", PROBLEM_CREDULOUS},
                                            {"DS", PROBLEM_SCEPTICAL}};
static const struct code semantics_codes[] = {{"GR", SEMANTICS_GROUNDED},
                                              {"CO", SEMANTICS_COMPLETE},
                                              {"PR", SEMANTICS_PREFERRED},
                                              {"ST", SEMANTICS_STABLE}};
enum { CODES = 4, CODE_LENGTH = 2 };

struct task {
    enum problem problem;
    enum semantics semantics;
    uint32_t argument;
    const struct search *search;
    const struct framework *framework;
    struct arena *arena;
    bool witness;
};

/* --- what is asked ------------------------------------------------------------------------ */

static bool code_find(const struct code *codes, const char *text, int *value)
{
    for (int i = 0; i < CODES; i++)
        if (strncmp(codes[i].code, text, CODE_LENGTH) == 0) {
            *value = codes[i].value;
            return true;
        }
    return false;
}

static enum status usage(struct diags *diags, const char *message, const char *remedy)
{
    struct diag diag = {.status = STATUS_USAGE, .message = message, .remedy = remedy};
    return diags_add(diags, &diag);
}

static enum status task_read(const char *text, struct task *task, struct diags *diags)
{
    int problem, semantics;
    bool form = strlen(text) == 2 * CODE_LENGTH + 1 && text[CODE_LENGTH] == '-';
    if (!form || !code_find(problem_codes, text, &problem) ||
        !code_find(semantics_codes, text + CODE_LENGTH + 1, &semantics))
        return usage(diags, arena_printf(diags->arena, "there is no task `%.20s`", text),
                     "a task is SE, EE, DC or DS, a hyphen, and GR, CO, PR or ST");
    task->problem = (enum problem)problem;
    task->semantics = (enum semantics)semantics;
    return STATUS_OK;
}

static bool wants_argument(const struct task *task)
{
    return task->problem == PROBLEM_CREDULOUS || task->problem == PROBLEM_SCEPTICAL;
}

/* Arguments without names are 1 .. count. */
static bool argument_find(const struct task *task, const char *text, uint32_t *argument)
{
    const struct framework *framework = task->framework;
    if (framework->names != NULL) {
        struct name_index *index = name_index_new(task->arena, framework->names, framework->count);
        return name_index_find(index, text, argument);
    }
    uint64_t number = 0;
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 9 || text[length] != '\0')
        return false;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (uint64_t)(text[i] - '0');
    if (number == 0 || number > framework->count)
        return false;
    *argument = (uint32_t)number - 1;
    return true;
}

static enum status argument_read(const char *text, struct task *task, struct diags *diags)
{
    if (text == NULL && !wants_argument(task))
        return STATUS_OK;
    if (text == NULL)
        return usage(diags, "the tasks DC and DS ask about an argument", "name it with -a");
    if (!wants_argument(task))
        return usage(diags, "the tasks SE and EE ask about no argument", "leave out -a");
    if (argument_find(task, text, &task->argument))
        return STATUS_OK;
    const char *message =
        arena_printf(diags->arena, "the framework has no argument `%.200s`", text);
    return usage(diags, message, NULL);
}

/* --- answers ------------------------------------------------------------------------------ */

static void add_extension(const struct task *task, const uint8_t *labels, struct text *out)
{
    const struct framework *framework = task->framework;
    text_add_char(out, 'w');
    for (uint32_t a = 0; a < framework->count; a++) {
        if (labels[a] != LABEL_IN)
            continue;
        if (framework->names != NULL)
            text_printf(out, " %s", framework->names[a]);
        else
            text_printf(out, " %u", a + 1);
    }
    text_add_char(out, '\n');
}

static enum answer answer_every(const struct task *task, struct text *out)
{
    struct labellings all;
    enum answer answer =
        labellings_all(task->framework, task->semantics, task->search, task->arena, &all);
    for (size_t i = 0; answer == ANSWER_YES && i < all.count; i++)
        add_extension(task, all.labels[i], out);
    return answer;
}

static enum answer answer_some(const struct task *task, struct text *out)
{
    const uint8_t *labels;
    enum answer answer =
        labellings_some(task->framework, task->semantics, task->search, task->arena, &labels);
    if (answer == ANSWER_YES)
        add_extension(task, labels, out);
    else if (answer == ANSWER_NO)
        text_add(out, "NO\n");
    return answer;
}

static enum answer answer_accepted(const struct task *task, struct text *out)
{
    const uint8_t *labels = NULL;
    bool credulous = task->problem == PROBLEM_CREDULOUS;
    enum answer (*accepted)(const struct framework *, enum semantics, uint32_t,
                            const struct search *, struct arena *, const uint8_t **) =
        credulous ? accepted_somewhere : accepted_everywhere;
    enum answer answer = accepted(task->framework, task->semantics, task->argument, task->search,
                                  task->arena, task->witness ? &labels : NULL);
    if (answer != ANSWER_YES && answer != ANSWER_NO)
        return answer;
    text_add(out, answer == ANSWER_YES ? "YES\n" : "NO\n");
    if (task->witness && credulous == (answer == ANSWER_YES))
        add_extension(task, labels, out);
    return answer;
}

static enum answer task_answer(const struct task *task, struct text *out)
{
    if (task->problem == PROBLEM_EVERY)
        return answer_every(task, out);
    if (task->problem == PROBLEM_SOME)
        return answer_some(task, out);
    return answer_accepted(task, out);
}

static enum status report_unknown(enum answer answer, struct text *out, struct diags *diags)
{
    if (answer == ANSWER_TOO_LARGE) {
        struct diag diag = {
            .status = STATUS_IO,
            .message = arena_printf(diags->arena,
                                    "the grounded labelling leaves more arguments open than the %d "
                                    "that this build's solver can search",
                                    SOLVER_SMALL_MOST)};
        return diags_add(diags, &diag);
    }
    struct diag diag = {.status = STATUS_OK,
                        .warning = true,
                        .message = "the budget of the search is spent "
                                   "before the answer is known"};
    diags_add(diags, &diag);
    text_add(out, "UNKNOWN\n");
    return STATUS_OK;
}

enum status competition_answer(const struct competition *competition, const struct buffer *file,
                               struct arena *arena, struct text *out, struct diags *diags)
{
    struct task task = {
        .search = &competition->search, .arena = arena, .witness = !competition->without_witness};
    enum status status = task_read(competition->task, &task, diags);
    if (status == STATUS_OK)
        status = framework_read(file, arena, &task.framework, diags);
    if (status == STATUS_OK)
        status = argument_read(competition->argument, &task, diags);
    if (status != STATUS_OK)
        return status;
    enum answer answer = task_answer(&task, out);
    if (answer == ANSWER_BUDGET || answer == ANSWER_TOO_LARGE)
        return report_unknown(answer, out, diags);
    return STATUS_OK;
}
