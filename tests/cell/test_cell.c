/* The child process around a session: it says what the session says, and whatever becomes of it the
 * parent reports, and is left with no child and no open descriptor. */
#include "cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

#include "cell/cell.h"
#include "cell/children.h"
#include "plugin/kit.h"
#include "plugin/reply.h"

struct around {
    struct arena arena;
    size_t descriptors;
};

static int open_arena(void **state)
{
    static struct around around;
    arena_init(&around.arena, &allocator_heap);
    around.descriptors = count_descriptors();
    *state = &around;
    return 0;
}

static int close_arena(void **state)
{
    struct around *around = *state;
    arena_release(&around->arena);
    assert_int_equal(count_descriptors(), around->descriptors);
    assert_true(no_children());
    return 0;
}

static struct arena *arena_of(void **state)
{
    return &((struct around *)*state)->arena;
}

static const char sound_theory[] = THEORY(
    "local sum = 0\n"
    "for name, channel in pairs(s.model.channels) do\n"
    "  sum = sum + claim { name, text = 'x', value = channel.loss / quantity(1, 'hu') }\n"
    "end\n"
    "for key, weight in pairs { q = 1, r = 2, s = 3, t = 4, u = 5, v = 6, w = 7 } do\n"
    "  sum = sum + weight * s.model.theta ^ #key + over.case.mean(s.cases.guilt * weight)\n"
    "end\n"
    "return conclude { score = sum, scale = { [0] = 'none' }, difference = quantity(1, 'pme')\n"
    "  * s.cases.guilt, requires = { a = { 'a', sum, at_least = p.cut } } }");

static const char endless_theory[] = THEORY("while true do end");

static struct kit cell_kit_trace(struct arena *arena, const char *source)
{
    struct kit kit = kit_open(arena, source);
    struct trace_request request = kit_request(arena, strstr(source, "return theory") != NULL);
    kit.status = cell_trace(arena, &kit.files, &request, &kit.fragment, &kit.diags);
    return kit;
}

static struct kit cell_kit_describe(struct arena *arena, const char *source)
{
    struct kit kit = kit_open(arena, source);
    kit.status = cell_describe(arena, &kit.files, &kit.declaration, &kit.diags);
    return kit;
}

/* --- the same as in this process ------------------------------------------------------------- */

static struct text wire_of(struct kit *kit)
{
    struct wire_writer writer;
    struct reply reply = {.declaration = kit->declaration, .fragment = kit->fragment};
    assert_string_equal(kit_faults(kit), "");
    assert_int_equal(kit->status, STATUS_OK);
    wire_writer_init(&writer, kit->arena);
    reply_write(&writer, &reply);
    return writer.bytes;
}

static void assert_same_wire(struct kit *one, struct kit *other)
{
    struct text left = wire_of(one), right = wire_of(other);
    assert_int_equal(left.length, right.length);
    assert_memory_equal(left.data, right.data, left.length);
}

static void test_trace(void **state)
{
    struct kit here = kit_trace(arena_of(state), sound_theory);
    for (int i = 0; i < 5; i++) {
        struct kit there = cell_kit_trace(arena_of(state), sound_theory);
        assert_same_wire(&here, &there);
    }
}

static void test_describe(void **state)
{
    struct kit here = kit_describe(arena_of(state), sound_theory);
    struct kit there = cell_kit_describe(arena_of(state), sound_theory);
    assert_same_wire(&here, &there);
    assert_string_equal(there.declaration->plugin, "theories/t.lua");
}

static void test_regime(void **state)
{
    const char *source = REGIME("return conclude { custody = quantity(1, 'year') * c.guilt }");
    struct kit here = kit_trace(arena_of(state), source);
    struct kit there = cell_kit_trace(arena_of(state), source);
    assert_same_wire(&here, &there);
}

/* Faults come home with their places and chains of calls. */
static void test_faults(void **state)
{
    static const char *const sources[] = {
        THEORY("local x = = 1"),
        THEORY("local a = s.model.sure == true\nlocal b = s.model.theta == 0.5\n"
               "return conclude { score = p.cut, scale = { [0] = 'n' },\n"
               "requires = { a = { 'a', p.cut, at_least = 0 } } }"),
        THEORY("local blamer = require 'blamer'\nlocal x = blamer.deep {} return x"),
        THEORY("error(('\\27[31m\\u{9b}'):rep(2000))"),
        THEORY("local x = 1"),
        ("return theory {\nid = 't', version = '1', title = 'T', role = 'aim', argue = print,\n"
         "reads = { params = {\na = number { default = 1 } } } }"),
    };
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        struct kit here = kit_trace(arena_of(state), sources[i]);
        struct kit there = cell_kit_trace(arena_of(state), sources[i]);
        assert_int_equal(there.status, STATUS_PLUGIN);
        assert_null(there.fragment);
        assert_string_equal(kit_faults(&there), kit_faults(&here));
    }
}

/* --- a child that comes to an end ------------------------------------------------------------ */

/* Starts a process that sends `signal` to the cell's child as soon as there is one. */
static pid_t start_killer(int signal_number)
{
    pid_t target = getpid(), killer = fork();
    if (killer != 0)
        return killer;
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    for (int tries = 0; tries < 500; tries++) {
        nanosleep(&pause, NULL);
        pid_t child = find_child(target, getpid());
        if (child == 0)
            continue;
        nanosleep(&pause, NULL); /* until it has reset its signals */
        kill(child, signal_number);
        _exit(0);
    }
    _exit(1);
}

static void assert_killed(struct arena *arena, int signal_number, const char *expected)
{
    int how = 0;
    pid_t killer = start_killer(signal_number);
    struct kit kit = cell_kit_trace(arena, endless_theory);
    assert_int_equal(waitpid(killer, &how, 0), killer);
    assert_int_equal(how, 0);
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_string_equal(kit_faults(&kit), expected);
}

static void test_killed(void **state)
{
    assert_killed(arena_of(state), SIGKILL,
                  "theories/t.lua: error: the plugin's process was ended by signal 9 (Killed)\n");
    assert_killed(arena_of(state), SIGXCPU,
                  arena_printf(arena_of(state),
                               "theories/t.lua: error: the plugin used more than %d seconds of "
                               "processor time\n",
                               CELL_CPU_SECONDS));
}

/* Whether a line of /proc/pid/status (proc(5)) says `line`. */
static bool status_says(pid_t process, const char *line)
{
    char path[64], text[256];
    bool says = false;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    while (file != NULL && !says && fgets(text, sizeof text, file) != NULL)
        says = strcmp(text, line) == 0;
    if (file != NULL)
        fclose(file);
    return says;
}

/* Starts a process that ends the cell's child once it runs under a filter that it cannot shed. */
static pid_t start_observer(void)
{
    pid_t target = getpid(), observer = fork(), child = 0;
    if (observer != 0)
        return observer;
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    for (int tries = 0; tries < 300; tries++) {
        nanosleep(&pause, NULL);
        child = find_child(target, getpid());
        if (child == 0 || !status_says(child, "Seccomp:\t2\n"))
            continue;
        bool bound = status_says(child, "NoNewPrivs:\t1\n");
        kill(child, SIGKILL);
        _exit(bound ? 0 : 1);
    }
    _exit(2);
}

static void test_confined(void **state)
{
#ifdef ASSIZE_SANITIZED
    skip();
#endif
    int how = 0;
    pid_t observer = start_observer();
    struct kit kit = cell_kit_trace(arena_of(state), endless_theory);
    assert_int_equal(waitpid(observer, &how, 0), observer);
    assert_int_equal(how, 0);
    assert_int_equal(kit.status, STATUS_PLUGIN);
}

/* A child that cannot be confined must not run: here it may not open what it needs. */
static void test_not_confined(void **state)
{
    struct rlimit before, low;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    low = before;
    low.rlim_cur = 10; /* the pipe is moved to 10 or above */
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
    struct kit kit = cell_kit_trace(arena_of(state), sound_theory);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(kit.status, STATUS_PLUGIN);
    assert_string_equal(kit_faults(&kit),
                        "theories/t.lua: error: the plugin's process could not be confined\n");
}

static void test_no_pipe(void **state)
{
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 3;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    struct kit kit = cell_kit_trace(arena_of(state), sound_theory);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(kit.status, STATUS_IO);
    assert_string_equal(kit_faults(&kit), "error: no pipe: Too many open files\n");
}

/* --- a parent that comes to an end ----------------------------------------------------------- */

static bool is_gone(pid_t process)
{
    pid_t parent;
    char state = process_state(process, &parent);
    return state == '\0' || state == 'Z';
}

/* The child dies with its parent. */
static void test_parent_killed(void **state)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    pid_t parent = fork(), child = 0;
    if (parent == 0) {
        cell_kit_trace(arena_of(state), endless_theory);
        _exit(0);
    }
    for (int tries = 0; tries < 500 && child == 0; tries++) {
        nanosleep(&pause, NULL);
        child = find_child(parent, 0);
    }
    assert_true(child > 0);
    nanosleep(&pause, NULL);
    kill(parent, SIGKILL);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
    for (int tries = 0; tries < 100 && !is_gone(child); tries++)
        nanosleep(&pause, NULL);
    assert_true(is_gone(child));
}

/* A parent whose own memory ends while it reads: the child is ended with the arena. */
struct short_of_memory {
    struct arena arena;
    enum status status;
};

static void trace_with_little(void *argument)
{
    struct short_of_memory *little = argument;
    little->status = cell_kit_trace(&little->arena, sound_theory).status;
}

static void test_little_memory(void **state)
{
    struct around *around = *state;
    size_t finished = 0;
    for (size_t limit = 4096; limit < 1024 * 1024; limit += limit / 4) {
        struct short_of_memory little;
        arena_init(&little.arena, &allocator_heap);
        little.arena.limit = limit;
        if (arena_try(&little.arena, trace_with_little, &little)) {
            assert_int_equal(little.status, STATUS_OK);
            finished++;
        }
        arena_release(&little.arena);
        assert_true(no_children());
        assert_int_equal(count_descriptors(), around->descriptors);
    }
    assert_in_range(finished, 1, 20); /* so the limit was reached, and then was not */
}

/* --- a parent with habits of its own --------------------------------------------------------- */

static void ignore(int number)
{
    (void)number;
}

/* Signals that come while the parent waits change nothing. */
static void test_interrupted(void **state)
{
    struct sigaction before, often = {.sa_handler = ignore};
    struct itimerval every = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
    assert_int_equal(sigaction(SIGALRM, &often, &before), 0);
    setitimer(ITIMER_REAL, &every, NULL);
    struct kit slow = cell_kit_trace(
        arena_of(state), THEORY("for i = 1, 5e6 do end\nerror 'it went on to the end'"));
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &before, NULL);
    assert_string_equal(kit_faults(&slow), "theories/t.lua:5: error: it went on to the end\n");
}

/* A program that ignores its children's ends gets no exit code: the message decides alone. */
static void test_children_ignored(void **state)
{
    struct kit here = kit_trace(arena_of(state), sound_theory);
    void (*before)(int) = signal(SIGCHLD, SIG_IGN);
    struct kit there = cell_kit_trace(arena_of(state), sound_theory);
    signal(SIGCHLD, before);
    assert_same_wire(&here, &there);
}

/* A program may have closed its standard descriptors: the pipe then takes their numbers. */
static void test_standard_closed(void **state)
{
    struct kit here = kit_trace(arena_of(state), sound_theory);
    int kept[3];
    for (int i = 0; i < 3; i++) {
        kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 20);
        close(i);
    }
    struct kit there = cell_kit_trace(arena_of(state), sound_theory);
    for (int i = 0; i < 3; i++) {
        if (kept[i] < 0)
            continue;
        dup2(kept[i], i);
        close(kept[i]);
    }
    assert_same_wire(&here, &there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_trace, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_describe, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_regime, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_faults, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_killed, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_confined, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_not_confined, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_no_pipe, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_parent_killed, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_little_memory, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_interrupted, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_children_ignored, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(test_standard_closed, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
