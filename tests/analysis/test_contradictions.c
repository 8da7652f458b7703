/* Facts that cannot stand together: in a worksheet, in a table of records and in a scenario. What
 * contradicts what follows from what the facts are (plugins/lib/us-facts.lua), from 3A1.1(b)(2) and
 * from the exclusions of 4C1.1(a) as the Guidelines Manual 2025 has them. */
#include "sentenced.h"
#include "weighed.h"

#define FRAUD "guideline=2B1.1 loss=100000 "
#define IMAGES "guideline=2G2.2 images=5 "
#define WASTE "guideline=2Q1.2 "
#define NONE " not_given=none"
#define MONTHS(n) "{value:\t" #n ",unit:\tmonth}" /* facts are parted by blanks */

/* --- a worksheet ----------------------------------------------------------------------------- */

static void test_facts_that_exclude_one_another(void **state)
{
    static const struct {
        const char *facts, *names, *also;
    } cases[] = {
        {FRAUD "victims=3 hardship_victims=4", "hardship_victims", "victims"},
        {FRAUD "health_care_loss=100001", "health_care_loss", "loss"},
        {FRAUD "medical_supply_chain=true medical_theft=false", "medical_supply_chain",
         "medical_theft"},
        {FRAUD "maximum_20_years=true statutory_maximum=" MONTHS(239), "maximum_20_years",
         "statutory_maximum"},
        {FRAUD "many_vulnerable=true", "many_vulnerable", "vulnerable_victim"},
        {FRAUD "many_vulnerable=true vulnerable_victim=false", "many_vulnerable",
         "vulnerable_victim"},
        {FRAUD "zero_point_offender=true hate_crime=true", "zero_point_offender", "hate_crime"},
        {FRAUD "zero_point_offender=true vulnerable_victim=true", "zero_point_offender",
         "vulnerable_victim"},
        {FRAUD "zero_point_offender=true role=manager", "zero_point_offender", "role"},
        {FRAUD "zero_point_offender=true category=II", "zero_point_offender", "category"},
        {FRAUD "zero_point_offender=true pattern_prohibited=true", "zero_point_offender",
         "pattern_prohibited"},
        {FRAUD "zero_point_offender=true criminal_history_points=1", "zero_point_offender",
         "criminal history points"},
        {"guideline=2B5.1 face_value=1 zero_point_offender=true weapon=true", "zero_point_offender",
         "weapon"},
        {FRAUD "government_motion=true acceptance=false", "government_motion", "acceptance"},
        {FRAUD "statutory_minimum=" MONTHS(61) " statutory_maximum=" MONTHS(60),
         "statutory_minimum", "statutory_maximum"},
        {FRAUD "maximum_is_life=true statutory_maximum=" MONTHS(60), "maximum_is_life",
         "statutory_maximum"},
        {FRAUD "maximum_is_life=false", "maximum_is_life", "statutory_maximum"},
        {FRAUD "counts=[{statutory_minimum:\t" MONTHS(2) ",statutory_maximum:\t" MONTHS(1) "}]",
         "statutory_minimum", "statutory_maximum"},
        {IMAGES "infant_or_toddler=true under_12=false", "infant_or_toddler", "under_12"},
        {IMAGES "receipt_only=true distribution=knowing", "receipt_only", "distribution"},
        {IMAGES "receipt_only=true distributed_to_minor_sexual_conduct=true", "receipt_only",
         "distribution"},
        {IMAGES "receipt_only=true distributed_to_minor_illegal_activity=true", "receipt_only",
         "distribution"},
        {IMAGES "receipt_only=true production_conduct=true minor_age=under_12", "receipt_only",
         "production_conduct"},
        {IMAGES "distribution=none distributed=true", "distribution", "distributed"},
        {IMAGES "retail_value=5000", "retail_value", "distribution"},
        {IMAGES "retail_value=5000 distribution=value", "retail_value", "distribution"},
        {"guideline=2G2.1 minor_age=under_12 forced_act=true sexual_act=false", "forced_act",
         "sexual_act"},
        {WASTE "substantive_level=12", "substantive_level", "concealing"},
        {WASTE "recordkeeping_only=true concealing=true substantive_level=12", "recordkeeping_only",
         "concealing"},
        {WASTE "recordkeeping_only=true risk_of_death=true", "recordkeeping_only", "risk_of_death"},
        {WASTE "recordkeeping_only=true cleanup=true", "recordkeeping_only", "cleanup"},
        {WASTE "recordkeeping_only=true discharge=other", "recordkeeping_only", "discharge"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        char facts[512];
        snprintf(facts, sizeof facts, "%s" NONE, cases[i].facts);
        sentenced_facts(&all, "us-guidelines", facts);
        if (all.status != STATUS_SCENARIO || all.diags.errors != 1)
            print_error("%s: %s\n", facts, sentenced_said(&all));
        assert_int_equal(all.status, STATUS_SCENARIO);
        assert_int_equal(all.diags.errors, 1);
        sentenced_says(&all, cases[i].names);
        sentenced_says(&all, cases[i].also);
        sentenced_close(&all);
    }
}

/* The neighbours of those: both ends of a comparison, and one fact without the other. */
static void test_facts_that_stand_together(void **state)
{
    static const char *const cases[] = {
        FRAUD "victims=4 hardship_victims=4",
        FRAUD "hardship_victims=25", /* how many victims there were is not said */
        FRAUD "health_care_loss=100000",
        FRAUD "medical_supply_chain=true medical_theft=true",
        FRAUD "maximum_20_years=true statutory_maximum=" MONTHS(240),
        FRAUD "many_vulnerable=true vulnerable_victim=true",
        FRAUD "many_vulnerable=false vulnerable_victim=true",
        FRAUD "zero_point_offender=true role=minor category=I",
        FRAUD "zero_point_offender=true criminal_history_points=0",
        FRAUD "statutory_minimum=" MONTHS(60) " statutory_maximum=" MONTHS(60),
        FRAUD "maximum_is_life=false statutory_maximum=" MONTHS(60),
        FRAUD "maximum_is_life=true",
        FRAUD "counts=[{statutory_minimum:\t" MONTHS(1) ",statutory_maximum:\t" MONTHS(1) "}]",
        IMAGES "infant_or_toddler=true under_12=true",
        IMAGES "infant_or_toddler=false under_12=false",
        IMAGES "receipt_only=true distribution=none",
        IMAGES "distributed=true",
        IMAGES "retail_value=5000 distribution=gain",
        IMAGES "retail_value=5000 distributed_for_gain=true",
        IMAGES "retail_value=0 distribution=none",
        WASTE "substantive_level=12 concealing=true",
        WASTE "recordkeeping_only=true discharge=none",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        char facts[512];
        snprintf(facts, sizeof facts, "%s" NONE, cases[i]);
        sentenced_facts(&all, "us-guidelines", facts);
        if (all.status != STATUS_OK)
            print_error("%s: %s\n", facts, sentenced_said(&all));
        assert_int_equal(all.status, STATUS_OK);
        sentenced_close(&all);
    }
}

/* Both facts are shown at their places. */
static void test_places(void **state)
{
    struct sentenced all = {0};
    (void)state;
    sentenced_facts(&all, "us-guidelines", FRAUD "victims=3 hardship_victims=4" NONE);
    assert_string_equal(sentenced_said(&all),
                        "victims=3: error: hardship_victims is more than victims: whoever "
                        "suffered hardship is a victim too; raise victims, or lower "
                        "hardship_victims\n"
                        "      = hardship_victims=4: what it contradicts\n");
    sentenced_close(&all);
}

static void test_whole_numbers(void **state)
{
    static const struct {
        const char *facts, *says;
    } cases[] = {
        {FRAUD "victims=2.5" NONE, "`facts.victims` must be a whole number, not 2.5"},
        {FRAUD "hardship_victims=0.5 victims=1" NONE,
         "`facts.hardship_victims` must be a whole number"},
        {"guideline=2G2.2 images=10.5" NONE, "`facts.images` must be a whole number, not 10.5"},
        {IMAGES "videos=0.1" NONE, "`facts.videos` must be a whole number"},
        {"total_level=20.5" NONE, "`facts.total_level` must be a whole number"},
        {"total_level=20 departure_levels=-0.5" NONE,
         "`facts.departure_levels` must be a whole number, not -0.5"},
        {"combined_level=20 criminal_history_points=1.5" NONE,
         "`facts.criminal_history_points` must be a whole number"},
        {"groups=[{level:\t12.5}]" NONE, "`facts.groups.1.level` must be a whole number"},
        {FRAUD "victims={uniform:\t[1,9]}" NONE,
         "`facts.victims` is a whole number: `uniform` would draw numbers between\n"
         "      = use `choice` or `samples`"},
        {FRAUD "victims={samples:\t[1,2.5],value:\t1}" NONE,
         "`facts.victims` must be a whole number, not 2.5"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        sentenced_facts(&all, "us-guidelines", cases[i].facts);
        assert_int_equal(all.status, STATUS_SCENARIO);
        sentenced_says(&all, cases[i].says);
        sentenced_close(&all);
    }
}

/* What nobody can work out is the user's to mend: no trace of the plugin. */
static void test_faults_of_the_user(void **state)
{
    static const struct {
        const char *facts, *says;
    } cases[] = {
        {"acceptance=true", "facts: error: nothing to start from: no guideline and no level is "
                            "given\n      = give `guideline` (2B1.1, 2B1.4, "},
        {"guideline=2B1.1 edition=1989-10-31", "editions before 1989-11-01 are not carried"},
        {"guideline=2B1.1 edition=2026-11-01", "editions from 2026-11-01 on are not carried"},
        {"guideline=2B1.1 edition=2001-10-31", "2B1.1 is carried from 2001-11-01 on"},
        {"guideline=2G2.4 edition=2004-11-01", "2G2.4 is carried until 2004-11-01"},
        {"guideline=2Q1.3 edition=2020-01-01", "2Q1.3 is verified from 2025-11-01 on"},
        {"guideline=2G2.2 edition=2004-10-31 videos=1", "the counting of videos (videos) is not"},
        {"guideline=2G2.2", "facts: error: missing facts: "},
        {"total_level=1 combined_level=1", "levels are entered twice: combined_level and total"},
        {"total_level=1 guideline=2B1.1", "`guideline` is given, and a level is entered after it"},
        {"total_level=1 category=I criminal_history_points=1",
         "criminal history is given more than once: category and criminal_history_points"},
        {"total_level=1 category=I statute=X", "there is no statute `X`\n      = there are 18 USC"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sentenced all = {0};
        sentenced_facts(&all, "us-guidelines", cases[i].facts);
        assert_int_equal(all.status, STATUS_SCENARIO);
        sentenced_says(&all, cases[i].says);
        assert_null(strstr(sentenced_said(&all), ".lua"));
        assert_null(strstr(sentenced_said(&all), "called from"));
        sentenced_close(&all);
    }
}

/* --- a table of records ---------------------------------------------------------------------- */

static void run_rows(struct sentenced *all, const char *rows, const char *rejects)
{
    static const struct setting given[] = {{"guideline", "2B1.1"}, {"not_given", "none"}};
    char *path = weighed_write(rows);
    all->table = (struct table_request){.kind = "us-guidelines",
                                        .given = given,
                                        .given_count = COUNT_OF(given),
                                        .records = path,
                                        .rejects = rejects};
    sentenced_run(all);
    weighed_remove(path);
}

static void test_rows(void **state)
{
    struct sentenced all = {0};
    (void)state;
    run_rows(&all, "loss,victims,hardship_victims\n0,4,4\n0,3,4\n0,2.5,0\n0,0,0\n0,9,10\n", NULL);
    assert_int_equal(all.status, STATUS_SCENARIO);
    assert_int_equal(all.diags.errors, 3);
    sentenced_says(&all, ":3: error: row 2, columns `victims` and `hardship_victims`: "
                         "hardship_victims is more than victims");
    sentenced_says(&all, ":4:3: error: row 3, column `victims`: must be a whole number, not 2.5");
    sentenced_says(&all, ":6: error: row 5, columns `victims` and `hardship_victims`: ");
    assert_string_equal(all.out.data, "");
    sentenced_close(&all);
}

/* One row is refused: the others have their results. Base 6, and 4 for hardship to 5 victims. */
static void test_rejected_row(void **state)
{
    struct sentenced all = {0};
    char path[] = "/tmp/assize-rejects-XXXXXX";
    (void)state;
    close(mkstemp(path));
    run_rows(&all, "loss,victims,hardship_victims\n0,5,5\n0,3,4\n0,5,5\n", path);
    assert_int_equal(all.status, STATUS_OK);
    assert_non_null(strstr(all.out.data, "\n1,10,"));
    assert_null(strstr(all.out.data, "\n2,"));
    assert_non_null(strstr(all.out.data, "\n3,10,"));
    sentenced_says(&all, "1 row has no result: it is in /tmp/assize-rejects-");
    char text[400] = "";
    FILE *file = fopen(path, "r");
    assert_true(file != NULL && fread(text, 1, sizeof text - 1, file) > 0);
    fclose(file);
    assert_non_null(strstr(text, "\n2,\"victims and hardship_victims: hardship_victims is more "));
    unlink(path);
    sentenced_close(&all);
}

/* --- a scenario ------------------------------------------------------------------------------ */

#define TOP                                                                                        \
    "assize: 1\ntitle: Contradictions\nstatus: illustrative\n"                                     \
    "model:\n  population: {shares_of: participants}\n"                                            \
    "  exchange: {custody: 1 pme/month, supervision: 1 pme/month, registration: 1 pme/month, "     \
    "fine: 1 pme/month}\n"                                                                         \
    "theories: {sentences: {kind: golden-sentence}}\n"
#define US "  us: {kind: us-guidelines, guideline: 2B1.1, not_given: none, lands: 0"

static void expect_fault(const char *text, const char *says)
{
    char *path = weighed_write(text);
    struct weighed weighed = {.path = path};
    weighed_run(&weighed);
    weighed_expect_fault(&weighed, says);
    weighed_remove(path);
}

static void test_scenario(void **state)
{
    (void)state;
    expect_fault(TOP "cases:\n"
                     "  a: {share: 0.5, facts: {loss: 0, victims: 4, hardship_victims: 4}}\n"
                     "  b: {share: 0.5, facts: {loss: 0, victims: 3, hardship_victims: 4}}\n"
                     "regimes:\n" US "}\n",
                 ":10:45: error: case `b` under regime `us`: hardship_victims is more than "
                 "victims: ");
    expect_fault(TOP "cases:\n  a: {share: 1, facts: {loss: 0, victims: 2.5}}\n"
                     "regimes:\n" US "}\n",
                 ":9:43: error: `cases.a.facts.victims` must be a whole number, not 2.5");
    expect_fault(TOP "cases:\n  a: {share: 1, facts: {loss: 0}}\n"
                     "regimes:\n" US ", edition: 1980-01-01}\n",
                 ":11:3: error: editions before 1989-11-01 are not carried");
}

/* Along a whole number every point is one. */
static void test_along(void **state)
{
    char *path = weighed_write(TOP "cases:\n  a: {share: 1, facts: {loss: 0, victims: 9}}\n"
                                   "regimes:\n" US "}\n");
    struct weighed weighed = {.path = path};
    struct weigh_options along = {
        .seed = 1, .along = "cases.a.facts.victims", .along_low = 0, .along_high = 60};
    (void)state;
    weighed_open(&weighed);
    weighed_remove(path);
    assert_int_equal(weigh(&weighed.arena, weighed.model, &along, &weighed.result, &weighed.diags),
                     STATUS_OK);
    for (size_t i = 0; i < STRIP_POINTS; i++)
        assert_close(weighed.result->along->values[i], 3 * (double)i, 0, 0);
    along.along_high = 10;
    assert_int_equal(weigh(&weighed.arena, weighed.model, &along, &weighed.result, &weighed.diags),
                     STATUS_USAGE);
    assert_non_null(strstr(weighed.diags.items[0].message,
                           "cases.a.facts.victims is a whole number, and --along moves it in 20"));
    weighed_close(&weighed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_that_exclude_one_another),
        cmocka_unit_test(test_facts_that_stand_together),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_faults_of_the_user),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_rejected_row),
        cmocka_unit_test(test_scenario),
        cmocka_unit_test(test_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
