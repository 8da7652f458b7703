#include "engine/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

/* More leaves in a chunk leave a thread idle at the end; fewer cost more turns. */
enum { CHUNKS_EACH = 16, MOST_CHUNK = 16, MOST_CHUNKS = 1024, MOST_WORKERS = 256 };

/* `allocator` may belong to the user, who was not told of threads. */
struct shared_allocator {
    struct allocator allocator;
    pthread_mutex_t lock;
};

struct crew {
    const struct fixed *fixed;
    const struct crew_task *task;
    uint64_t chunk; /* lanes */
    pthread_mutex_t lock;
    uint64_t next; /* the first lane that nobody has */
    bool heeds_faults;
    bool failed; /* hand out no more */
    struct engine_fault fault;
    atomic_bool stopped; /* by `progress` */
    atomic_uint_fast64_t done;
    struct shared_allocator shared;
};

/* A worker with a thread and an arena of its own. */
struct hand {
    struct worker worker;
    struct arena arena;
    pthread_t thread;
    bool full; /* its memory ran out */
};

/* --- handing out ----------------------------------------------------------------------------- */

static bool take_chunk(struct crew *crew, uint64_t *first, uint64_t *end)
{
    uint64_t total = crew->fixed->lanes->count;
    pthread_mutex_lock(&crew->lock);
    bool some = crew->next < total && !crew->failed && !atomic_load(&crew->stopped);
    if (some) {
        *first = crew->next;
        *end = total - crew->next < crew->chunk ? total : crew->next + crew->chunk;
        crew->next = *end;
    }
    pthread_mutex_unlock(&crew->lock);
    return some;
}

/* Earlier chunks are under way or done, so the least lane of all faults is the first. */
static void note_fault(struct crew *crew, const struct engine_fault *fault)
{
    pthread_mutex_lock(&crew->lock);
    if (!crew->failed || fault->lane < crew->fault.lane)
        crew->fault = *fault;
    crew->failed = true;
    pthread_mutex_unlock(&crew->lock);
}

/* The thread that asked is the first worker. */
static void report_progress(struct worker *worker, bool first)
{
    struct crew *crew = worker->crew;
    const struct lanes *lanes = crew->fixed->lanes;
    const struct manner *manner = lanes->manner;
    if (!first || manner == NULL || manner->progress == NULL)
        return;
    if (!manner->progress(manner->context, atomic_load(&crew->done), lanes->count))
        atomic_store(&crew->stopped, true);
}

/* A run that is stopped ends with a whole leaf. */
static void work_on(struct worker *worker, uint64_t lane, uint64_t end, bool first)
{
    struct crew *crew = worker->crew;
    struct run *run = &worker->run;
    while (lane < end) {
        uint64_t leaf_end = lane - lane % SUM_LEAF + SUM_LEAF;
        uint64_t stop = run->block < SUM_LEAF && leaf_end < end ? leaf_end : end;
        size_t count = stop - lane < run->block ? (size_t)(stop - lane) : run->block;
        struct engine_fault fault;
        if (lane % SUM_LEAF == 0 && atomic_load(&crew->stopped))
            return;
        run_lanes(run, lane, count);
        if (crew->heeds_faults && run_failed(run, &fault)) {
            note_fault(crew, &fault);
            return;
        }
        crew->task->block(worker, crew->task->task);
        atomic_fetch_add(&crew->done, count);
        report_progress(worker, first);
        lane += count;
    }
}

static void work(struct worker *worker, bool first)
{
    uint64_t lane, end;
    run_init(&worker->run, worker->crew->fixed, worker->arena);
    worker->crew->task->begin(worker, worker->crew->task->task);
    while (take_chunk(worker->crew, &lane, &end))
        work_on(worker, lane, end, first);
}

/* --- threads --------------------------------------------------------------------------------- */

static void *resize_shared(void *context, void *block, size_t old_size, size_t new_size)
{
    struct shared_allocator *shared = context;
    pthread_mutex_lock(&shared->lock);
    void *result = shared->allocator.resize(shared->allocator.context, block, old_size, new_size);
    pthread_mutex_unlock(&shared->lock);
    return result;
}

static void work_first(void *worker)
{
    work(worker, true);
}

static void work_other(void *worker)
{
    work(worker, false);
}

static void *hand_main(void *argument)
{
    struct hand *hand = argument;
    hand->full = !arena_try(&hand->arena, work_other, &hand->worker);
    return NULL;
}

static void release_hand(void *argument)
{
    struct hand *hand = argument;
    arena_release(&hand->arena);
}

static void hand_init(struct hand *hand, struct crew *crew, struct arena *arena, size_t share)
{
    struct allocator allocator = {resize_shared, &crew->shared};
    arena_init(&hand->arena, &allocator);
    hand->arena.limit = (arena_left(arena) + share - 1) / share;
    hand->worker.crew = crew;
    hand->worker.arena = &hand->arena;
    arena_defer(arena, release_hand, hand);
}

/* The first hand is this thread. A thread that cannot be had is done without. */
static size_t start_hands(struct hand *hands, size_t count)
{
    size_t started = 1;
    while (started < count &&
           pthread_create(&hands[started].thread, NULL, hand_main, &hands[started]) == 0)
        started++;
    hands[0].full = !arena_try(&hands[0].arena, work_first, &hands[0].worker);
    for (size_t h = 1; h < started; h++)
        pthread_join(hands[h].thread, NULL);
    return started;
}

static void work_in_threads(struct crew *crew, size_t count, struct arena *arena,
                            struct crew_report *report)
{
    struct hand *hands = arena_array(arena, count, sizeof *hands);
    crew->shared.allocator = arena->allocator;
    pthread_mutex_init(&crew->shared.lock, NULL);
    for (size_t h = 0; h < count; h++)
        hand_init(&hands[h], crew, arena, count);
    count = start_hands(hands, count);
    report->workers = arena_array(arena, count, sizeof *report->workers);
    report->worker_count = count;
    for (size_t h = 0; h < count; h++) {
        report->workers[h] = hands[h].worker;
        if (hands[h].full)
            arena_array(arena, SIZE_MAX, 2); /* out of memory here too */
    }
}

static void work_alone(struct crew *crew, struct arena *arena, struct crew_report *report)
{
    report->workers = arena_alloc(arena, sizeof *report->workers);
    report->worker_count = 1;
    *report->workers = (struct worker){.crew = crew, .arena = arena};
    work(report->workers, true);
}

/* --- the whole ------------------------------------------------------------------------------- */

static size_t processors(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (size_t)CPU_COUNT(&set);
#endif
    return 1;
}

/* A few leaves are done before a second thread has begun. */
static size_t suitable_workers(const struct lanes *lanes)
{
    enum { LEAST_LEAVES = 4 };
    uint64_t leaves = (lanes->count + SUM_LEAF - 1) / SUM_LEAF;
    size_t workers = lanes->manner == NULL ? 0 : lanes->manner->threads;
    if (workers == 0)
        workers = processors();
    if (workers > MOST_WORKERS)
        workers = MOST_WORKERS;
    if (leaves < LEAST_LEAVES)
        return 1;
    return leaves < workers ? (size_t)leaves : workers;
}

/* A power of two leaves, so that a chunk is a branch of the tree of sums. */
static uint64_t suitable_chunk(const struct lanes *lanes, size_t workers)
{
    uint64_t leaves = (lanes->count + SUM_LEAF - 1) / SUM_LEAF, chunk = 1;
    while ((2 * chunk <= MOST_CHUNK && 2 * chunk * CHUNKS_EACH * workers <= leaves) ||
           leaves / chunk > MOST_CHUNKS)
        chunk *= 2;
    return chunk * SUM_LEAF;
}

bool crew_run(const struct fixed *fixed, const struct crew_task *task, struct arena *arena,
              struct crew_report *report, struct engine_fault *fault)
{
    size_t workers = suitable_workers(fixed->lanes);
    struct crew *crew = arena_alloc(arena, sizeof *crew);
    crew->fixed = fixed;
    crew->task = task;
    crew->heeds_faults = fault != NULL;
    crew->chunk = suitable_chunk(fixed->lanes, workers);
    pthread_mutex_init(&crew->lock, NULL);
    atomic_init(&crew->stopped, false);
    atomic_init(&crew->done, 0);
    if (workers == 1)
        work_alone(crew, arena, report);
    else
        work_in_threads(crew, workers, arena, report);
    report->lanes = atomic_load(&crew->done);
    if (crew->failed)
        *fault = crew->fault;
    return !crew->failed;
}
