/* The tables of the United States guidelines, cell by cell, and what must hold of any facts. The
 * expected cells and tiers stand in tests/golden, with their sources. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "weighed.h"

enum { LEVELS = 43, CATEGORIES = 6, LIFE = 470, MOST_LINE = 2048 };

static const char *const categories[CATEGORIES] = {"I", "II", "III", "IV", "V", "VI"};

static const char head[] =
    "assize: 1\ntitle: t\nquestion: q\nstatus: illustrative\n"
    "model:\n  population: {shares_of: participants}\n"
    "  exchange: {custody: 1 pme/month, supervision: 1 pme/month, registration: 1 pme/month,\n"
    "    fine: 1 pme/month}\n"
    "theories: {sentences: {kind: golden-sentence}}\n";

struct tried {
    struct weighed weighed;
    struct text text; /* the scenario */
    struct arena arena;
    char *path;
};

static void tried_open(struct tried *tried)
{
    memset(tried, 0, sizeof *tried);
    arena_init(&tried->arena, &allocator_heap);
    text_init(&tried->text, &tried->arena);
    text_add(&tried->text, head);
}

static void tried_run(struct tried *tried)
{
    tried->path = weighed_write(tried->text.data);
    tried->weighed.path = tried->path;
    weighed_open(&tried->weighed);
}

static void tried_close(struct tried *tried)
{
    weighed_close(&tried->weighed);
    weighed_remove(tried->path);
    arena_release(&tried->arena);
}

static struct text *text_of(struct tried *tried)
{
    return &tried->text;
}

/* The figure of a regime's claim for a case; `otherwise` when the regime makes no such claim. */
static double figure_or(const struct tried *tried, const char *regime, const char *claim,
                        size_t kase, double otherwise)
{
    char name[128];
    const struct result *result = tried->weighed.result;
    snprintf(name, sizeof name, "%s.%s", regime, claim);
    node_id node = graph_find_claim(result->model->linked.graph, name);
    return node == NODE_NONE ? otherwise : result_value(result, node, 0, kase);
}

static double figure(const struct tried *tried, const char *claim, size_t kase)
{
    return figure_or(tried, "us", claim, kase, (double)NAN);
}

/* --- the sentencing table -------------------------------------------------------------------- */

struct cell {
    double low, high;
    bool low_is_life, high_is_life;
    int zone; /* 1: A */
};

static double read_months(char **at, bool *is_life)
{
    *is_life = strncmp(*at, "life", 4) == 0;
    if (!*is_life)
        return strtod(*at, at);
    *at += 4;
    return LIFE;
}

/* "0-6A" */
static struct cell read_cell(char *at)
{
    struct cell cell;
    cell.low = read_months(&at, &cell.low_is_life);
    assert_int_equal(*at, '-');
    at++;
    cell.high = read_months(&at, &cell.high_is_life);
    cell.zone = *at - 'A' + 1;
    return cell;
}

static void read_table(struct cell table[LEVELS][CATEGORIES])
{
    char line[MOST_LINE];
    FILE *file = fopen("tests/golden/us-sentencing-table.txt", "r");
    assert_non_null(file);
    for (size_t level = 0; level < LEVELS;) {
        assert_non_null(fgets(line, sizeof line, file));
        if (line[0] == '#')
            continue;
        char *at = strtok(line, " \n");
        for (size_t c = 0; c < CATEGORIES; c++, at = strtok(NULL, " \n"))
            table[level][c] = read_cell(at);
        level++;
    }
    fclose(file);
}

/* A case for each cell: level 1 in all categories, then level 2, ... */
static void add_cells(struct text *text)
{
    text_add(text, "cases:\n");
    for (size_t level = 1; level <= LEVELS; level++)
        for (size_t c = 0; c < CATEGORIES; c++)
            text_printf(text, "  c%zu-%s: {share: %d, facts: {total_level: %zu, category: %s}}\n",
                        level, categories[c], level == 1 && c == 0, level, categories[c]);
    text_add(text, "regimes: {us: {kind: us-guidelines}}\n");
}

static size_t cell_differs(const struct tried *tried, const struct cell *cell, size_t kase)
{
    bool same = figure(tried, "range_low", kase) == cell->low &&
                figure(tried, "range_high", kase) == cell->high &&
                (figure(tried, "range_low_is_life", kase) != 0) == cell->low_is_life &&
                (figure(tried, "range_high_is_life", kase) != 0) == cell->high_is_life &&
                figure(tried, "zone", kase) == cell->zone;
    if (!same)
        print_error("level %zu, category %s\n", kase / CATEGORIES + 1, categories[kase % 6]);
    return !same;
}

static void test_all_cells(void **state)
{
    struct cell table[LEVELS][CATEGORIES];
    struct tried tried;
    size_t differ = 0;
    (void)state;
    read_table(table);
    tried_open(&tried);
    add_cells(text_of(&tried));
    tried_run(&tried);
    for (size_t i = 0; i < LEVELS * CATEGORIES; i++)
        differ += cell_differs(&tried, &table[i / CATEGORIES][i % CATEGORIES], i);
    assert_int_equal(differ, 0);
    tried_close(&tried);
}

/* 28 USC 994(b)(2): the maximum exceeds the minimum by no more than the greater of 25 per cent and
 * 6 months, unless the minimum is 360 months or more. */
static bool width_holds(double low, double high, bool high_is_life)
{
    double widest = 0.25 * low > 6 ? 0.25 * low : 6;
    return low >= 360 || (!high_is_life && high - low <= widest);
}

static void test_width_and_order(void **state)
{
    struct tried tried;
    (void)state;
    tried_open(&tried);
    add_cells(text_of(&tried));
    tried_run(&tried);
    for (size_t i = 0; i < LEVELS * CATEGORIES; i++) {
        double low = figure(&tried, "range_low", i), high = figure(&tried, "range_high", i);
        assert_true(width_holds(low, high, figure(&tried, "range_high_is_life", i) != 0));
        if (i >= CATEGORIES) { /* one level lower */
            assert_true(figure(&tried, "range_low", i - CATEGORIES) <= low);
            assert_true(figure(&tried, "range_high", i - CATEGORIES) <= high);
        }
        if (i % CATEGORIES != 0) { /* one category lower */
            assert_true(figure(&tried, "range_low", i - 1) <= low);
            assert_true(figure(&tried, "range_high", i - 1) <= high);
        }
    }
    tried_close(&tried);
}

/* --- tiers ----------------------------------------------------------------------------------- */

struct tiers {
    char guideline[16], edition[16], fact[16], how[8];
    double below, at[32], levels[32];
    size_t count;
};

static void read_tiers(struct tiers *tiers, char *line)
{
    int used = 0;
    tiers->count = 0;
    assert_int_equal(sscanf(line, "%15s %15s %15s %7s %lf %n", tiers->guideline, tiers->edition,
                            tiers->fact, tiers->how, &tiers->below, &used),
                     5);
    for (char *at = strtok(line + used, " \n"); at != NULL; at = strtok(NULL, " \n")) {
        char *colon = strchr(at, ':');
        tiers->at[tiers->count] = strtod(at, NULL);
        tiers->levels[tiers->count++] = strtod(colon + 1, NULL);
    }
}

static double expected_levels(const struct tiers *tiers, double amount)
{
    double levels = tiers->below;
    for (size_t i = 0; i < tiers->count; i++)
        if (strcmp(tiers->how, "over") == 0 ? amount > tiers->at[i] : amount >= tiers->at[i])
            levels = tiers->levels[i];
    return levels;
}

static void add_amounts(struct text *text, const struct tiers *tiers)
{
    text_printf(text, "cases:\n  none: {share: 1, facts: {%s: 0}}\n", tiers->fact);
    for (size_t i = 0; i < tiers->count; i++)
        for (int side = -1; side <= 1; side++)
            text_printf(text, "  t%zu-%c: {share: 0, facts: {%s: %.0f}}\n", i, "bau"[side + 1],
                        tiers -> fact, tiers -> at[i] + side);
    text_printf(text,
                "regimes: {us: {kind: us-guidelines, guideline: \"%s\", edition: %s,\n"
                "  not_given: none}}\n",
                tiers->guideline, tiers->edition);
}

/* Every threshold, one below it and one above it. */
static size_t check_tiers(const struct tiers *tiers)
{
    struct tried tried;
    size_t wrong = 0;
    const char *claim = strcmp(tiers->fact, "tax_loss") == 0 ? "base" : tiers->fact;
    tried_open(&tried);
    add_amounts(text_of(&tried), tiers);
    tried_run(&tried);
    for (size_t i = 0; i < 3 * tiers->count + 1; i++) {
        double amount = i == 0 ? 0 : tiers->at[(i - 1) / 3] + (double)((i - 1) % 3) - 1;
        double levels = figure_or(&tried, "us", claim, i, 0);
        if (levels == expected_levels(tiers, amount))
            continue;
        print_error("%s of %s: %s %.0f gives %g\n", tiers->guideline, tiers->edition, tiers->fact,
                    amount, levels);
        wrong++;
    }
    tried_close(&tried);
    return wrong;
}

static void test_tiers(void **state)
{
    char line[MOST_LINE];
    struct tiers tiers;
    size_t wrong = 0, tried = 0;
    FILE *file = fopen("tests/golden/us-tiers.txt", "r");
    (void)state;
    assert_non_null(file);
    for (; fgets(line, sizeof line, file) != NULL; tried += line[0] != '#') {
        if (line[0] == '#')
            continue;
        read_tiers(&tiers, line);
        wrong += check_tiers(&tiers);
    }
    fclose(file);
    assert_int_equal(wrong, 0);
    assert_int_equal(tried, 17);
}

/* --- any facts ------------------------------------------------------------------------------- */

/* Facts of 2G2.2, edition of 2025. */
struct image_case {
    bool possession, receipt, under_12, sadistic, infant, pattern, computer, accepts, motion;
    int distribution; /* 0: none, else an index below */
    int images, role, points;
};

static const char *const distributions[] = {
    "none", "knowing", "value", "to_minor", "to_minor_illegal_activity", "to_minor_sexual_conduct"};
static const int distribution_levels[] = {0, 2, 5, 5, 6, 7};
static const char *const roles[] = {"none",  "leader",  "manager", "leader_small",
                                    "minor", "between", "minimal"};
static const int role_levels[] = {0, 4, 3, 2, -2, -3, -4};

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
    return *state >> 33;
}

static bool coin(uint64_t *random)
{
    return next_random(random) % 2 == 0;
}

static struct image_case random_case(uint64_t *random)
{
    static const int counts[] = {0, 9, 10, 149, 150, 299, 300, 599, 600, 5000};
    struct image_case kase = {
        .possession = coin(random),
        .under_12 = coin(random),
        .sadistic = coin(random),
        .infant = coin(random),
        .pattern = coin(random),
        .computer = coin(random),
        .accepts = coin(random),
        .distribution = (int)(next_random(random) % 6),
        .images = counts[next_random(random) % 10],
        .role = (int)(next_random(random) % 7),
        .points = (int)(next_random(random) % 15),
    };
    kase.motion = kase.accepts && coin(random);
    kase.receipt = kase.distribution == 0 && coin(random);
    kase.infant = kase.infant && kase.under_12; /* else the facts contradict one another */
    return kase;
}

/* USSG 2G2.2 (2025), straight down the page. */
static int level_by_hand(const struct image_case *kase)
{
    int level = kase->possession ? 18 : 22;
    level += kase->receipt && !kase->possession ? -2 : 0;
    level += kase->under_12 ? 2 : 0;
    level += distribution_levels[kase->distribution];
    level += kase->sadistic || kase->infant ? 4 : 0;
    level += kase->pattern ? 5 : 0;
    level += kase->computer ? 2 : 0;
    level += kase->images >= 600   ? 5
             : kase->images >= 300 ? 4
             : kase->images >= 150 ? 3
             : kase->images >= 10  ? 2
                                   : 0;
    level += role_levels[kase->role];
    int before = level;
    level -= kase->accepts ? 2 : 0;
    level -= kase->motion && before >= 16 ? 1 : 0;
    return level < 1 ? 1 : level > 43 ? 43 : level;
}

static int category_by_hand(int points)
{
    return points >= 13   ? 6
           : points >= 10 ? 5
           : points >= 7  ? 4
           : points >= 4  ? 3
           : points >= 2  ? 2
                          : 1;
}

static const char *word(bool truth)
{
    return truth ? "true" : "false";
}

static void add_case(struct text *text, const struct image_case *kase, const char *id, size_t i)
{
    text_printf(text, "  %s%zu: {share: %d, facts: {possession_conviction: %s, receipt_only: %s,\n",
                id, i, id[0] == 'c' && i == 0, word(kase->possession), word(kase->receipt));
    text_printf(text, "    under_12: %s, sadistic: %s, infant_or_toddler: %s, pattern: %s,\n",
                word(kase->under_12), word(kase->sadistic), word(kase->infant),
                word(kase->pattern));
    text_printf(text,
                "    computer: %s, acceptance: %s, government_motion: %s, distribution: %s,\n",
                word(kase->computer), word(kase->accepts), word(kase->motion),
                distributions[kase->distribution]);
    text_printf(text, "    images: %d, role: %s, criminal_history_points: %d}}\n", kase->images,
                roles[kase->role], kase->points);
}

static void add_regime(struct text *text)
{
    text_add(text, "regimes: {us: {kind: us-guidelines, guideline: 2G2.2, edition: 2025-11-01,\n"
                   "  not_given: none}}\n");
}

/* What the steps of a case add up to. */
static double sum_of_steps(const struct tried *tried, size_t kase)
{
    const struct result *result = tried->weighed.result;
    const struct graph *graph = result->model->linked.graph;
    double sum = 0;
    for (uint32_t i = 0; i < graph->claim_count; i++) {
        const struct claim *claim = &graph->claims[i];
        if (claim->scheme != NULL && strcmp(claim->scheme, "step") == 0)
            sum += result_value(result, graph_find_claim(graph, claim->name), 0, kase);
    }
    return sum;
}

static void test_random_facts(void **state)
{
    enum { CASES = 400 };
    static struct image_case cases[CASES];
    struct cell table[LEVELS][CATEGORIES];
    struct tried tried;
    uint64_t random = 20250901;
    (void)state;
    read_table(table);
    tried_open(&tried);
    text_add(text_of(&tried), "cases:\n");
    for (size_t i = 0; i < CASES; i++) {
        cases[i] = random_case(&random);
        add_case(text_of(&tried), &cases[i], "c", i);
    }
    add_regime(text_of(&tried));
    tried_run(&tried);
    for (size_t i = 0; i < CASES; i++) {
        int level = level_by_hand(&cases[i]), category = category_by_hand(cases[i].points);
        assert_close(figure(&tried, "total_level", i), level, 0, 0);
        assert_close(figure(&tried, "category", i), category, 0, 0);
        assert_close(figure(&tried, "range_low", i), table[level - 1][category - 1].low, 0, 0);
        assert_close(figure(&tried, "range_high", i), table[level - 1][category - 1].high, 0, 0);
        assert_close(sum_of_steps(&tried, i), level, 0, 0);
    }
    tried_close(&tried);
}

/* One aggravating fact more: pairs of cases, the second with the fact. */
static struct image_case aggravated(struct image_case kase, uint64_t *random)
{
    switch (next_random(random) % 7) {
    case 0:
        kase.under_12 = true;
        break;
    case 1:
        kase.sadistic = true;
        break;
    case 2:
        kase.pattern = true;
        break;
    case 3:
        kase.computer = true;
        break;
    case 4:
        kase.images += 200;
        break;
    case 5:
        kase.points += 2;
        break;
    default:
        kase.distribution =
            kase.receipt || kase.distribution > 4 ? kase.distribution : kase.distribution + 1;
    }
    return kase;
}

static void test_aggravation(void **state)
{
    enum { PAIRS = 200 };
    struct tried tried;
    uint64_t random = 7;
    (void)state;
    tried_open(&tried);
    text_add(text_of(&tried), "cases:\n");
    for (size_t i = 0; i < PAIRS; i++) {
        struct image_case kase = random_case(&random), more = aggravated(kase, &random);
        add_case(text_of(&tried), &kase, "c", i);
        add_case(text_of(&tried), &more, "m", i);
    }
    add_regime(text_of(&tried));
    tried_run(&tried);
    for (size_t i = 0; i < PAIRS; i++) {
        assert_true(figure(&tried, "total_level", 2 * i) <=
                    figure(&tried, "total_level", 2 * i + 1));
        assert_true(figure(&tried, "range_low", 2 * i) <= figure(&tried, "range_low", 2 * i + 1));
    }
    tried_close(&tried);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_cells),   cmocka_unit_test(test_width_and_order),
        cmocka_unit_test(test_tiers),       cmocka_unit_test(test_random_facts),
        cmocka_unit_test(test_aggravation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
