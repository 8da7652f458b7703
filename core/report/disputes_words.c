/* Words that the screens on disputes and the maps share. */
#include "report/disputes.h"

const char *outcomes_state_words(enum outcomes_state state)
{
    static const char *const words[] = {
        [OUTCOMES_FOUND] = "found",
        [OUTCOMES_NONE] = "there is no stable outcome",
        [OUTCOMES_BUDGET] = "the budget was reached before all outcomes were found",
        [OUTCOMES_TOO_MANY] = "there are more than 4,096 outcomes",
        [OUTCOMES_TOO_LARGE] = "there are more open arguments than this build's solver can do",
    };
    return words[state];
}

const char *reply_words(enum reply reply)
{
    static const char *const words[] = {[REPLY_NONE] = "nobody replied",
                                        [REPLY_ANSWERED] = "answered its attackers",
                                        [REPLY_DEFEATED] = "defeated",
                                        [REPLY_OPEN] = "open"};
    return words[reply];
}

const char *label_words(uint8_t label)
{
    return label == LABEL_IN ? "in" : label == LABEL_OUT ? "out" : "undecided";
}

const char *verdicts_words(struct arena *arena, unsigned verdicts)
{
    struct text out;
    text_init(&out, arena);
    for (int v = 0; v < VERDICTS; v++)
        if ((verdicts >> v & 1) != 0)
            text_printf(&out, "%s%s", out.length > 0 ? " or " : "", verdict_name((enum verdict)v));
    return out.data;
}
