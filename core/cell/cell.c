#include "cell/cell.h"

#include <errno.h>
#include <fcntl.h>
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

#include "plugin/reply.h"

enum { REPLY_DESCRIPTOR = 3, EXIT_DONE = 0, EXIT_CONFINEMENT = 71, EXIT_MEMORY = 72 };

/* One session for a child to run. */
struct job {
    const struct plugin_files *files;
    const struct trace_request *request; /* NULL: describe */
    struct arena *arena;                 /* the child's own */
};

/* --- the child ------------------------------------------------------------------------------- */

static bool limit(int resource, rlim_t most)
{
    struct rlimit bounds = {most, most};
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

/* Limits on what the child may use. Sanitizers need their address space and their descriptors. */
static bool set_limits(void)
{
    bool fine = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
                limit(RLIMIT_CPU, CELL_CPU_SECONDS) && limit(RLIMIT_NPROC, 0);
#ifndef ASSIZE_SANITIZED
    fine = fine && limit(RLIMIT_NOFILE, REPLY_DESCRIPTOR + 1);
    fine = fine && limit(RLIMIT_AS, (rlim_t)CELL_MOST_ADDRESS_SPACE * 4);
#endif
    return fine;
}

static bool confine(int pipe_end, pid_t parent)
{
    signal(SIGINT, SIG_IGN); /* the parent decides when to end */
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && keep_pipe_only(pipe_end) &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && set_limits();
}

static void write_all(const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(REPLY_DESCRIPTOR, data, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            _exit(EXIT_MEMORY);
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
    if (!confine(pipe_end, parent))
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

enum ending { ENDING_CLOSED, ENDING_LATE, ENDING_TOO_LONG, ENDING_BROKEN };

/* Reads until the child closes its end. */
static enum ending read_reply(int descriptor, struct text *bytes)
{
    char chunk[16384];
    int64_t deadline = milliseconds_now() + CELL_WALL_SECONDS * 1000;
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
    if (WIFSIGNALED(how) && (WTERMSIG(how) == SIGXCPU || WTERMSIG(how) == SIGKILL))
        snprintf(reason, sizeof reason, "the plugin used more than %d seconds of processor time",
                 CELL_CPU_SECONDS);
    else if (WIFSIGNALED(how))
        snprintf(reason, sizeof reason, "the plugin's process was ended by signal %d (%s)",
                 WTERMSIG(how), strsignal(WTERMSIG(how)));
    else if (WEXITSTATUS(how) == EXIT_CONFINEMENT)
        snprintf(reason, sizeof reason, "the plugin's process could not be confined");
    else if (WEXITSTATUS(how) == EXIT_MEMORY)
        snprintf(reason, sizeof reason, "the plugin's process ran out of memory");
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
    enum ending ending = read_reply(watch->descriptor, &bytes);
    if (ending == ENDING_LATE)
        return refuse(diags, job, "the plugin's process did not answer in time");
    if (ending == ENDING_TOO_LONG)
        return refuse(diags, job, "the plugin's process sent too much");
    if (ending == ENDING_BROKEN)
        return refuse(diags, job, "the pipe from the plugin's process broke");
    int how = wait_for(watch->child);
    watch->child = 0;
    if (!WIFEXITED(how) || WEXITSTATUS(how) != EXIT_DONE)
        return explain_exit(diags, job, how);
    return reply_read(arena, job->files->plugin.name, bytes.data, bytes.length, reply, diags);
}

static enum status run_job(struct arena *arena, struct job *job, struct reply *reply,
                           struct diags *diags)
{
    int ends[2];
    struct watch *watch = arena_alloc(arena, sizeof *watch);
    *watch = (struct watch){-1, 0};
    arena_defer(arena, end_watch, watch);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return diags_error(diags, STATUS_IO, (struct place){NULL, 0, 0}, "no pipe: %s",
                           strerror(errno));
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        child_main(job, ends[1], parent);
    close(ends[1]);
    watch->descriptor = ends[0];
    if (child < 0)
        return diags_error(diags, STATUS_IO, (struct place){NULL, 0, 0},
                           "no process for the plugin: %s", strerror(errno));
    watch->child = child;
    enum status status = receive(arena, job, watch, reply, diags);
    end_watch(watch);
    return status;
}

static enum status unexpected(struct diags *diags, const struct plugin_files *files)
{
    return diags_error(diags, STATUS_PLUGIN, (struct place){files->plugin.name, 0, 0},
                       "the plugin's process answered another question than it was asked");
}

enum status cell_describe(struct arena *arena, const struct plugin_files *files,
                          struct declaration **declaration, struct diags *diags)
{
    struct job job = {files, NULL, NULL};
    struct reply reply = {NULL, NULL, NULL};
    enum status status = run_job(arena, &job, &reply, diags);
    if (status == STATUS_OK && reply.declaration == NULL)
        return unexpected(diags, files);
    if (status == STATUS_OK)
        *declaration = reply.declaration;
    return status;
}

enum status cell_trace(struct arena *arena, const struct plugin_files *files,
                       const struct trace_request *request, struct fragment **fragment,
                       struct diags *diags)
{
    struct job job = {files, request, NULL};
    struct reply reply = {NULL, NULL, NULL};
    enum status status = run_job(arena, &job, &reply, diags);
    bool answered =
        status != STATUS_OK ||
        (reply.fragment != NULL && strcmp(reply.fragment->instance, request->instance) == 0);
    if (!answered)
        return unexpected(diags, files);
    if (status == STATUS_OK)
        *fragment = reply.fragment;
    return status;
}
