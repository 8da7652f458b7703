/* A population: its two readings, and the premises of its classes. */
#include "analysis/population.h"

#include <math.h>
#include <string.h>

#include "analysis/population_parts.h"

/* Room for products of weights and values. */
#define MOST_WEIGHT 1e100

/* --- the first reading: classes --------------------------------------------------------------- */

static void count_lacking(const struct roll *roll, struct population *population,
                          const struct csv_row *row)
{
    population->dropped++;
    for (size_t i = 0; i < roll->needed_count; i++)
        population->reasons[i].rows += roll_cell_missing(roll, row, roll->needed[i]);
}

static void reasons_make(struct arena *arena, const struct roll *roll,
                         struct population *population)
{
    population->reason_count = roll->needed_count;
    population->reasons = arena_array(arena, roll->needed_count, sizeof *population->reasons);
    for (size_t i = 0; i < roll->needed_count; i++)
        population->reasons[i].column = arena_string(arena, roll->header[roll->needed[i]].text);
}

static enum status classes_find(struct roll *roll, struct population *population,
                                const char *const **ids)
{
    struct arena *arena = roll->scenario->arena;
    struct csv_row row;
    enum roll_row kind;
    population->classes = class_table_new(arena, roll->records);
    reasons_make(arena, roll, population);
    while ((kind = roll_next(roll, &row)) != ROLL_END) {
        if (kind == ROLL_PERSON)
            class_table_count(population->classes, roll, &row);
        else if (kind == ROLL_LACKS)
            count_lacking(roll, population, &row);
    }
    population->rows = roll->rows;
    enum status status = roll_close(roll, population->hash);
    if (status != STATUS_OK)
        return status;
    return class_table_close(population->classes, roll, population, ids);
}

static void record_input(struct plugin_library *library, const struct roll *roll,
                         const char hash[HASH_TEXT])
{
    uint64_t size, all;
    csv_progress(roll->csv, &size, &all);
    library_record_hashed(library, "records", size, hash);
}

enum status population_open(struct plugin_library *library, struct scenario *scenario,
                            struct population **population, struct diags *diags)
{
    const struct records *records = scenario->records;
    *population = NULL;
    if (records == NULL)
        return STATUS_OK;
    struct population *made = arena_alloc(scenario->arena, sizeof *made);
    *made = (struct population){.file = records->file,
                                .weight = records->columns[records->column_count - 1].column,
                                .smallest_cell = records->smallest_cell,
                                .is_private = records->is_private,
                                .column_count = records->column_count};
    struct arena *scratch = arena_child(scenario->arena);
    struct roll roll;
    const char *const *ids = NULL;
    enum status status = roll_open(&roll, scratch, scenario, diags);
    if (status == STATUS_OK)
        status = classes_find(&roll, made, &ids);
    if (status == STATUS_OK)
        record_input(library, &roll, made->hash);
    arena_release(scratch);
    if (status != STATUS_OK)
        return status;
    *population = made;
    return scenario_set_classes(scenario, ids, made->class_count, diags);
}

/* --- the second reading: values --------------------------------------------------------------- */

struct filling {
    struct roll roll;
    struct population *population;
    double **columns; /* [use] */
    uint64_t *next;   /* [class]: where its next person stands */
    double *kept;     /* [use]: sums over rows, in base units */
    double *dropped;  /* [use]: of rows that have a value */
    uint64_t *with;   /* [use]: how many those are */
    bool changed;     /* the file is another than before */
};

static enum status fault_changed(const struct filling *filling)
{
    struct diags *diags = filling->roll.diags;
    struct place place = csv_place(filling->roll.csv, 0, 0);
    return diags_error(diags, STATUS_IO, place, "the file has changed while it was being read");
}

static bool is_wanted(const struct filling *filling, size_t use)
{
    return filling->roll.records->columns[use].bound;
}

/* Columns lie in the model's arena; they may be many times the size of all else. */
static enum status columns_make(struct filling *filling)
{
    struct roll *roll = &filling->roll;
    struct arena *arena = roll->scenario->arena;
    struct population *population = filling->population;
    size_t uses = roll->records->column_count, wanted = 0;
    for (size_t i = 0; i < uses; i++)
        wanted += is_wanted(filling, i);
    double bytes = (double)wanted * (double)population->persons * sizeof(double);
    if (arena->limit != 0 && bytes > (double)arena_left(arena)) {
        struct place place = csv_place(roll->csv, 0, 0);
        return diags_error(roll->diags, STATUS_IO, place,
                           "%.0f MiB are needed to hold the persons, more than there may be",
                           bytes / (1 << 20));
    }
    filling->columns = arena_array(arena, uses, sizeof *filling->columns);
    for (size_t i = 0; i < uses; i++)
        if (is_wanted(filling, i))
            filling->columns[i] = arena_array(arena, population->persons, sizeof(double));
    filling->next = arena_array(roll->arena, population->class_count, sizeof *filling->next);
    memcpy(filling->next, population->first, population->class_count * sizeof *filling->next);
    filling->kept = arena_array(roll->arena, uses, sizeof *filling->kept);
    filling->dropped = arena_array(roll->arena, uses, sizeof *filling->dropped);
    filling->with = arena_array(roll->arena, uses, sizeof *filling->with);
    return STATUS_OK;
}

static void person_read(struct filling *filling, const struct csv_row *row)
{
    struct roll *roll = &filling->roll;
    size_t kase;
    if (!class_table_find(filling->population->classes, roll, row, &kase) ||
        filling->next[kase] == filling->population->first[kase + 1]) {
        filling->changed = roll->stopped = true;
        return;
    }
    uint64_t person = filling->next[kase]++;
    for (size_t i = 0; i < roll->records->column_count; i++) {
        double value = 1;
        if (filling->columns[i] == NULL)
            continue;
        if (roll->use_at[i] != ROLL_NONE)
            record_cell_value(roll, i, row, false, &value);
        filling->columns[i][person] = value;
        filling->kept[i] += value;
    }
}

/* What a row that is dropped does say is compared with the rows that stay. */
static void dropped_read(struct filling *filling, const struct csv_row *row)
{
    struct roll *roll = &filling->roll;
    for (size_t i = 0; i < roll->records->column_count; i++) {
        size_t at = roll->use_at[i];
        double value;
        if (filling->columns[i] == NULL || at == ROLL_NONE || roll_cell_missing(roll, row, at) ||
            !record_cell_value(roll, i, row, true, &value))
            continue;
        filling->dropped[i] += value;
        filling->with[i]++;
    }
}

static enum status values_read(struct filling *filling)
{
    struct roll *roll = &filling->roll;
    struct csv_row row;
    enum roll_row kind;
    char hash[HASH_TEXT];
    while ((kind = roll_next(roll, &row)) != ROLL_END) {
        if (kind == ROLL_PERSON)
            person_read(filling, &row);
        else if (kind == ROLL_LACKS)
            dropped_read(filling, &row);
    }
    if (filling->changed)
        return fault_changed(filling);
    enum status status = roll_close(roll, hash);
    if (status == STATUS_OK && memcmp(hash, filling->population->hash, HASH_TEXT) != 0)
        return fault_changed(filling);
    return status;
}

/* --- what follows from the values ------------------------------------------------------------- */

static void compare_dropped(struct filling *filling)
{
    struct population *population = filling->population;
    const struct records *records = filling->roll.records;
    population->compared = arena_array(filling->roll.scenario->arena, records->column_count,
                                       sizeof *population->compared);
    for (size_t i = 0; i < records->column_count && population->dropped > 0; i++) {
        const struct record_column *use = &records->columns[i];
        if (filling->columns[i] == NULL || use->kind != VALUE_NUMBER || use->column == NULL)
            continue;
        uint64_t with = filling->with[i];
        double scale = use->unit_scale;
        struct dropped_compared *compared = &population->compared[population->compared_count++];
        *compared = (struct dropped_compared){.name = use->name,
                                              .column = use->column,
                                              .unit_text = use->unit_text,
                                              .kept = filling->kept[i] /
                                                      (double)population->persons / scale,
                                              .dropped = (double)NAN,
                                              .dropped_with = with};
        if (with > 0 && with >= population->smallest_cell)
            compared->dropped = filling->dropped[i] / (double)with / scale;
    }
}

static enum status fault_weights(const struct filling *filling, const char *message,
                                 const char *remedy)
{
    const struct roll *roll = &filling->roll;
    const struct record_column *share =
        &roll->records->columns[filling->population->column_count - 1];
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = share->node->place,
                        .width = share->node->width,
                        .message = message,
                        .remedy = remedy};
    yaml_report(roll->diags, &roll->scenario->file, &diag);
    return STATUS_SCENARIO;
}

/* What is said of a class is said of those who have a weight, unless nobody in it has. */
static enum status weighty_check(const struct filling *filling)
{
    const struct population *population = filling->population;
    const struct scenario *scenario = filling->roll.scenario;
    struct arena *arena = filling->roll.diags->arena;
    enum status status = STATUS_OK;
    for (size_t c = 0; population->weights != NULL && c < population->class_count; c++) {
        uint64_t weighty = 0;
        for (uint64_t p = population->first[c]; p < population->first[c + 1]; p++)
            weighty += population->weights[p] > 0;
        if (weighty == 0 || weighty >= population->smallest_cell)
            continue;
        status = fault_weights(
            filling,
            arena_printf(arena,
                         "class `%s` has fewer than %llu persons with a weight above 0: no figure "
                         "about them may be shown",
                         scenario->cases[c], (unsigned long long)population->smallest_cell),
            "put it together with another under `records.class.names`, or leave rows of the "
            "weight 0 out of the file");
    }
    return status;
}

static enum status weights_take(struct filling *filling)
{
    struct population *population = filling->population;
    const struct roll *roll = &filling->roll;
    const struct record_column *share = &roll->records->columns[population->column_count - 1];
    const double *column = filling->columns[population->column_count - 1];
    double all = 0;
    population->class_weight = arena_array(roll->scenario->arena, population->class_count,
                                           sizeof *population->class_weight);
    if (share->column != NULL)
        population->weights = column;
    for (size_t c = 0; c < population->class_count; c++) {
        for (uint64_t p = population->first[c]; p < population->first[c + 1]; p++) {
            population->class_weight[c] += column[p];
            population->heaviest = fmax(population->heaviest, column[p]);
        }
        all += population->class_weight[c];
    }
    if (!(all > 0 && all <= MOST_WEIGHT))
        return fault_weights(filling,
                             !(all > 0)      ? "every weight is 0"
                             : isfinite(all) ? "the weights add up to more than 1e100"
                                             : "the weights add up to more than a number can hold",
                             "weights say how many people a person stands for");
    return weighty_check(filling);
}

/* Over persons of a class by weight; where none has any, by head. */
static double class_mean(const struct population *population, const double *column, size_t kase)
{
    bool weighted = population->weights != NULL && population->class_weight[kase] > 0;
    double sum = 0, all = 0;
    for (uint64_t p = population->first[kase]; p < population->first[kase + 1]; p++) {
        double weight = weighted ? population->weights[p] : 1;
        sum += weight * column[p];
        all += weight;
    }
    return sum / all;
}

static double class_mode(struct arena *scratch, const struct population *population,
                         const double *column, size_t kase, size_t values)
{
    bool weighted = population->weights != NULL && population->class_weight[kase] > 0;
    double *sums = arena_array(scratch, values, sizeof *sums);
    for (uint64_t p = population->first[kase]; p < population->first[kase + 1]; p++)
        sums[(size_t)column[p]] += weighted ? population->weights[p] : 1;
    size_t most = 0;
    for (size_t i = 1; i < values; i++)
        if (sums[i] > sums[most])
            most = i;
    return (double)most;
}

/* So many persons there are at least among those with a part of all weight. */
static double persons_at_least(const struct population *population, double share)
{
    double all = 0;
    for (size_t c = 0; c < population->class_count; c++)
        all += population->class_weight[c];
    return share * all / population->heaviest;
}

bool population_may_tell(const struct population *population, double share)
{
    double few = (double)population->smallest_cell * (1 - 1e-9);
    return share <= 0 || share >= 1 ||
           (persons_at_least(population, share) >= few &&
            persons_at_least(population, 1 - share) >= few);
}

size_t population_class_of(const struct scenario *scenario, const char *path, const char **rest)
{
    static const char cases[] = "cases.";
    if (strncmp(path, cases, sizeof cases - 1) != 0)
        return scenario->case_count;
    const char *id = path + sizeof cases - 1;
    size_t length = strcspn(id, "."), c = 0;
    while (c < scenario->case_count &&
           (strlen(scenario->cases[c]) != length || strncmp(scenario->cases[c], id, length) != 0))
        c++;
    *rest = id[length] == '.' ? id + length + 1 : "";
    return c;
}

static void premise_fill(struct filling *filling, struct premise *premise)
{
    const struct population *population = filling->population;
    const double *column = filling->columns[premise->column - 1];
    const char *name;
    size_t kase = population_class_of(filling->roll.scenario, premise->path, &name);
    if (premise->column == population->column_count) {
        double all = 0;
        for (size_t c = 0; c < population->class_count; c++)
            all += population->class_weight[c];
        premise->value = population->class_weight[kase] / all;
    } else if (premise->kind == VALUE_NUMBER) {
        premise->value = class_mean(population, column, kase);
    } else {
        size_t values = premise->kind == VALUE_TRUTH ? 2 : premise->label_count;
        premise->value = class_mode(filling->roll.arena, population, column, kase, values);
    }
}

static enum status fill(struct filling *filling, struct scenario *scenario)
{
    enum status status = columns_make(filling);
    if (status == STATUS_OK)
        status = values_read(filling);
    if (status == STATUS_OK)
        status = weights_take(filling);
    if (status != STATUS_OK)
        return status;
    filling->population->columns = (const double **)filling->columns;
    compare_dropped(filling);
    for (size_t i = 0; i < scenario->premise_count; i++)
        if (scenario->premises[i].column != 0)
            premise_fill(filling, &scenario->premises[i]);
    return STATUS_OK;
}

enum status population_fill(struct scenario *scenario, struct population *population,
                            struct diags *diags)
{
    if (population == NULL)
        return STATUS_OK;
    struct filling filling = {.population = population};
    struct arena *scratch = arena_child(scenario->arena);
    enum status status = roll_open(&filling.roll, scratch, scenario, diags);
    if (status == STATUS_OK)
        status = fill(&filling, scenario);
    arena_release(scratch);
    return status;
}
