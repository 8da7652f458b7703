/* `assize disputes` as text: every dispute with its sides, then what each preference needs. */
#include <string.h>

#include "report/disputes.h"
#include "report/words.h"

struct telling_disputes {
    struct text *out;
    struct arena *arena;
    const struct dispute_analysis *analysis;
    const struct disputes_view *view;
    const struct scenario *scenario;
};

static void line(struct telling_disputes *telling, const char *text, const char *hanging)
{
    words_fill(telling->out, words_shown(telling->arena, text), hanging);
}

static void heading(struct telling_disputes *telling, const char *text)
{
    text_printf(telling->out, "\n%s\n", text);
}

static const struct argument *argument_at(const struct telling_disputes *telling, uint32_t argument)
{
    return &telling->analysis->debate->arguments->list[argument];
}

static bool is_shown(const struct telling_disputes *telling, size_t theory)
{
    return telling->view->theory == SIZE_MAX || telling->view->theory == theory;
}

static uint64_t outcomes(const struct telling_disputes *telling)
{
    return telling->analysis->outcomes.count;
}

/* --- one dispute ----------------------------------------------------------------------------- */

/* "Dillof, author, 2016" */
static const char *who(struct telling_disputes *telling, const struct argument *argument)
{
    const char *parts[] = {argument->speaker, argument->role, argument->as_of};
    struct text out;
    text_init(&out, telling->arena);
    for (size_t i = 0; i < 3; i++)
        if (parts[i] != NULL)
            text_printf(&out, "%s%s", out.length > 0 ? ", " : "", parts[i]);
    return out.length > 0 ? out.data : "nobody is named";
}

static void evidence(struct telling_disputes *telling, uint32_t argument)
{
    size_t count;
    const char *const *sources =
        argument_evidence(telling->arena, telling->analysis->debate, argument, &count);
    struct text out;
    text_init(&out, telling->arena);
    text_add(&out, "evidence: ");
    for (size_t i = 0; i < count; i++)
        text_printf(&out, "%s%s", i > 0 ? ", " : "", sources[i]);
    text_add(&out, count == 0 ? "no source is named" : "");
    text_add(telling->out, "      ");
    line(telling, out.data, "        ");
}

static void answers(struct telling_disputes *telling, uint32_t argument)
{
    const struct debate *debate = telling->analysis->debate;
    const uint32_t *first = debate->framework->attackers.first;
    struct text out;
    text_init(&out, telling->arena);
    for (uint32_t i = first[argument]; i < first[argument + 1]; i++) {
        uint32_t from = debate->framework->attackers.others[i];
        text_printf(&out, "%s%s%s",
                    out.length > 0 ? ", " : "attacked by: ", debate->nodes[from].name,
                    debate->grounded[from] == LABEL_OUT ? " (defeated)" : "");
    }
    text_add(telling->out, "      ");
    line(telling, out.data, "        ");
}

static uint64_t accepted_in(const struct telling_disputes *telling, uint32_t argument)
{
    uint64_t count = 0;
    for (size_t o = 0; o < telling->analysis->outcomes.count; o++)
        count += telling->analysis->outcomes.list[o].accepted[argument];
    return count;
}

static void member(struct telling_disputes *telling, uint32_t number)
{
    const struct argument *argument = argument_at(telling, number);
    text_add(telling->out, "   ");
    line(telling,
         arena_printf(telling->arena, "%s: %s (%s; %s)", argument->id,
                      words_sentence(telling->arena, argument->claim), who(telling, argument),
                      argument_kind_name(argument->kind)),
         "      ");
    text_printf(telling->out, "      accepted in %llu of %llu outcomes\n",
                (unsigned long long)accepted_in(telling, number),
                (unsigned long long)outcomes(telling));
    answers(telling, number);
    evidence(telling, number);
}

/* "a08", "a08 and b", "none of them" */
static const char *way_words(struct telling_disputes *telling, const struct dispute *dispute,
                             const struct way *way)
{
    struct text out;
    text_init(&out, telling->arena);
    for (size_t m = 0; m < dispute->member_count; m++)
        if (way->accepted[m])
            text_printf(&out, "%s%s", out.length > 0 ? " and " : "",
                        argument_at(telling, dispute->members[m])->id);
    return out.length > 0 ? out.data : "none of them";
}

static void moved(struct telling_disputes *telling, const struct dispute *dispute,
                  const struct moved *moved)
{
    struct text out;
    text_init(&out, telling->arena);
    text_printf(&out, "moves %s on %s:", telling->scenario->theories[moved->theory].id,
                telling->scenario->regimes[moved->regime].id);
    for (size_t w = 0; w < dispute->way_count; w++)
        text_printf(&out, "%s %s with %s", w > 0 ? ";" : "",
                    verdicts_words(telling->arena, moved->verdicts[w]),
                    way_words(telling, dispute, &dispute->ways[w]));
    text_add(telling->out, "   ");
    line(telling, out.data, "      ");
}

static void dispute(struct telling_disputes *telling, const struct dispute *dispute, size_t number)
{
    size_t shown = 0;
    text_printf(telling->out, "%zu.", number);
    for (size_t m = 0; m < dispute->member_count; m++)
        text_printf(telling->out, "%s %s", m > 0 ? " /" : "",
                    argument_at(telling, dispute->members[m])->id);
    text_add_char(telling->out, '\n');
    for (size_t m = 0; m < dispute->member_count; m++)
        member(telling, dispute->members[m]);
    for (size_t i = 0; i < dispute->moved_count; i++)
        if (is_shown(telling, dispute->moved[i].theory)) {
            moved(telling, dispute, &dispute->moved[i]);
            shown++;
        }
    if (shown == 0)
        text_add(telling->out, "   moves no verdict\n");
}

static void disputes(struct telling_disputes *telling, bool moral, const char *title)
{
    const struct dispute_analysis *analysis = telling->analysis;
    bool any = false;
    for (size_t d = 0; d < analysis->dispute_count; d++) {
        if (analysis->disputes[d].moral != moral)
            continue;
        if (!any)
            heading(telling, title);
        any = true;
        dispute(telling, &analysis->disputes[d], d + 1);
    }
}

/* --- what must be won ------------------------------------------------------------------------ */

static void add_stake(struct telling_disputes *telling, struct text *out, const struct stake *stake)
{
    const struct dispute_analysis *analysis = telling->analysis;
    text_printf(out, "%s%s", stake->accepted ? "" : "not ",
                argument_at(telling, stake->argument)->id);
    if (stake->dispute != SIZE_MAX && analysis->disputes[stake->dispute].moral)
        text_add(out, " (chosen)");
}

static const char *sets_words(struct telling_disputes *telling, const struct winning *winning)
{
    struct text out;
    text_init(&out, telling->arena);
    for (size_t s = 0; s < winning->set_count; s++) {
        text_add(&out, s > 0 ? "; or " : "");
        for (size_t i = 0; i < winning->sizes[s]; i++) {
            text_add(&out, i > 0 ? " and " : "");
            add_stake(telling, &out, &telling->analysis->stakes[winning->sets[s][i]]);
        }
    }
    if (!winning->complete)
        text_printf(&out, "%sthe budget of %llu sets was reached: there may be more",
                    winning->set_count > 0 ? "; " : "", (unsigned long long)DISPUTES_BUDGET);
    return out.data;
}

static const char *needs_words(struct telling_disputes *telling, const struct winning *winning)
{
    const char *share =
        arena_printf(telling->arena, "%llu of %llu outcomes", (unsigned long long)winning->outcomes,
                     (unsigned long long)outcomes(telling));
    if (winning->outcomes == 0)
        return "in no outcome";
    if (winning->set_count == 1 && winning->sizes[0] == 0)
        return "in every outcome";
    if (winning->set_count == 0 && winning->complete)
        return arena_printf(telling->arena, "no %zu disputes are enough (%s)",
                            telling->analysis->size, share);
    return arena_printf(telling->arena, "%s (%s)", sets_words(telling, winning), share);
}

static void needs(struct telling_disputes *telling, const char *name, const struct winning *winning)
{
    text_add(telling->out, "   ");
    line(telling, arena_printf(telling->arena, "%s: %s", name, needs_words(telling, winning)),
         "      ");
}

static void must_be_won(struct telling_disputes *telling)
{
    const struct scenario *scenario = telling->scenario;
    heading(telling, arena_printf(telling->arena,
                                  "What must be won for a regime to be preferred to all others "
                                  "(sets of at most %zu)",
                                  telling->analysis->size));
    for (size_t t = 0; t < scenario->theory_count; t++) {
        if (!is_shown(telling, t))
            continue;
        text_printf(telling->out, " %s\n", scenario->theories[t].id);
        for (size_t r = 0; r < scenario->regime_count; r++)
            needs(telling, scenario->regimes[r].id,
                  &telling->analysis->winning[t * scenario->regime_count + r]);
    }
}

static void motion(struct telling_disputes *telling)
{
    const struct dispute_analysis *analysis = telling->analysis;
    const struct scenario *scenario = telling->scenario;
    if (analysis->motion == NULL)
        return;
    heading(telling, "The motion");
    if (scenario->motion.text != NULL) {
        text_add(telling->out, " ");
        line(telling, words_sentence(telling->arena, scenario->motion.text), " ");
    }
    for (size_t t = 0; t < scenario->theory_count; t++) {
        if (!is_shown(telling, t))
            continue;
        text_printf(telling->out, " %s\n", scenario->theories[t].id);
        needs(telling,
              arena_printf(telling->arena, "proposition, %s before %s",
                           scenario->motion.proposition, scenario->motion.opposition),
              &analysis->motion[2 * t]);
        needs(telling,
              arena_printf(telling->arena, "opposition, %s before %s", scenario->motion.opposition,
                           scenario->motion.proposition),
              &analysis->motion[2 * t + 1]);
    }
}

/* --- what stays ------------------------------------------------------------------------------ */

static bool is_good(int verdict)
{
    return verdict == VERDICT_ACCEPTABLE || verdict == VERDICT_NOT_RULED_OUT;
}

/* The regimes that are good in every outcome, or in none. */
static const char *fixed(struct telling_disputes *telling, size_t theory, bool saved)
{
    const struct scenario *scenario = telling->scenario;
    unsigned good = 0;
    struct text out;
    text_init(&out, telling->arena);
    for (int v = 0; v < VERDICTS; v++)
        good |= is_good(v) ? 1u << v : 0;
    for (size_t r = 0; r < scenario->regime_count; r++) {
        unsigned verdicts = telling->analysis->verdicts[theory * scenario->regime_count + r];
        bool always = (verdicts & ~good) == 0, never = (verdicts & good) == 0;
        if (saved ? always : never)
            text_printf(&out, "%s%s", out.length > 0 ? ", " : "", scenario->regimes[r].id);
    }
    return out.length > 0 ? out.data : "none";
}

static void stays(struct telling_disputes *telling)
{
    heading(telling, "What no outcome changes");
    for (size_t t = 0; t < telling->scenario->theory_count; t++) {
        if (!is_shown(telling, t))
            continue;
        text_printf(telling->out, " %s\n   ", telling->scenario->theories[t].id);
        line(telling, arena_printf(telling->arena, "nothing sinks: %s", fixed(telling, t, true)),
             "      ");
        text_add(telling->out, "   ");
        line(telling, arena_printf(telling->arena, "nothing saves: %s", fixed(telling, t, false)),
             "      ");
    }
}

/* --- other semantics ------------------------------------------------------------------------- */

static size_t differences(struct telling_disputes *telling,
                          const struct comparison_semantics *other)
{
    const struct scenario *scenario = telling->scenario;
    size_t count = 0;
    for (size_t t = 0; t < scenario->theory_count; t++)
        for (size_t r = 0; is_shown(telling, t) && r < scenario->regime_count; r++) {
            size_t at = t * scenario->regime_count + r;
            if (other->verdicts[at] == telling->analysis->verdicts[at])
                continue;
            count++;
            text_add(telling->out, "      ");
            line(telling,
                 arena_printf(telling->arena, "%s on %s: %s instead of %s",
                              scenario->theories[t].id, scenario->regimes[r].id,
                              verdicts_words(telling->arena, other->verdicts[at]),
                              verdicts_words(telling->arena, telling->analysis->verdicts[at])),
                 "         ");
        }
    return count;
}

static void semantics(struct telling_disputes *telling)
{
    heading(telling, "Under other semantics");
    for (size_t i = 0; i < telling->analysis->other_count; i++) {
        const struct comparison_semantics *other = &telling->analysis->others[i];
        text_printf(telling->out, "   %s", argumentation_name(other->semantics));
        if (other->refused || other->verdicts == NULL) {
            text_add(telling->out, ": ");
            line(telling, other->refused ? other->reason : outcomes_state_words(other->state),
                 "      ");
            continue;
        }
        text_printf(telling->out, " (%s)\n",
                    words_count(telling->arena, other->outcomes, "outcome"));
        if (differences(telling, other) == 0)
            text_add(telling->out, "      every verdict survives\n");
    }
}

/* --- shared and settled ---------------------------------------------------------------------- */

static void agreed(struct telling_disputes *telling)
{
    const struct dispute_analysis *analysis = telling->analysis;
    for (size_t i = 0; i < analysis->agreed_count; i++) {
        const struct agreed *one = &analysis->agreed[i];
        text_add(telling->out, "   ");
        line(telling,
             arena_printf(telling->arena, "whoever wins dispute %zu: %s is %s", one->dispute + 1,
                          analysis->debate->nodes[one->node].name, label_words(one->label)),
             "      ");
    }
}

static void shared(struct telling_disputes *telling)
{
    const struct dispute_analysis *analysis = telling->analysis;
    if (analysis->shared_count == 0 && analysis->agreed_count == 0)
        return;
    heading(telling, "What opposed sides share");
    agreed(telling);
    for (size_t i = 0; i < analysis->shared_count; i++) {
        const struct shared_claim *one = &analysis->shared[i];
        struct text out;
        text_init(&out, telling->arena);
        for (size_t s = 0; s < one->speaker_count; s++)
            text_printf(&out, "%s%s", s > 0 ? ", " : "", one->speakers[s]);
        text_add(telling->out, "   ");
        line(telling,
             arena_printf(telling->arena, "opponents elsewhere, here all %s %s: %s",
                          one->attacked ? "against" : "for",
                          analysis->debate->nodes[one->node].name, out.data),
             "      ");
    }
}

static void settled(struct telling_disputes *telling)
{
    const struct debate *debate = telling->analysis->debate;
    static const enum reply replies[] = {REPLY_NONE, REPLY_ANSWERED, REPLY_DEFEATED};
    static const char *const titles[] = {"accepted, nobody replied",
                                         "accepted, answered its attackers", "defeated"};
    heading(telling, "Settled");
    for (size_t k = 0; k < 3; k++) {
        struct text out;
        text_init(&out, telling->arena);
        for (uint32_t i = 0; i < debate->arguments->count; i++)
            if (argument_reply(debate, debate->grounded, i) == replies[k])
                text_printf(&out, "%s%s", out.length > 0 ? ", " : "", debate->nodes[i].name);
        text_add(telling->out, "   ");
        line(telling,
             arena_printf(telling->arena, "%s: %s", titles[k], out.length > 0 ? out.data : "none"),
             "      ");
    }
}

/* --- all together ---------------------------------------------------------------------------- */

static void head(struct telling_disputes *telling)
{
    const struct dispute_analysis *analysis = telling->analysis;
    const struct arguments *arguments = analysis->debate->arguments;
    line(telling, telling->scenario->title, "");
    if (analysis->outcomes.state != OUTCOMES_FOUND) {
        line(telling,
             arena_printf(telling->arena, "%s semantics: %s (budget %llu).",
                          argumentation_name(analysis->semantics),
                          outcomes_state_words(analysis->outcomes.state),
                          (unsigned long long)arguments->budget),
             "");
        return;
    }
    line(telling,
         arena_printf(telling->arena, "%s, %s under %s semantics%s; budget %llu, not reached.",
                      words_count(telling->arena, arguments->count, "argument"),
                      words_count(telling->arena, analysis->outcomes.count, "outcome"),
                      argumentation_name(analysis->semantics),
                      arguments->semantics == ARGUMENTATION_CHANCE
                          ? " (the scenario's `chance` draws who speaks)"
                          : "",
                      (unsigned long long)arguments->budget),
         "");
}

void report_disputes_text(struct text *out, const struct dispute_analysis *analysis,
                          const struct disputes_view *view)
{
    struct telling_disputes telling = {.out = out,
                                       .arena = out->arena,
                                       .analysis = analysis,
                                       .view = view,
                                       .scenario = analysis->result->model->scenario};
    head(&telling);
    if (analysis->outcomes.state == OUTCOMES_FOUND) {
        disputes(&telling, false, "Open disputes");
        disputes(&telling, true, "Moral disputes: chosen, not won");
        if (!view->motion)
            must_be_won(&telling);
        motion(&telling);
        if (!view->motion)
            stays(&telling);
    }
    if (view->motion)
        return;
    semantics(&telling);
    shared(&telling);
    settled(&telling);
}
