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
#include <time.h>

#include "bench/timing.h"
#include "engine/engine.h"
#include "graph/graph.h"

struct size {
    uint64_t draws;
    uint32_t cases, regimes, nodes;
    unsigned threads;
};

static const struct size usual = {16384, 8, 4, 64, 1};

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
static node_id along(struct graph *graph, const char *name, uint32_t size, uint32_t *axis)
{
    double *places = arena_array(graph->arena, size, sizeof *places);
    for (uint32_t i = 0; i < size; i++)
        places[i] = 1 + i;
    struct axis made = {.name = name, .size = size, .coordinates = places, .unit = unit_one};
    node_id node = NODE_NONE;
    built(graph, graph_axis(graph, &made, axis));
    built(graph, graph_coordinate(graph, *axis, &node));
    return node;
}

static node_id model(struct graph *graph, const struct size *size)
{
    struct graph_premise leaf = {.path = "x", .kind = VALUE_NUMBER, .unit = unit_one};
    uint32_t regime, kase;
    node_id x, half, sum;
    built(graph, graph_premise(graph, &leaf, &x));
    built(graph, graph_constant(graph, 0.5, &unit_one, &half));
    node_id y =
        two(graph, OP_MUL, two(graph, OP_MUL, x, along(graph, "regime", size->regimes, &regime)),
            along(graph, "case", size->cases, &kase));
    for (uint32_t n = 0; n < size->nodes; n++)
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
static double seconds_of(const struct size *size)
{
    struct distribution uniform = {
        .kind = DISTRIBUTION_UNIFORM, .parameter = {0.5, 1.5}, .scale = 1};
    struct arena arena;
    struct summaries summaries;
    struct engine_fault fault;
    arena_init(&arena, &allocator_heap);
    distribution_prepare(&uniform, &arena);
    struct lane_source source = {.distribution = &uniform};
    struct manner manner = {.threads = size->threads};
    struct lanes lanes = {
        .sources = &source, .count = size->draws, .first_draw = 1, .seed = 1, .manner = &manner};
    struct graph *graph = graph_new(&arena);
    node_id wanted = model(graph, size);
    struct tape *tape = tape_build(&arena, graph, &wanted, 1, &(bool){true});
    clockid_t clock = size->threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
    double start = seconds_of_clock(clock);
    engine_summarise(tape, &lanes, NULL, 0, &arena, &summaries, &fault);
    double seconds = seconds_of_clock(clock) - start;
    arena_release(&arena);
    return seconds;
}

static void print_size(const char *what, uint64_t of, const struct size *size)
{
    double least = seconds_of(size);
    for (int i = 1; i < (size->threads == 1 ? 3 : 5); i++) {
        double seconds = seconds_of(size);
        least = seconds < least ? seconds : least;
    }
    double work = (double)size->draws * size->cases * size->regimes * size->nodes;
    printf("%s,%llu,%.6f,%.3f\n", what, (unsigned long long)of, least, 1e9 * least / work);
    fflush(stdout);
}

int main(void)
{
    printf("what,size,seconds,nanoseconds for a draw, case, regime and node\n");
    for (uint64_t draws = 1024; draws <= 1024 * 1024; draws *= 4) {
        struct size size = usual;
        size.draws = draws;
        print_size("draws", draws, &size);
    }
    for (uint32_t cases = 2; cases <= 512; cases *= 4) {
        struct size size = usual;
        size.cases = cases;
        print_size("cases", cases, &size);
    }
    for (uint32_t regimes = 1; regimes <= 256; regimes *= 4) {
        struct size size = usual;
        size.regimes = regimes;
        print_size("regimes", regimes, &size);
    }
    for (uint32_t nodes = 16; nodes <= 4096; nodes *= 4) {
        struct size size = usual;
        size.nodes = nodes;
        print_size("nodes", nodes, &size);
    }
    for (unsigned threads = 2; threads <= 4; threads *= 2) {
        struct size size = usual;
        size.draws = 262144;
        size.threads = threads;
        print_size("threads", threads, &size);
    }
    return 0;
}
