/* The filter of system calls: what a child under it may do, and that anything else ends it. */
#include "cmocka_all.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cell/filter.h"

enum { EXIT_WELL = 7, EXIT_NO_FILTER = 8 };

/* The descriptor that may be written to. */
static int open_descriptor(void)
{
    return open("/dev/null", O_WRONLY);
}

/* How a child ends that acts under the filter. */
static int end_of(void (*act)(int descriptor))
{
    int how = 0, descriptor = open_descriptor();
    pid_t child = fork();
    if (child == 0) {
        bool filtered = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_install(descriptor);
        if (!filtered)
            _exit(EXIT_NO_FILTER);
        act(descriptor);
        _exit(EXIT_WELL);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    close(descriptor);
    return how;
}

static void assert_allowed(void (*act)(int descriptor))
{
    int how = end_of(act);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), EXIT_WELL);
}

static void assert_forbidden(void (*act)(int descriptor))
{
    int how = end_of(act);
    assert_true(WIFSIGNALED(how));
    assert_int_equal(WTERMSIG(how), SIGSYS);
}

/* --- allowed --------------------------------------------------------------------------------- */

static void do_nothing(int descriptor)
{
    (void)descriptor;
}

static void do_write(int descriptor)
{
    if (write(descriptor, "x", 1) != 1)
        _exit(1);
}

static void do_compute(int descriptor)
{
    (void)descriptor;
    struct timespec used;
    size_t size = (size_t)4 << 20;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || munmap(memory, size) != 0)
        _exit(1);
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used) != 0)
        _exit(2);
}

/* --- forbidden ------------------------------------------------------------------------------- */

static void do_open(int descriptor)
{
    (void)descriptor;
    open("/etc/passwd", O_RDONLY);
}

static void do_write_elsewhere(int descriptor)
{
    syscall(SYS_write, descriptor + 1, "x", 1);
}

static void do_read(int descriptor)
{
    char byte;
    syscall(SYS_read, descriptor, &byte, 1);
}

static void do_socket(int descriptor)
{
    (void)descriptor;
    socket(AF_INET, SOCK_STREAM, 0);
}

static void do_fork(int descriptor)
{
    (void)descriptor;
    fork();
}

static void do_execute(int descriptor)
{
    (void)descriptor;
    execl("/bin/true", "true", (char *)NULL);
}

static void do_kill(int descriptor)
{
    (void)descriptor;
    kill(getppid(), 0);
}

static void do_map_code(int descriptor)
{
    (void)descriptor;
    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void do_make_code(int descriptor)
{
    (void)descriptor;
    static char page[8192];
    uintptr_t start = ((uintptr_t)page + 4095) / 4096 * 4096;
    mprotect((void *)start, 4096, PROT_READ | PROT_EXEC);
}

/* A sanitizer makes calls of its own: cells go without the filter there. */
static void pass_over_if_sanitized(void)
{
#ifdef ASSIZE_SANITIZED
    skip();
#endif
}

static void test_allowed(void **state)
{
    (void)state;
    pass_over_if_sanitized();
    assert_allowed(do_nothing);
    assert_allowed(do_write);
    assert_allowed(do_compute);
}

static void test_forbidden(void **state)
{
    (void)state;
    pass_over_if_sanitized();
    void (*const acts[])(int) = {do_open,     do_write_elsewhere, do_read, do_socket,
                                 do_fork,     do_execute,         do_kill, do_map_code,
                                 do_make_code};
    for (size_t i = 0; i < COUNT_OF(acts); i++)
        assert_forbidden(acts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allowed),
        cmocka_unit_test(test_forbidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
