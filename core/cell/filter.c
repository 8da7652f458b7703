#include "cell/filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* A filter is a program that the kernel runs at each call (Linux, seccomp_filter.rst). It loads 32
 * bits of what it is told of the call, compares, and skips instructions:
 *
 *   architecture? --> number = a? allow --> number = b? allow --> ... --> kill
 */
#define LOAD(member)                                                                               \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, member))
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, (skip))
#define IF_ANY(bits, skip) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), (skip), 0)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

#define CALL(name) UNLESS(SYS_##name, 1), ALLOW
/* Memory, but none that could be run. `args` are 64 bits, the low half first. */
#define CALL_TO_MAP(name) UNLESS(SYS_##name, 4), LOAD(args[2]), IF_ANY(PROT_EXEC, 1), ALLOW, KILL
#define CALL_ON(name, descriptor)                                                                  \
    UNLESS(SYS_##name, 4), LOAD(args[0]), UNLESS(descriptor, 1), ALLOW, KILL

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define ARCHITECTURE 0
#endif

bool filter_install(int descriptor)
{
    struct sock_filter program[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        KILL,
        LOAD(nr),
        CALL_ON(write, descriptor),
        CALL(exit_group),
        CALL_TO_MAP(mmap),
        CALL_TO_MAP(mprotect),
        CALL(munmap),
        CALL(mremap),
        CALL(madvise),
        CALL(brk),
        CALL(futex),         /* the allocator's locks */
        CALL(clock_gettime), /* the processor time that was used */
        CALL(getrandom),     /* the key of the graph's index */
        CALL(sysinfo),       /* glibc's qsort asks how much memory there is */
        KILL,
    };
    struct sock_fprog filter = {sizeof program / sizeof *program, program};
    return ARCHITECTURE != 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}
