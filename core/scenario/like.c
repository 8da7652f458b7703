/* `like: other`: an entry of cases, regimes or theories takes from its neighbour each key that it
 * lacks itself. Titles, notes and shares are its own. */
#include <string.h>

#include "scenario/reader.h"

enum { MOST_LIKES = 32, MOST_COPIED = 20000 };

struct likes {
    struct reader *reader;
    struct tree *section;
    size_t copied;
};

static size_t tree_size(const struct tree *node)
{
    size_t size = 1;
    for (const struct tree *child = node->first; child != NULL; child = child->next)
        size += tree_size(child);
    return size;
}

static bool is_own(const char *key)
{
    static const char *const names[] = {"like", "title", "note", "share"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(key, names[i]) == 0)
            return true;
    return false;
}

/* Changes add up along a row of regimes that are like one another. */
static bool is_change(const char *key)
{
    return strcmp(key, "drop") == 0 || strcmp(key, "set") == 0 || strcmp(key, "add") == 0;
}

static void change_join(struct likes *likes, struct tree *own, const struct tree *other)
{
    if (own->kind != other->kind || own->kind == TREE_SCALAR)
        return;
    for (const struct tree *child = other->first; child != NULL; child = child->next) {
        bool stands = own->kind == TREE_MAP && tree_child(own, child->key) != NULL;
        likes->copied += tree_size(child);
        if (!stands && likes->copied <= MOST_COPIED)
            tree_append(own, tree_copy(likes->reader->arena, child, own));
    }
}

static void entry_fill(struct likes *likes, struct tree *entry, const struct tree *other)
{
    struct reader *reader = likes->reader;
    for (const struct tree *child = other->first; child != NULL; child = child->next) {
        struct tree *standing = tree_child(entry, child->key);
        if (standing != NULL && is_change(child->key))
            change_join(likes, standing, child);
        if (is_own(child->key) || standing != NULL)
            continue;
        likes->copied += tree_size(child);
        if (likes->copied > MOST_COPIED) {
            fault_report(reader, fault_at_key(entry, NULL, NULL), "`like` copies too much");
            return;
        }
        tree_append(entry, tree_copy(reader->arena, child, entry));
    }
}

static void fault_unknown(struct likes *likes, const struct tree *like)
{
    struct arena *arena = likes->reader->arena;
    size_t count;
    const char *const *names = section_names(likes->reader, likes->section->key, &count);
    const char *remedy = remedy_for_name(arena, like->text, names, count);
    fault_report(likes->reader, fault_at_value(like, remedy, NULL), "%s has no entry `%s`",
                 node_name(arena, likes->section), text_shown(arena, like->text));
}

/* A regime may be like a kind of regime, with its own values throughout. */
static bool takes_kind(struct likes *likes, struct tree *entry, const struct tree *like)
{
    bool is_regime = strcmp(likes->section->key, "regimes") == 0;
    if (!is_regime || tree_child(entry, "kind") != NULL || !key_is_id(like->text))
        return false;
    struct tree *kind = tree_copy(likes->reader->arena, like, entry);
    kind->key = "kind";
    kind->path = path_join(likes->reader->arena, entry->path, "kind");
    tree_append(entry, kind);
    return true;
}

/* Fills `entry` after the one it is like, which may be like another. */
static void entry_resolve(struct likes *likes, struct tree *entry, int depth)
{
    struct tree *like = tree_child(entry, "like");
    if (like == NULL || like->read)
        return;
    if (text_value(likes->reader, like) == NULL)
        return;
    struct tree *other = tree_child(likes->section, like->text);
    if (other == entry) {
        fault_report(likes->reader, fault_at_value(like, NULL, NULL), "`%s` cannot be like itself",
                     entry->path);
        return;
    }
    if (other == NULL && takes_kind(likes, entry, like))
        return;
    if (other == NULL || other->kind != TREE_MAP) {
        fault_unknown(likes, like);
        return;
    }
    struct tree *next = tree_child(other, "like");
    if (depth == MOST_LIKES) {
        fault_report(likes->reader, fault_at_value(like, NULL, NULL),
                     "more than %d entries are like one another in a row", MOST_LIKES);
        return;
    }
    like->set = true; /* under way */
    if (next != NULL && next->set)
        fault_report(likes->reader, fault_at_value(like, NULL, NULL),
                     "`like` goes round in a circle");
    else
        entry_resolve(likes, other, depth + 1);
    like->set = false;
    entry_fill(likes, entry, other);
}

void likes_apply(struct reader *reader)
{
    static const char *const sections[] = {"cases", "regimes", "theories"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        struct tree *section = tree_child(reader->scenario->root, sections[i]);
        if (section == NULL || section->kind != TREE_MAP)
            continue;
        struct likes likes = {.reader = reader, .section = section};
        for (struct tree *entry = section->first; entry != NULL; entry = entry->next)
            entry_resolve(&likes, entry, 1);
    }
}
