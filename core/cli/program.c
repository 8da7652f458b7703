#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

enum { PATH_BYTES = 4096, OWN_FOLDERS = 2 };

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The folder of the running program, or false. */
static bool program_folder(char folder[PATH_BYTES])
{
    ssize_t length = readlink("/proc/self/exe", folder, PATH_BYTES - 1);
    if (length <= 0)
        return false;
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    return true;
}

/* The plugins that came with the program: installed beside it, or in the tree it was built in.
 * Returns how many of `folders` are filled. */
static size_t find_own(char folders[OWN_FOLDERS][2 * PATH_BYTES])
{
    static const char *const places[OWN_FOLDERS] = {"../share/assize/plugins", "../../plugins"};
    char folder[PATH_BYTES];
    size_t count = 0;
    if (!program_folder(folder))
        return 0;
    for (size_t i = 0; i < OWN_FOLDERS; i++) {
        snprintf(folders[count], 2 * PATH_BYTES, "%s/%s", folder, places[i]);
        count += is_folder(folders[count]);
    }
    return count;
}

int program_open(const struct arguments *arguments, struct assize **assize)
{
    char own[OWN_FOLDERS][2 * PATH_BYTES];
    size_t extra = option_count(arguments, "plugins"), own_count = find_own(own);
    const char **folders = allocate(extra + own_count, sizeof *folders);
    struct assize_config config = {.plugin_folders = folders};
    int failed = 0;
    for (size_t i = 0; i < extra; i++) {
        const char *folder = option_value_at(arguments, "plugins", i);
        if (!is_folder(folder)) {
            fprintf(stderr, "assize: --plugins %s: no such folder\n", folder);
            failed = ASSIZE_IO;
        }
        folders[config.plugin_folder_count++] = folder;
    }
    for (size_t i = 0; i < own_count; i++)
        folders[config.plugin_folder_count++] = own[i];
    if (failed == 0 && assize_open(&config, assize) != ASSIZE_OK) {
        fputs("assize: out of memory\n", stderr);
        failed = ASSIZE_IO;
    }
    free(folders);
    return failed;
}

int program_report(const struct assize *assize, enum assize_status status)
{
    fputs(assize_messages(assize), stderr);
    return (int)status;
}

/* --- changes --------------------------------------------------------------------------------- */

/* The `=` between path and value: the first that stands in no quoted step. */
static const char *find_equals(const char *text)
{
    bool quoted = false;
    for (; *text != '\0'; text++) {
        quoted = quoted != (*text == '"');
        if (*text == '=' && !quoted)
            return text;
    }
    return NULL;
}

static int read_change(const struct arguments *arguments, const char *text,
                       struct assize_change *change)
{
    const char *equals = find_equals(text);
    if (equals == NULL || equals == text)
        return usage_error(arguments, "`--set` takes PATH=VALUE, not `%s`", text);
    char *path = allocate((size_t)(equals - text) + 1, 1);
    memcpy(path, text, (size_t)(equals - text));
    *change = (struct assize_change){path, equals + 1};
    return 0;
}

int read_changes(const struct arguments *arguments, struct changes *changes)
{
    size_t set = option_count(arguments, "set"), drop = option_count(arguments, "drop");
    changes->changes = allocate(set, sizeof *changes->changes);
    changes->drop = allocate(drop, sizeof *changes->drop);
    changes->options =
        (struct assize_load_options){.changes = changes->changes, .drop = changes->drop};
    for (size_t i = 0; i < drop; i++)
        changes->drop[changes->options.drop_count++] = option_value_at(arguments, "drop", i);
    int failed = 0;
    for (size_t i = 0; failed == 0 && i < set; i++) {
        failed = read_change(arguments, option_value_at(arguments, "set", i), &changes->changes[i]);
        changes->options.change_count += failed == 0;
    }
    return failed;
}

void changes_release(struct changes *changes)
{
    for (size_t i = 0; i < changes->options.change_count; i++)
        free((char *)changes->changes[i].path);
    free(changes->changes);
    free(changes->drop);
}

int read_drawn(const struct arguments *arguments, struct assize_weigh_options *weigh,
               struct assize_load_options *load)
{
    static const char *const samplings[] = {"random", "sobol", NULL};
    size_t sampling;
    int failed = option_number(arguments, "draws", weigh->draws, &weigh->draws);
    failed = failed != 0 ? failed : option_number(arguments, "seed", weigh->seed, &weigh->seed);
    failed = failed != 0 ? failed : option_choice(arguments, "sampling", samplings, &sampling);
    if (failed != 0)
        return failed;
    weigh->sampling = (enum assize_sampling)sampling;
    load->draws_from = option_value(arguments, "draws-from");
    if (load->draws_from != NULL && weigh->draws == 0)
        return usage_error(arguments, "`--draws 0` and `--draws-from` do not go together: every "
                                      "row of the table is a draw");
    return 0;
}

int program_weigh_undrawn(const struct arguments *arguments, struct assize *assize,
                          const struct changes *changes, struct assize_result **result)
{
    struct assize_weigh_options weigh = assize_weigh_defaults();
    struct assize_scenario *scenario;
    weigh.draws = weigh.resamples = 0;
    int failed = program_report(
        assize, assize_load(assize, arguments->operands[0], &changes->options, &scenario));
    return failed != 0 ? failed : program_report(assize, assize_weigh(scenario, &weigh, result));
}
