/* How cost grows: one thing at a time is made larger, all else stays.
 *
 *     engine_growth
 *
 * Prints a table: what grows, its size, seconds, and seconds for each draw, case, regime and node.
 * The model is a chain of operations along regime and case, summed over cases: exp, log and a
 * division among nine of ten cheap ones. Seconds are processor time on one thread, the least of
 * three; but of threads wall time, the least of five.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/timing.h"
#include "engine/engine.h"
#include "graph/graph.h"

enum { BY_DRAWS, BY_CASES, BY_REGIMES, BY_NODES, BY_THREADS, SIZES };

/* How large everything is. */
typedef uint64_t sizes[SIZES];

static const sizes usual = {16384, 8, 4, 64, 1};

/* What grows from `first` to `last`, four times at a step, threads twice, at so many draws. */
static const struct growth {
    const char *name;
    uint64_t first, last, draws;
} growths[SIZES] = {[BY_DRAWS] = {"draws", 1024, 1024 * 1024, 0},
                    [BY_CASES] = {"cases", 2, 512, 16384},
                    [BY_REGIMES] = {"regimes", 1, 256, 16384},
                    [BY_NODES] = {"nodes", 16, 4096, 16384},
                    [BY_THREADS] = {"threads", 2, 4, 262144}};

/* --- the model ------------------------------------------------------------------------------- */

static void built(const struct graph *graph, enum status status)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "%s\n", graph->fault);
    exit(1);
}

static node_id two(struct graph *graph, enum op op, node_id a, node_id b)
{
    node_id node = NODE_NONE;
    built(graph, graph_apply(graph, op, (node_id[]){a, b}, 2, 0, &node));
    return node;
}

static node_id one(struct graph *graph, enum op op, node_id a)
{
    node_id node = NODE_NONE;
    built(graph, graph_apply(graph, op, &a, 1, 0, &node));
    return node;
}

/* An axis whose places are 1, 2, ..., as a node. */
static node_id along(struct graph *graph, const char *name, uint64_t size, uint32_t *axis)
{
    double *places = arena_array(graph->arena, size, sizeof *places);
    for (uint32_t i = 0; i < size; i++)
        places[i] = 1 + i;
    struct axis made = {
        .name = name, .size = (uint32_t)size, .coordinates = places, .unit = unit_one};
    node_id node = NODE_NONE;
    built(graph, graph_axis(graph, &made, axis));
    built(graph, graph_coordinate(graph, *axis, &node));
    return node;
}

static node_id model(struct graph *graph, const sizes size)
{
    struct graph_premise leaf = {.path = "x", .kind = VALUE_NUMBER, .unit = unit_one};
    uint32_t regime, kase;
    node_id x, half, sum;
    built(graph, graph_premise(graph, &leaf, &x));
    built(graph, graph_constant(graph, 0.5, &unit_one, &half));
    node_id y =
        two(graph, OP_MUL, two(graph, OP_MUL, x, along(graph, "regime", size[BY_REGIMES], &regime)),
            along(graph, "case", size[BY_CASES], &kase));
    for (uint64_t n = 0; n < size[BY_NODES]; n++)
        switch (n % 10) {
        case 3:
            y = one(graph, OP_LOG, two(graph, OP_ADD, one(graph, OP_ABS, y), half));
            break;
        case 6:
            y = two(graph, OP_DIV, y, two(graph, OP_ADD, x, half));
            break;
        case 9:
            y = one(graph, OP_EXP, two(graph, OP_MIN, y, half));
            break;
        default:
            y = two(graph, n % 2 == 0 ? OP_MUL : OP_SUB, y, n % 3 == 0 ? x : half);
        }
    built(graph, graph_reduce(graph, OP_SUM, kase, y, &sum));
    return sum;
}

/* --- measuring ------------------------------------------------------------------------------- */

/* One run with sampling and summaries; building the tape is not counted. */
static double seconds_of(const sizes size)
{
    struct distribution uniform = {
        .kind = DISTRIBUTION_UNIFORM, .parameter = {0.5, 1.5}, .scale = 1};
    struct arena arena;
    struct summaries summaries;
    struct engine_fault fault;
    arena_init(&arena, &allocator_heap);
    distribution_prepare(&uniform, &arena);
    struct lane_source source = {.distribution = &uniform};
    struct manner manner = {.threads = (unsigned)size[BY_THREADS]};
    struct lanes lanes = {
        .sources = &source, .count = size[BY_DRAWS], .first_draw = 1, .seed = 1, .manner = &manner};
    struct graph *graph = graph_new(&arena);
    node_id wanted = model(graph, size);
    struct tape *tape = tape_build(&arena, graph, &wanted, 1, &(bool){true});
    clockid_t clock = size[BY_THREADS] == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
    double start = seconds_of_clock(clock);
    engine_summarise(tape, &lanes, NULL, 0, &arena, &summaries, &fault);
    double seconds = seconds_of_clock(clock) - start;
    arena_release(&arena);
    return seconds;
}

static void print_size(const char *what, uint64_t of, const sizes size)
{
    double least = seconds_of(size);
    for (int i = 1; i < (size[BY_THREADS] == 1 ? 3 : 5); i++) {
        double seconds = seconds_of(size);
        least = seconds < least ? seconds : least;
    }
    uint64_t work = size[BY_DRAWS] * size[BY_CASES] * size[BY_REGIMES] * size[BY_NODES];
    printf("%s,%llu,%.6f,%.3f\n", what, (unsigned long long)of, least, 1e9 * least / (double)work);
    fflush(stdout);
}

int main(void)
{
    printf("what,size,seconds,nanoseconds for a draw, case, regime and node\n");
    for (int g = 0; g < SIZES; g++) {
        sizes size;
        memcpy(size, usual, sizeof size);
        size[BY_DRAWS] = growths[g].draws;
        for (uint64_t of = growths[g].first; of <= growths[g].last; of *= g == BY_THREADS ? 2 : 4) {
            size[g] = of;
            print_size(growths[g].name, of, size);
        }
    }
    return 0;
}
