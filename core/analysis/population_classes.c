/* Classes of persons: the texts of a column, their names, and what is too small to stand alone. */
#include <stdlib.h>
#include <string.h>

#include "analysis/population_parts.h"

enum { MOST_TEXTS = 4000 }; /* before small classes are put together */
enum { SLOTS = 8192 };      /* twice what a map of the scenario may hold, and a power of 2 */

_Static_assert((int)SLOTS > 2 * (int)YAML_MOST_KEYS, "the table of texts must not fill up");

struct class_text {
    const char *text; /* NULL: the slot is free */
    size_t length;
    uint32_t kase;
};

struct class_entry {
    const char *name;
    uint64_t persons;
    bool pooled;
    size_t place; /* among the classes that stand */
};

struct class_table {
    struct arena *arena;
    bool named;               /* by the scenario; else by the texts themselves */
    struct class_text *texts; /* [SLOTS] */
    struct class_entry *list;
    size_t count;
};

/* --- texts ------------------------------------------------------------------------------------ */

static struct class_text *text_slot(const struct class_table *table, const char *text,
                                    size_t length)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    for (size_t at = hash & (SLOTS - 1);; at = (at + 1) & (SLOTS - 1)) {
        struct class_text *slot = &table->texts[at];
        bool same =
            slot->text != NULL && slot->length == length && memcmp(slot->text, text, length) == 0;
        if (same || slot->text == NULL)
            return slot;
    }
}

static void text_enter(struct class_table *table, const char *text, size_t length, uint32_t kase)
{
    struct class_text *slot = text_slot(table, text, length);
    *slot = (struct class_text){arena_string_n(table->arena, text, length), length, kase};
}

static uint32_t class_add(struct class_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->list[i].name, name) == 0)
            return (uint32_t)i;
    table->list = arena_grow(table->arena, table->list, table->count, sizeof *table->list);
    table->list[table->count] = (struct class_entry){.name = name};
    return (uint32_t)table->count++;
}

struct class_table *class_table_new(struct arena *arena, const struct records *records)
{
    struct class_table *table = arena_alloc(arena, sizeof *table);
    *table = (struct class_table){.arena = arena, .named = records->class_names != NULL};
    if (records->class_column == NULL) {
        class_add(table, "all");
        return table;
    }
    table->texts = arena_array(arena, SLOTS, sizeof *table->texts);
    for (size_t i = 0; i < records->class_name_count; i++) {
        const struct record_name *name = &records->class_names[i];
        text_enter(table, name->text, strlen(name->text), class_add(table, name->name));
    }
    return table;
}

/* --- counting --------------------------------------------------------------------------------- */

static void fault_unnamed(struct roll *roll, const struct csv_row *row)
{
    const struct csv_cell *cell = &row->cells[roll->class_at];
    if (diags_have_room(roll->diags))
        roll_fault(roll, row, roll->class_at,
                   arena_printf(roll->diags->arena, "%s has no name among `records.class.names`",
                                roll_shown(roll, cell)),
                   "add it there");
    else
        roll_fault(roll, row, roll->class_at, "", NULL);
}

static void fault_too_many(struct roll *roll)
{
    const struct records *records = roll->records;
    struct diag diag = {.status = STATUS_SCENARIO,
                        .place = records->class_node->place,
                        .width = records->class_node->width,
                        .message = arena_printf(roll->diags->arena,
                                                "the records have more than %d classes",
                                                RECORDS_MOST_CLASSES),
                        .remedy = "group them: `class: {column: ..., names: {text: class, ...}}`"};
    yaml_report(roll->diags, &roll->scenario->file, &diag);
    roll->stopped = true;
}

static bool text_names(struct class_table *table, struct roll *roll, const struct csv_row *row)
{
    const struct csv_cell *cell = &row->cells[roll->class_at];
    if (table->named) {
        fault_unnamed(roll, row);
        return false;
    }
    const char *name = arena_string_n(roll->arena, cell->text, cell->length);
    const char *why = class_name_fault(name);
    if (why != NULL) {
        const char *message =
            diags_have_room(roll->diags)
                ? arena_printf(roll->diags->arena, "%s cannot be the name of a class: %s",
                               roll_shown(roll, cell), why)
                : "";
        roll_fault(roll, row, roll->class_at, message,
                   "give names: `class: {column: ..., names: {text: name, ...}}`");
        return false;
    }
    if (table->count == MOST_TEXTS) {
        fault_too_many(roll);
        return false;
    }
    name = arena_string(table->arena, name);
    text_enter(table, name, cell->length, class_add(table, name));
    return true;
}

void class_table_count(struct class_table *table, struct roll *roll, const struct csv_row *row)
{
    if (roll->class_at == ROLL_NONE) {
        table->list[0].persons++;
        return;
    }
    const struct csv_cell *cell = &row->cells[roll->class_at];
    const struct class_text *slot = text_slot(table, cell->text, cell->length);
    if (slot->text == NULL) {
        if (!text_names(table, roll, row))
            return;
        slot = text_slot(table, cell->text, cell->length);
    }
    table->list[slot->kase].persons++;
}

/* --- pooling ---------------------------------------------------------------------------------- */

/* The smallest class that stands alone and has persons; `count` when there is none. */
static size_t smallest_alone(const struct class_table *table)
{
    size_t found = table->count;
    for (size_t i = 0; i < table->count; i++) {
        const struct class_entry *entry = &table->list[i];
        bool alone = entry->persons > 0 && !entry->pooled;
        if (alone && (found == table->count || entry->persons < table->list[found].persons))
            found = i;
    }
    return found;
}

/* Until nothing is left that is too small, together or alone. A class that is called `other` itself
 * goes with them. Returns how many classes were put together. */
static uint64_t pool(struct class_table *table, uint64_t smallest)
{
    uint64_t persons = 0, classes = 0;
    for (;;) {
        size_t next = smallest_alone(table);
        bool short_of = persons > 0 && persons < smallest;
        if (next == table->count || (!short_of && table->list[next].persons >= smallest))
            break;
        table->list[next].pooled = true;
        persons += table->list[next].persons;
        classes++;
    }
    for (size_t i = 0; classes > 0 && i < table->count; i++)
        if (strcmp(table->list[i].name, "other") == 0 && table->list[i].persons > 0) {
            classes += !table->list[i].pooled;
            table->list[i].pooled = true;
        }
    return classes;
}

static int by_name(const void *left, const void *right)
{
    const struct class_entry *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

/* In the order of their names in the scenario, else of the alphabet; `other` comes last. */
static size_t place_all(struct class_table *table, uint64_t pooled, const char **ids)
{
    struct class_entry **order = arena_array(table->arena, table->count, sizeof *order);
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        order[i] = &table->list[i];
    if (!table->named && table->count > 1)
        qsort(order, table->count, sizeof *order, by_name);
    for (size_t i = 0; i < table->count; i++)
        if (order[i]->persons > 0 && !order[i]->pooled) {
            ids[count] = order[i]->name;
            order[i]->place = count++;
        }
    for (size_t i = 0; i < table->count; i++)
        if (order[i]->pooled)
            order[i]->place = count;
    if (pooled > 0)
        ids[count++] = "other";
    return count;
}

static void count_all(const struct class_table *table, struct population *population)
{
    population->first =
        arena_array(table->arena, population->class_count + 1, sizeof *population->first);
    for (size_t i = 0; i < table->count; i++)
        if (table->list[i].persons > 0)
            population->first[table->list[i].place + 1] += table->list[i].persons;
    for (size_t c = 0; c < population->class_count; c++)
        population->first[c + 1] += population->first[c];
}

enum status class_table_close(struct class_table *table, struct roll *roll,
                              struct population *population, const char *const **ids)
{
    const char **made = arena_array(table->arena, table->count + 1, sizeof *made);
    uint64_t persons = 0;
    for (size_t i = 0; i < table->count; i++)
        persons += table->list[i].persons;
    population->persons = persons;
    population->pooled_classes = 0;
    if (persons < roll->records->smallest_cell || persons == 0) {
        struct place place = csv_place(roll->csv, 0, 0);
        return diags_error(roll->diags, STATUS_SCENARIO, place,
                           persons == 0 && population->dropped > 0
                               ? "no person is left: every row lacks a value"
                           : persons == 0 ? "the table has no rows"
                                          : "the table has fewer persons than `smallest_cell`: no "
                                            "figure about them may be shown");
    }
    population->pooled_classes = pool(table, roll->records->smallest_cell);
    population->class_count = place_all(table, population->pooled_classes, made);
    population->pooled_class = population->class_count - (population->pooled_classes > 0);
    count_all(table, population);
    *ids = made;
    if (population->class_count <= RECORDS_MOST_CLASSES)
        return STATUS_OK;
    fault_too_many(roll);
    return STATUS_SCENARIO;
}

bool class_table_find(const struct class_table *table, const struct roll *roll,
                      const struct csv_row *row, size_t *kase)
{
    *kase = 0;
    if (roll->class_at == ROLL_NONE)
        return true;
    const struct csv_cell *cell = &row->cells[roll->class_at];
    const struct class_text *slot = text_slot(table, cell->text, cell->length);
    if (slot->text == NULL)
        return false;
    *kase = table->list[slot->kase].place;
    return true;
}
