#include "cell/cell.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cell/filter.h"
#include "plugin/reply.h"

enum {
    REPLY_DESCRIPTOR = 3,
    EXIT_DONE = 0,
    EXIT_CONFINEMENT = 71,
    EXIT_MEMORY = 72,
    EXIT_WRITE = 73,
};

/* One session for a child to run. */
struct job {
    const struct plugin_files *files;
    const struct trace_request *request; /* NULL: describe */
    struct arena *arena;                 /* the child's own */
    rlim_t mapped;                       /* bytes that the parent has mapped */
};

/* --- the child ------------------------------------------------------------------------------- */

/* Handlers of the program around us have no business in the child. */
static void reset_signals(void)
{
    sigset_t none;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    signal(SIGINT, SIG_IGN); /* the parent decides when to end */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit bounds = {soft, hard};
    return setrlimit((__rlimit_resource_t)resource, &bounds) == 0;
}

/* Closes all descriptors but the pipe, which becomes REPLY_DESCRIPTOR, and 0 to 2, which become
 * /dev/null. */
static bool keep_pipe_only(int pipe_end)
{
    int null = open("/dev/null", O_RDWR);
    if (null < 0)
        return false;
    int moved = fcntl(pipe_end, F_DUPFD, 10);
    bool fine = moved >= 0;
    for (int standard = 0; standard < 3; standard++)
        fine = dup2(null, standard) >= 0 && fine;
    fine = fine && dup2(moved, REPLY_DESCRIPTOR) >= 0;
    return fine && syscall(SYS_close_range, REPLY_DESCRIPTOR + 1U, ~0U, 0) == 0;
}

/* Limits on what the child may use. At the soft limit of processor time comes SIGXCPU. Sanitizers
 * need their address space, their descriptors and more system calls. */
static bool set_limits(const struct job *job)
{
    bool fine = limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
                limit(RLIMIT_CPU, CELL_CPU_SECONDS, CELL_CPU_SECONDS + 1) &&
                limit(RLIMIT_NPROC, 0, 0);
#ifndef ASSIZE_SANITIZED
    rlim_t space = job->mapped + CELL_MOST_ADDRESS_SPACE;
    fine = fine && limit(RLIMIT_NOFILE, REPLY_DESCRIPTOR + 1, REPLY_DESCRIPTOR + 1) &&
           limit(RLIMIT_AS, space, space) && filter_install(REPLY_DESCRIPTOR);
#else
    (void)job;
#endif
    return fine;
}

/* Texts are compared and numbers written as in C, whatever the user's locale. The filter of system
 * calls comes last, for what stands before it needs them. */
static bool confine(const struct job *job, int pipe_end, pid_t parent)
{
    reset_signals();
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && keep_pipe_only(pipe_end) &&
           setlocale(LC_ALL, "C") != NULL && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           set_limits(job);
}

static void write_all(const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(REPLY_DESCRIPTOR, data, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            _exit(EXIT_WRITE);
        data += put;
        size -= (size_t)put;
    }
}

static void run_session(void *argument)
{
    struct job *job = argument;
    struct diags diags;
    struct reply reply = {NULL, NULL, &diags};
    diags_init(&diags, job->arena);
    if (job->request == NULL)
        session_describe(job->arena, job->files, &reply.declaration, &diags);
    else
        session_trace(job->arena, job->files, job->request, &reply.fragment, &diags);
    struct wire_writer writer;
    wire_writer_init(&writer, job->arena);
    reply_write(&writer, &reply);
    write_all(writer.bytes.data, writer.bytes.length);
}

static _Noreturn void child_main(struct job *job, int pipe_end, pid_t parent)
{
    if (!confine(job, pipe_end, parent))
        _exit(EXIT_CONFINEMENT);
    struct arena arena;
    arena_init(&arena, &allocator_heap);
    job->arena = &arena;
    bool finished = arena_try(&arena, run_session, job);
    _exit(finished ? EXIT_DONE : EXIT_MEMORY); /* no clean-up: the process ends */
}

/* --- the parent ------------------------------------------------------------------------------ */

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The first number of /proc/self/statm: pages mapped; 0 when it cannot be read. */
static rlim_t bytes_mapped(void)
{
    char text[64] = "";
    int descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    ssize_t got = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    return got > 0 ? (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) : 0;
}

enum ending { ENDING_CLOSED, ENDING_LATE, ENDING_TOO_LONG, ENDING_BROKEN };

/* Reads until the child closes its end. */
static enum ending read_reply(int descriptor, int64_t deadline, struct text *bytes)
{
    char chunk[16384];
    for (;;) {
        int64_t left = deadline - milliseconds_now();
        struct pollfd ready = {descriptor, POLLIN, 0};
        int polled = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (polled < 0 && errno == EINTR)
            continue;
        if (polled <= 0)
            return polled == 0 ? ENDING_LATE : ENDING_BROKEN;
        ssize_t got = read(descriptor, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0 ? ENDING_CLOSED : ENDING_BROKEN;
        if (bytes->length + (size_t)got > REPLY_MOST_BYTES)
            return ENDING_TOO_LONG;
        text_add_n(bytes, chunk, (size_t)got);
    }
}

static enum status refuse(struct diags *diags, const struct job *job, const char *reason)
{
    return diags_error(diags, STATUS_PLUGIN, (struct place){job->files->plugin.name, 0, 0}, "%s",
                       reason);
}

static enum status explain_exit(struct diags *diags, const struct job *job, int how)
{
    char reason[120];
    if (WIFSIGNALED(how) && WTERMSIG(how) == SIGXCPU)
        snprintf(reason, sizeof reason, "the plugin used more than %d seconds of processor time",
                 CELL_CPU_SECONDS);
    else if (WIFSIGNALED(how))
        snprintf(reason, sizeof reason, "the plugin's process was ended by signal %d (%s)",
                 WTERMSIG(how), strsignal(WTERMSIG(how)));
    else if (WEXITSTATUS(how) == EXIT_CONFINEMENT)
        snprintf(reason, sizeof reason, "the plugin's process could not be confined");
    else if (WEXITSTATUS(how) == EXIT_MEMORY)
        snprintf(reason, sizeof reason, "the plugin's process ran out of memory");
    else if (WEXITSTATUS(how) == EXIT_WRITE)
        snprintf(reason, sizeof reason, "the plugin's process could not write its answer");
    else
        snprintf(reason, sizeof reason, "the plugin's process ended with code %d",
                 WEXITSTATUS(how));
    return refuse(diags, job, reason);
}

static int wait_for(pid_t child)
{
    int how = 0;
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    return how;
}

/* Waits for a child that closed its end and so should be ending. One that does not is killed. */
static int wait_until(pid_t child, int64_t deadline)
{
    const struct timespec pause = {.tv_nsec = 200 * 1000};
    for (;;) {
        int how = 0;
        pid_t ended = waitpid(child, &how, WNOHANG);
        if (ended == child)
            return how;
        if (ended < 0 && errno != EINTR)
            return 0; /* somebody else waited for it: the message alone decides */
        if (milliseconds_now() > deadline)
            break;
        nanosleep(&pause, NULL);
    }
    kill(child, SIGKILL);
    return wait_for(child);
}

/* What the parent holds while a child runs; released whichever way the reading ends. */
struct watch {
    int descriptor;
    pid_t child; /* 0: reaped */
};

static void end_watch(void *resource)
{
    struct watch *watch = resource;
    if (watch->descriptor >= 0)
        close(watch->descriptor);
    watch->descriptor = -1;
    if (watch->child > 0) {
        kill(watch->child, SIGKILL);
        wait_for(watch->child);
    }
    watch->child = 0;
}

static enum status receive(struct arena *arena, const struct job *job, struct watch *watch,
                           struct reply *reply, struct diags *diags)
{
    struct text bytes;
    text_init(&bytes, arena);
    int64_t deadline = milliseconds_now() + CELL_WALL_SECONDS * 1000;
    enum ending ending = read_reply(watch->descriptor, deadline, &bytes);
    if (ending == ENDING_LATE)
        return refuse(diags, job, "the plugin's process did not answer in time");
    if (ending == ENDING_TOO_LONG)
        return refuse(diags, job, "the plugin's process sent too much");
    if (ending == ENDING_BROKEN)
        return refuse(diags, job, "the pipe from the plugin's process broke");
    int how = wait_until(watch->child, deadline);
    watch->child = 0;
    if (!WIFEXITED(how) || WEXITSTATUS(how) != EXIT_DONE)
        return explain_exit(diags, job, how);
    return reply_read(arena, job->files->plugin.name, bytes.data, bytes.length, reply, diags);
}

/* One session under way in a child. */
struct cell_run {
    struct job job;
    struct watch watch;
    const char *refusal; /* why there is no child, or NULL */
};

static struct cell_run *start(struct arena *arena, const struct plugin_files *files,
                              const struct trace_request *request)
{
    int ends[2];
    struct cell_run *run = arena_alloc(arena, sizeof *run);
    run->job = (struct job){.files = files, .request = request, .mapped = bytes_mapped()};
    run->watch = (struct watch){-1, 0};
    arena_defer(arena, end_watch, &run->watch);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        run->refusal = arena_printf(arena, "no pipe: %s", strerror(errno));
        return run;
    }
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        child_main(&run->job, ends[1], parent);
    if (child < 0)
        run->refusal = arena_printf(arena, "no process for the plugin: %s", strerror(errno));
    close(ends[1]);
    run->watch = (struct watch){ends[0], child};
    return run;
}

static enum status finish(struct arena *arena, struct cell_run *run, struct reply *reply,
                          struct diags *diags)
{
    enum status status =
        run->refusal != NULL
            ? diags_error(diags, STATUS_IO, (struct place){NULL, 0, 0}, "%s", run->refusal)
            : receive(arena, &run->job, &run->watch, reply, diags);
    end_watch(&run->watch);
    return status;
}

static enum status unexpected(struct diags *diags, const struct plugin_files *files)
{
    return diags_error(diags, STATUS_PLUGIN, (struct place){files->plugin.name, 0, 0},
                       "the plugin's process answered another question than it was asked");
}

struct cell_run *cell_start_describe(struct arena *arena, const struct plugin_files *files)
{
    return start(arena, files, NULL);
}

enum status cell_finish_describe(struct arena *arena, struct cell_run *run,
                                 struct declaration **declaration, struct diags *diags)
{
    struct reply reply = {NULL, NULL, NULL};
    enum status status = finish(arena, run, &reply, diags);
    if (status == STATUS_OK && reply.declaration == NULL)
        return unexpected(diags, run->job.files);
    if (status == STATUS_OK)
        *declaration = reply.declaration;
    return status;
}

enum status cell_describe(struct arena *arena, const struct plugin_files *files,
                          struct declaration **declaration, struct diags *diags)
{
    return cell_finish_describe(arena, cell_start_describe(arena, files), declaration, diags);
}

/* Whether a fragment is of the use that was asked about. */
static bool answers(const struct fragment *fragment, const struct job *job)
{
    return fragment != NULL && strcmp(fragment->instance, job->request->instance) == 0 &&
           strcmp(fragment->plugin, job->files->plugin.name) == 0 &&
           (fragment->conclusion != NULL) == job->request->is_theory;
}

struct cell_run *cell_start_trace(struct arena *arena, const struct plugin_files *files,
                                  const struct trace_request *request)
{
    return start(arena, files, request);
}

enum status cell_finish_trace(struct arena *arena, struct cell_run *run, struct fragment **fragment,
                              struct diags *diags)
{
    struct reply reply = {NULL, NULL, NULL};
    enum status status = finish(arena, run, &reply, diags);
    if (status == STATUS_OK && !answers(reply.fragment, &run->job))
        return unexpected(diags, run->job.files);
    if (status == STATUS_OK)
        *fragment = reply.fragment;
    return status;
}

enum status cell_trace(struct arena *arena, const struct plugin_files *files,
                       const struct trace_request *request, struct fragment **fragment,
                       struct diags *diags)
{
    return cell_finish_trace(arena, cell_start_trace(arena, files, request), fragment, diags);
}
