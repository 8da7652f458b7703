/* What rows have in common that is structure, as bytes, and what it comes to. */
#include <string.h>

#include "analysis/table_parts.h"

/* FNV-1a (Fowler, Noll and Vo, 1991), 64 bits. */
static uint64_t key_hash(const struct text *key)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < key->length; i++)
        hash = (hash ^ (unsigned char)key->data[i]) * 0x100000001b3;
    return hash;
}

static bool is_key(const struct table_key *key, const struct text *bytes)
{
    return key->length == bytes->length && memcmp(key->bytes, bytes->data, bytes->length) == 0;
}

/* The key's place in the index, or the free one where it belongs. Half of the places stay free. */
static struct table_key *place_of(struct table *table, uint64_t hash)
{
    size_t places = 2 * (size_t)TABLE_MOST_KEYS, at = hash % places;
    while (table->keys[at].bytes != NULL &&
           (table->keys[at].hash != hash || !is_key(&table->keys[at], &table->key)))
        at = (at + 1) % places;
    return &table->keys[at];
}

struct table_key *table_key_find(struct table *table, const struct csv_row *row)
{
    if (table->last_key != NULL && is_key(table->last_key, &table->key))
        return table->last_key;
    uint64_t hash = key_hash(&table->key);
    struct table_key *key = place_of(table, hash);
    if (key->bytes == NULL) {
        if (table->key_count == TABLE_MOST_KEYS)
            return NULL;
        table->key_count++;
        *key = (struct table_key){
            .bytes = arena_string_n(table->arena, table->key.data, table->key.length),
            .length = table->key.length,
            .hash = hash};
        table_group_make(table, key, row);
    }
    return table->last_key = key;
}
