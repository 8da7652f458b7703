#include "argue/labelling.h"

#include <string.h>

/* --- grounded ----------------------------------------------------------------------------- */

struct grounding {
    const struct framework *framework;
    uint8_t *labels;
    uint32_t *pending; /* [count]: attackers that are not yet out */
    uint32_t *queue;   /* [count]: arguments found in, each once */
    uint32_t queued;
};

static void take_in(struct grounding *grounding, uint32_t argument)
{
    grounding->labels[argument] = LABEL_IN;
    grounding->queue[grounding->queued++] = argument;
}

static void count_attackers(struct grounding *grounding)
{
    const struct neighbours *attackers = &grounding->framework->attackers;
    for (uint32_t a = 0; a < grounding->framework->count; a++) {
        uint32_t pending = 0;
        for (uint32_t i = attackers->first[a]; i < attackers->first[a + 1]; i++)
            pending += grounding->labels[attackers->others[i]] == LABEL_UNDECIDED ||
                       grounding->labels[attackers->others[i]] == LABEL_IN;
        grounding->pending[a] = pending;
    }
}

/* What `argument` attacked has one attacker less to fear. */
static void put_out(struct grounding *grounding, uint32_t argument)
{
    const struct neighbours *attacked = &grounding->framework->attacked;
    grounding->labels[argument] = LABEL_OUT;
    for (uint32_t i = attacked->first[argument]; i < attacked->first[argument + 1]; i++) {
        uint32_t other = attacked->others[i];
        if (--grounding->pending[other] == 0 && grounding->labels[other] == LABEL_UNDECIDED)
            take_in(grounding, other);
    }
}

void labelling_complete(const struct framework *framework, uint8_t *labels, uint32_t *work)
{
    struct grounding grounding = {framework, labels, work, work + framework->count, 0};
    const struct neighbours *attacked = &framework->attacked;
    count_attackers(&grounding);
    for (uint32_t a = 0; a < framework->count; a++)
        if (grounding.pending[a] == 0 && labels[a] == LABEL_UNDECIDED)
            take_in(&grounding, a);
    for (uint32_t next = 0; next < grounding.queued; next++) {
        uint32_t a = grounding.queue[next];
        for (uint32_t i = attacked->first[a]; i < attacked->first[a + 1]; i++)
            if (labels[attacked->others[i]] == LABEL_UNDECIDED)
                put_out(&grounding, attacked->others[i]);
    }
}

void labelling_grounded(const struct framework *framework, const bool *present, uint8_t *labels,
                        uint32_t *work)
{
    for (uint32_t a = 0; a < framework->count; a++)
        labels[a] = present == NULL || present[a] ? LABEL_UNDECIDED : LABEL_ABSENT;
    labelling_complete(framework, labels, work);
}

/* --- any labelling ------------------------------------------------------------------------ */

static enum label label_due(const struct framework *framework, const uint8_t *labels, uint32_t a)
{
    const struct neighbours *attackers = &framework->attackers;
    enum label due = LABEL_IN;
    for (uint32_t i = attackers->first[a]; i < attackers->first[a + 1]; i++) {
        if (labels[attackers->others[i]] == LABEL_IN)
            return LABEL_OUT;
        if (labels[attackers->others[i]] == LABEL_UNDECIDED)
            due = LABEL_UNDECIDED;
    }
    return due;
}

bool labelling_is_complete(const struct framework *framework, const uint8_t *labels)
{
    for (uint32_t a = 0; a < framework->count; a++)
        if (labels[a] != label_due(framework, labels, a))
            return false;
    return true;
}

static bool any_in(const uint8_t *labels, uint32_t from, uint32_t count)
{
    for (uint32_t i = from; i < count; i++)
        if (labels[i] == LABEL_IN)
            return true;
    return false;
}

int labelling_compare(const uint8_t *a, const uint8_t *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool in_a = a[i] == LABEL_IN, in_b = b[i] == LABEL_IN;
        if (in_a == in_b)
            continue;
        /* The one that has i goes on with i; the other with something larger, or it ends here. */
        bool other_goes_on = any_in(in_a ? b : a, i + 1, count);
        return in_a == other_goes_on ? -1 : 1;
    }
    return 0;
}

uint32_t labelling_count(const uint8_t *labels, uint32_t count, enum label label)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        found += labels[i] == label;
    return found;
}
