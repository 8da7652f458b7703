/* The system calls that a confined child may make: to compute, to write to one descriptor and to
 * end. Private to core/cell. */
#ifndef ASSIZE_CELL_FILTER_H
#define ASSIZE_CELL_FILTER_H

#include <stdbool.h>

/* From now on every other call kills the process with SIGSYS. Wants PR_SET_NO_NEW_PRIVS. False when
 * the kernel, or this machine's architecture, has no filter: then nothing may run. */
bool filter_install(int descriptor);

#endif
