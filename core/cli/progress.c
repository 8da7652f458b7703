/* What is told on stderr while something takes long, and how it is ended early. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"

enum { LINE = 100 };

void progress_show(const char *what)
{
    if (isatty(STDERR_FILENO) != 0)
        fprintf(stderr, "%s ...", what);
}

/* Overwrites the line with blanks, which every terminal can do. */
void progress_clear(void)
{
    if (isatty(STDERR_FILENO) != 0)
        fprintf(stderr, "\r%*s\r", LINE, "");
}

/* --- draws ----------------------------------------------------------------------------------- */

/* Set by the first interrupt; the second one ends the program. */
static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct watch {
    const char *what;
    double began, shown; /* seconds */
};

/* "\r1234 of 10000 draws, 500 a second, 18 s left" */
static void show_line(const struct watch *watch, double now, uint64_t done, uint64_t of)
{
    char line[LINE];
    double rate = (double)done / (now - watch->began);
    snprintf(line, sizeof line, "\r%llu of %llu %s, %.0f a second, %.0f s left",
             (unsigned long long)done, (unsigned long long)of, watch->what, rate,
             (double)(of - done) / rate);
    fprintf(stderr, "%-*s", LINE - 2, line);
}

static bool tell(void *context, const char *what, uint64_t done, uint64_t of)
{
    const double first_after = 0.5, each = 0.2;
    struct watch *watch = context;
    double now = seconds_now();
    if (watch->what == NULL || strcmp(watch->what, what) != 0)
        *watch = (struct watch){what, now, now};
    bool due = now - watch->began > first_after && now - watch->shown > each;
    if (due && isatty(STDERR_FILENO) != 0) {
        show_line(watch, now, done, of);
        watch->shown = now;
    }
    return interrupted == 0;
}

/* A computation that can be ended early, and how signals were met before it. */
struct session {
    struct assize_weigh_options options;
    struct watch watch;
    struct sigaction before;
};

static void session_begin(struct session *session, const struct assize_weigh_options *options,
                          const char *what)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};
    *session = (struct session){.options = *options};
    session->options.progress = tell;
    session->options.context = &session->watch;
    interrupted = 0;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &session->before);
    progress_show(what);
}

static void session_end(const struct session *session)
{
    progress_clear();
    sigaction(SIGINT, &session->before, NULL);
}

enum assize_status program_weigh_by(weigh_call *call, struct assize_scenario *scenario,
                                    const struct assize_weigh_options *options, const char *what,
                                    struct assize_result **result)
{
    struct session session;
    session_begin(&session, options, what);
    enum assize_status status = call(scenario, &session.options, result);
    session_end(&session);
    return status;
}

enum assize_status program_weigh(struct assize_scenario *scenario,
                                 const struct assize_weigh_options *options, const char *what,
                                 struct assize_result **result)
{
    return program_weigh_by(assize_weigh, scenario, options, what, result);
}

enum assize_status program_weigh_shard(struct assize_scenario *scenario,
                                       const struct assize_weigh_options *options, uint64_t number,
                                       uint64_t of, const char **text)
{
    struct session session;
    session_begin(&session, options, "drawing");
    enum assize_status status = assize_weigh_shard(scenario, &session.options, number, of, text);
    session_end(&session);
    return status;
}
