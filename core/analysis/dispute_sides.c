/* Who stands where: evidence, replies, and what opposed speakers agree about. */
#include <string.h>

#include "analysis/dispute_parts.h"

/* --- evidence -------------------------------------------------------------------------------- */

struct gathering {
    struct arena *arena;
    const struct debate *debate;
    bool *seen; /* [argument] */
    const char **sources;
    size_t count;
};

static void source_add(struct gathering *gathering, const char *source)
{
    if (source == NULL)
        return;
    for (size_t i = 0; i < gathering->count; i++)
        if (strcmp(gathering->sources[i], source) == 0)
            return;
    gathering->sources = arena_grow(gathering->arena, gathering->sources, gathering->count,
                                    sizeof *gathering->sources);
    gathering->sources[gathering->count++] = source;
}

const char *const *argument_evidence(struct arena *arena, const struct debate *debate,
                                     uint32_t argument, size_t *count)
{
    uint32_t arguments = (uint32_t)debate->arguments->count;
    struct gathering gathering = {
        .arena = arena, .debate = debate, .seen = arena_array(arena, arguments, sizeof(bool))};
    uint32_t *queue = arena_array(arena, arguments, sizeof *queue);
    size_t length = 1;
    queue[0] = argument;
    gathering.seen[argument] = true;
    for (size_t at = 0; at < length; at++) {
        source_add(&gathering, debate->arguments->list[queue[at]].source);
        for (size_t i = 0; i < debate->arrow_count; i++) {
            const struct arrow *arrow = &debate->arrows[i];
            bool behind = arrow->kind == ARROW_SUPPORTS || arrow->kind == ARROW_REASON;
            if (!behind || arrow->to != queue[at] || gathering.seen[arrow->from])
                continue;
            gathering.seen[arrow->from] = true;
            queue[length++] = arrow->from;
        }
    }
    *count = gathering.count;
    return gathering.sources;
}

/* An attack that was dropped, since it came from the weaker, was a reply all the same. */
static bool is_attacked(const struct debate *debate, uint32_t argument)
{
    for (size_t i = 0; i < debate->arrow_count; i++)
        if (debate->arrows[i].to == argument && debate->arrows[i].kind < ARROW_PARTIAL)
            return true;
    return false;
}

enum reply argument_reply(const struct debate *debate, const uint8_t *labels, uint32_t argument)
{
    if (labels[argument] == LABEL_OUT)
        return REPLY_DEFEATED;
    if (labels[argument] != LABEL_IN)
        return REPLY_OPEN;
    return is_attacked(debate, argument) ? REPLY_ANSWERED : REPLY_NONE;
}

/* --- speakers -------------------------------------------------------------------------------- */

/* Speakers by number, and who opposes whom: one attacks an argument of the other. */
struct speakers {
    const char **names;
    size_t count;
    size_t *of;    /* [argument]; SIZE_MAX: nobody is named */
    bool *opposed; /* [speaker][speaker] */
};

static struct speakers speakers_of(const struct analysing *analysing)
{
    const struct arguments *arguments = analysing->debate->arguments;
    struct speakers speakers = {
        .of = arena_array(analysing->arena, arguments->count, sizeof *speakers.of)};
    for (size_t i = 0; i < arguments->count; i++) {
        const char *name = arguments->list[i].speaker;
        size_t at = 0;
        speakers.of[i] = SIZE_MAX;
        if (name == NULL)
            continue;
        while (at < speakers.count && strcmp(speakers.names[at], name) != 0)
            at++;
        if (at == speakers.count) {
            speakers.names =
                arena_grow(analysing->arena, speakers.names, at, sizeof *speakers.names);
            speakers.names[speakers.count++] = name;
        }
        speakers.of[i] = at;
    }
    return speakers;
}

static void find_opposed(const struct analysing *analysing, struct speakers *speakers)
{
    const struct debate *debate = analysing->debate;
    size_t count = speakers->count;
    speakers->opposed = arena_array(analysing->arena, count * count, sizeof *speakers->opposed);
    for (size_t i = 0; i < debate->arrow_count; i++) {
        const struct arrow *arrow = &debate->arrows[i];
        if (arrow->kind > ARROW_PARTIAL || arrow->to >= debate->arguments->count)
            continue;
        size_t a = speakers->of[arrow->from], b = speakers->of[arrow->to];
        if (a != SIZE_MAX && b != SIZE_MAX && a != b)
            speakers->opposed[a * count + b] = speakers->opposed[b * count + a] = true;
    }
}

/* Who attacks, or supports, a node, as written; nothing that a reason lets through. */
static bool *who_speaks(const struct analysing *analysing, const struct speakers *speakers,
                        uint32_t node, bool attack)
{
    const struct debate *debate = analysing->debate;
    bool *speaks = arena_array(analysing->arena, speakers->count, sizeof *speaks);
    for (size_t i = 0; i < debate->arrow_count; i++) {
        const struct arrow *arrow = &debate->arrows[i];
        bool fits = attack ? arrow->kind < ARROW_PARTIAL : arrow->kind == ARROW_SUPPORTS;
        if (fits && arrow->to == node && arrow->through == UINT32_MAX &&
            speakers->of[arrow->from] != SIZE_MAX)
            speaks[speakers->of[arrow->from]] = true;
    }
    return speaks;
}

static void share(struct analysing *analysing, const struct speakers *speakers, uint32_t node,
                  bool attacked)
{
    struct dispute_analysis *analysis = analysing->analysis;
    const bool *speaks = who_speaks(analysing, speakers, node, attacked);
    struct shared_claim shared = {.node = node, .attacked = attacked};
    const char **names = arena_array(analysing->arena, speakers->count, sizeof *names);
    for (size_t a = 0; a < speakers->count; a++) {
        bool opposed = false;
        for (size_t b = 0; b < speakers->count; b++)
            opposed =
                opposed || (speaks[a] && speaks[b] && speakers->opposed[a * speakers->count + b]);
        if (opposed)
            names[shared.speaker_count++] = speakers->names[a];
    }
    if (shared.speaker_count == 0)
        return;
    shared.speakers = names;
    analysis->shared =
        arena_grow(analysing->arena, analysis->shared, analysis->shared_count, sizeof shared);
    analysis->shared[analysis->shared_count++] = shared;
}

/* --- what no way of a dispute changes ----------------------------------------------------------
 */

static bool label_is_fixed(const struct outcomes *outcomes, uint32_t node)
{
    for (size_t o = 1; o < outcomes->count; o++)
        if (outcomes->list[o].labels[node] != outcomes->list[0].labels[node])
            return false;
    return outcomes->count > 0;
}

static bool is_member(const struct dispute *dispute, uint32_t node)
{
    for (size_t m = 0; m < dispute->member_count; m++)
        if (dispute->members[m] == node)
            return true;
    return false;
}

static void agree(struct analysing *analysing, size_t number, uint32_t node)
{
    struct dispute_analysis *analysis = analysing->analysis;
    struct agreed agreed = {number, node, analysis->outcomes.list[0].labels[node]};
    for (size_t i = 0; i < analysis->agreed_count; i++)
        if (analysis->agreed[i].dispute == number && analysis->agreed[i].node == node)
            return;
    analysis->agreed =
        arena_grow(analysing->arena, analysis->agreed, analysis->agreed_count, sizeof agreed);
    analysis->agreed[analysis->agreed_count++] = agreed;
}

static void find_agreed(struct analysing *analysing)
{
    const struct dispute_analysis *analysis = analysing->analysis;
    for (size_t d = 0; d < analysis->dispute_count; d++)
        for (size_t i = 0; i < analysing->debate->arrow_count; i++) {
            const struct arrow *arrow = &analysing->debate->arrows[i];
            bool speaks = arrow->kind <= ARROW_SUPPORTS && arrow->through == UINT32_MAX &&
                          is_member(&analysis->disputes[d], arrow->from);
            if (speaks && label_is_fixed(&analysis->outcomes, arrow->to))
                agree(analysing, d, arrow->to);
        }
}

void find_shared(struct analysing *analysing)
{
    find_agreed(analysing);
    struct speakers speakers = speakers_of(analysing);
    if (speakers.count < 2 || speakers.count > 400)
        return;
    find_opposed(analysing, &speakers);
    for (uint32_t node = 0; node < analysing->debate->count; node++) {
        share(analysing, &speakers, node, true);
        share(analysing, &speakers, node, false);
    }
}
