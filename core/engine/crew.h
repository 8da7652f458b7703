/* A request's lanes shared out among threads. Private to core/engine.
 *
 * Lanes are handed out in chunks of whole leaves, from the first to the last,
 * to whoever is free. Who does which changes no result.
 */
#ifndef ASSIZE_ENGINE_CREW_H
#define ASSIZE_ENGINE_CREW_H

#include "engine/run.h"

struct crew;

/* One thread's share. `arena` is its own while it works. */
struct worker {
    struct crew *crew;
    struct arena *arena;
    struct run run;
    void *work; /* whatever the caller of crew_run() keeps for it */
};

/* What is to be done: called by the thread that does it, so that they may use worker->arena. */
struct crew_task {
    void (*begin)(struct worker *worker, const void *task);
    void (*block)(struct worker *worker, const void *task); /* worker->run holds a block */
    const void *task;
};

struct crew_report {
    struct worker *workers; /* those that had a share */
    size_t worker_count;
    uint64_t lanes; /* that were done */
};

/* Runs all lanes. Returns false on a fault, which is the first; where `fault` is NULL there is
 * none, and values that do not fit are NaN. What workers made lies in `arena`, or lives until it is
 * released. */
bool crew_run(const struct fixed *fixed, const struct crew_task *task, struct arena *arena,
              struct crew_report *report, struct engine_fault *fault);

#endif
