/* Milliseconds of wall time for all that comes after loading a scenario: central values, outcomes,
 * strips and 8,192 draws. Each round is a process of its own, as for a user who asks once.
 *
 *     bench_weigh [ROUNDS] [THREADS] [SCENARIO]       31 rounds, a thread for each processor,
 *                                                     scenarios/possession
 *
 * To be run from the project's folder.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/assize.h"
#include "bench/timing.h"

enum { DRAWS = 8192, MOST_ROUNDS = 999 };

static void want(const struct assize *assize, enum assize_status status)
{
    if (status == ASSIZE_OK)
        return;
    fputs(assize_messages(assize), stderr);
    _exit(1);
}

static double milliseconds_of_weighing(const char *path, unsigned threads)
{
    struct assize *assize;
    struct assize_scenario *scenario;
    struct assize_result *result;
    static const char *const folders[] = {"plugins"};
    struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = 1};
    if (assize_open(&config, &assize) != ASSIZE_OK)
        _exit(1);
    want(assize, assize_load(assize, path, NULL, &scenario));
    struct assize_weigh_options options = assize_weigh_defaults();
    options.draws = DRAWS;
    options.threads = threads;
    double start = seconds_of_clock(CLOCK_MONOTONIC);
    want(assize, assize_weigh(scenario, &options, &result));
    return 1e3 * (seconds_of_clock(CLOCK_MONOTONIC) - start);
}

/* In a process of its own. */
static double round_of(const char *path, unsigned threads)
{
    int ends[2];
    double milliseconds;
    if (pipe(ends) != 0)
        exit(1);
    if (fork() == 0) {
        milliseconds = milliseconds_of_weighing(path, threads);
        ssize_t put = write(ends[1], &milliseconds, sizeof milliseconds);
        _exit(put == sizeof milliseconds ? 0 : 1);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], &milliseconds, sizeof milliseconds);
    close(ends[0]);
    wait(NULL);
    if (got != sizeof milliseconds)
        exit(1);
    return milliseconds;
}

int main(int count, char **words)
{
    int rounds = count > 1 ? atoi(words[1]) : 31, threads = count > 2 ? atoi(words[2]) : 0;
    const char *path = count > 3 ? words[3] : "scenarios/possession";
    double each[MOST_ROUNDS];
    if (rounds < 1 || rounds > MOST_ROUNDS || threads < 0)
        return 2;
    for (int r = 0; r < rounds; r++)
        each[r] = round_of(path, (unsigned)threads);
    double middle = median(each, rounds);
    printf("%s, %d draws, after loading: %.1f ms at best, %.1f in the middle of %d rounds\n", path,
           DRAWS, each[0], middle, rounds);
    return 0;
}
