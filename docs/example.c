/* The C API in one page: weighs a scenario and prints what each theory says of each regime.
 *
 *     cc docs/example.c -Icore/api build/release/libassize.a \
 *        $(pkg-config --libs lua5.4 yaml-0.1 jansson libmd) -lm -o example
 *     ./example plugins scenarios/toy
 */
#include <stdio.h>

#include "assize.h"

static void print_opinions(const struct assize_result *result)
{
    for (size_t t = 0; t < assize_theories(result); t++)
        for (size_t r = 0; r < assize_regimes(result); r++) {
            struct assize_opinion opinion = assize_opinion(result, t, r);
            printf("%s on %s: %s, %.3f\n", assize_theory_id(result, t), assize_regime_id(result, r),
                   assize_verdict_name(opinion.verdict), opinion.score);
        }
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: example PLUGINS SCENARIO\n");
        return ASSIZE_USAGE;
    }
    const char *folders[] = {arguments[1]};
    struct assize_config config = {.plugin_folders = folders, .plugin_folder_count = 1};
    struct assize *assize = NULL;
    struct assize_scenario *scenario = NULL;
    struct assize_result *result = NULL;
    enum assize_status status = assize_open(&config, &assize);
    if (status != ASSIZE_OK)
        return status;
    status = assize_load(assize, arguments[2], NULL, &scenario);
    if (status == ASSIZE_OK)
        status = assize_weigh(scenario, NULL, &result);
    if (status == ASSIZE_OK)
        print_opinions(result);
    fputs(assize_messages(assize), stderr);
    assize_close(assize);
    return status;
}
