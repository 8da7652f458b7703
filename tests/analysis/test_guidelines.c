/* The United States guidelines, case by case: calculations published by others, boundaries that the
 * text itself states, and facts that are refused. Each expected figure stands with its source in
 * tests/golden/guidelines.txt, or beside it here. */
#include "sentenced.h"

enum { MOST_LINE = 1024 };

/* Cuts `text` at the first `separator` and returns what is behind it; NULL when there is none. */
static char *cut(char *text, const char *separator)
{
    char *at = strstr(text, separator);
    if (at == NULL)
        return NULL;
    *at = '\0';
    return at + strlen(separator);
}

/* "name=value; name=value" */
static void read_given(struct given_facts *given, char *text)
{
    given->count = 0;
    while (text != NULL && *text != '\0') {
        char *next = cut(text, "; ");
        char *value = cut(text, "=");
        assert_non_null(value);
        assert_true(given->count < SENTENCED_MOST);
        given->settings[given->count++] = (struct setting){text, value};
        text = next;
    }
}

static void make_of(struct sentenced *all, const char *kind, const char *facts)
{
    struct given_facts given;
    assert_true(strlen(facts) < sizeof given.text);
    strcpy(given.text, facts);
    read_given(&given, given.text);
    all->request.kind = kind;
    all->request.given = given.settings;
    all->request.given_count = given.count;
    sentenced_run(all);
}

static void make(struct sentenced *all, const char *facts)
{
    make_of(all, "us-guidelines", facts);
}

/* The figure of a claim, or of a port where there is no such claim. */
static bool figure_of(const struct sentenced *all, const char *name, double *figure)
{
    const struct worksheet_step *step = worksheet_step(all->worksheet, name);
    const struct worksheet_output *output = worksheet_output(all->worksheet, name);
    if (step == NULL && output == NULL)
        return false;
    *figure = step != NULL ? step->values[0] : output->value;
    return true;
}

/* "name=number name=number": how many are not met; each is told. */
static size_t count_unmet(struct sentenced *all, const char *id, char *expected)
{
    size_t unmet = 0;
    for (char *at = strtok(expected, " "); at != NULL; at = strtok(NULL, " ")) {
        double wanted = strtod(cut(at, "="), NULL), figure = (double)NAN;
        if (figure_of(all, at, &figure) && fabs(figure - wanted) <= 1e-9)
            continue;
        print_error("%s: %s is %g, not %g\n", id, at, figure, wanted);
        unmet++;
    }
    return unmet;
}

static size_t try_published(char *line)
{
    struct sentenced all = {0};
    char *facts = cut(line, " | ");
    char *expected = cut(facts, " | ");
    cut(expected, " | ");
    make(&all, facts);
    size_t unmet = 1;
    if (all.status != STATUS_OK)
        print_error("%s: %s\n", line, sentenced_said(&all));
    else
        unmet = count_unmet(&all, line, expected);
    sentenced_close(&all);
    return unmet;
}

static void test_published(void **state)
{
    char line[MOST_LINE];
    size_t tried = 0, unmet = 0;
    FILE *file = fopen("tests/golden/guidelines.txt", "r");
    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        unmet += try_published(line);
        tried++;
    }
    fclose(file);
    assert_int_equal(unmet, 0);
    assert_true(tried >= 45);
}

/* --- what the text states -------------------------------------------------------------------- */

struct stated {
    const char *facts, *expected;
};

#define NONE "; not_given=none"

static void check_stated(const struct stated *stated, size_t count)
{
    size_t unmet = 0;
    for (size_t i = 0; i < count; i++) {
        struct sentenced all = {0};
        char expected[MOST_LINE];
        strcpy(expected, stated[i].expected);
        make(&all, stated[i].facts);
        if (all.status != STATUS_OK)
            print_error("%s: %s\n", stated[i].facts, sentenced_said(&all));
        unmet += all.status != STATUS_OK ? 1 : count_unmet(&all, stated[i].facts, expected);
        sentenced_close(&all);
    }
    assert_int_equal(unmet, 0);
}

/* USSG 2G2.2 (2025): 22 + 2 + 7 + 4 + 5 + 2 + 5 = 47, the most before acceptance; beyond 43 it is
 * 43 (Chapter Five, Part A, note 2). A video counts as 75 images since 1 November 2004 (note 6(B)).
 */
static void test_images(void **state)
{
    static const struct stated stated[] = {
        {"guideline=2G2.2; under_12=true; distribution=to_minor_sexual_conduct; sadistic=true; "
         "pattern=true; computer=true; images=600" NONE,
         "chapter_two_level=47 table_end=-4 total_level=43 range_low_is_life=1"},
        {"guideline=2G2.2; images=0; videos=8" NONE, "images=5 chapter_two_level=27"},
        {"guideline=2G2.2; images=149; videos=2" NONE, "images=3"}, /* 299 */
        {"guideline=2G2.2; possession_conviction=true; receipt_only=true" NONE,
         "base-possession=18 receipt_only=0 chapter_two_level=18"},
        {"guideline=2G2.2; receipt_only=true" NONE, "chapter_two_level=20"},
        {"guideline=2G2.2; infant_or_toddler=true; edition=2016-11-01" NONE, "sadistic=4"},
        {"guideline=2G2.2; infant_or_toddler=true; edition=2016-10-31" NONE, "sadistic=0"},
        /* once only, and 3A1.1(b) gives way to (b)(4)(B) */
        {"guideline=2G2.2; infant_or_toddler=true; sadistic=true; vulnerable_victim=true" NONE,
         "sadistic=4 vulnerable_victim=0 adjusted_level=26"},
        {"guideline=2G2.2; sadistic=true; vulnerable_victim=true" NONE, "adjusted_level=28"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* "(Apply the greatest)": of several kinds of distribution one adds, the others give way. For gain
 * it is the loss table by retail value, but not less than 5: more than $550,000 adds 14. */
static void test_greatest(void **state)
{
    static const struct stated stated[] = {
        {"guideline=2G2.2; distribution=gain; retail_value=95000" NONE, "distribution-gain=6"},
        {"guideline=2G2.2; distribution=gain; retail_value=40000" NONE, "distribution-gain=5"},
        {"guideline=2G2.2; distribution=gain; retail_value=550001" NONE, "distribution-gain=14"},
        {"guideline=2G2.2; distribution=value; distributed_to_minor_sexual_conduct=true" NONE,
         "distribution-value=0 distribution-to_minor_sexual_conduct=7 chapter_two_level=29"},
        {"guideline=2G2.2; distribution=value; distributed_to_minor=true" NONE,
         "distribution-value=5 distribution-to_minor=0 chapter_two_level=27"},
        {"guideline=2G2.2; distribution=knowing; edition=2000-11-01" NONE,
         "distribution-knowing=2 chapter_two_level=19"},
        {"guideline=2B1.1; loss=0; victims=10; hardship_victims=5" NONE,
         "victims-some=0 victims-five_hardship=4"},
        {"guideline=2B1.1; loss=0; victims=10; hardship_victims=4" NONE, "victims-some=2"},
        {"guideline=2B1.1; loss=0; hardship_victims=25" NONE, "victims-many_hardship=6"},
        {"guideline=2B1.1; loss=0; victims=10; edition=2001-11-01" NONE, "victims-some=0"},
        {"guideline=2B1.1; loss=0; victims=10; edition=2003-01-25" NONE, "victims-some=2"},
        {"guideline=2B1.1; loss=0; victims=250; edition=2014-11-01" NONE,
         "victims-two_hundred_fifty=6"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* "If the resulting offense level is less than X, increase to X", and the cap of 2B1.1(b)(17)(C):
 * with (b)(2) no more than 8, except as (D) provides, which is level 24. */
static void test_floors(void **state)
{
    static const struct stated stated[] = {
        {"guideline=2B1.1; loss=0; sophisticated_means=true" NONE,
         "sophisticated_means=2 sophisticated_means_floor=4 chapter_two_level=12"},
        {"guideline=2B1.1; loss=95001; sophisticated_means=true" NONE,
         "sophisticated_means_floor=0 chapter_two_level=16"},
        {"guideline=2B1.1; loss=15001; misrepresentation=true" NONE, "chapter_two_level=12"},
        {"guideline=2B1.1; loss=0; misrepresentation=true" NONE, "chapter_two_level=10"},
        {"guideline=2B1.1; loss=65000001; hardship_victims=25; jeopardized_institution=true" NONE,
         "financial_institution-jeopardized=4 financial_institution-jeopardized_cap=-2 "
         "financial_institution_floor=0 chapter_two_level=38"}, /* 6 + 24 + 6 + 4 - 2 */
        {"guideline=2B1.1; loss=0; gross_receipts=true" NONE, "chapter_two_level=24"},
        {"guideline=2B5.1; face_value=2500; manufactured=true" NONE, "chapter_two_level=15"},
        {"guideline=2B5.1; face_value=6500; counterfeit_paper=true" NONE, "chapter_two_level=12"},
        {"guideline=2B5.1; face_value=6501" NONE, "chapter_two_level=11"},
        {"guideline=2B5.1; face_value=0; weapon=true; abroad=true" NONE, "chapter_two_level=15"},
        {"guideline=2T1.1; tax_loss=2500; criminal_income=true" NONE, "chapter_two_level=12"},
        {"guideline=2T1.1; tax_loss=6500; sophisticated_tax=true; edition=2000-11-01" NONE,
         "chapter_two_level=11"}, /* 9 + 2; no floor before 1 November 2001 */
        {"guideline=2Q1.2; discharge=ongoing; without_permit=true" NONE, "chapter_two_level=18"},
        {"guideline=2Q1.2; recordkeeping_only=true" NONE, "chapter_two_level=6"},
        {"guideline=2Q1.3; discharge=other; risk_of_death=true" NONE, "chapter_two_level=21"},
        {"guideline=2Q2.1; market_value=6501; protected_species=true" NONE,
         "value-market=0 value-protected=4 chapter_two_level=10"},
        {"guideline=2B1.4; gain=6500" NONE, "chapter_two_level=8"},
        {"guideline=2B1.4; gain=0; organized_scheme=true" NONE, "chapter_two_level=14"},
        {"guideline=2F1.1; loss=2001; foreign_accounts=true; edition=1994-11-01" NONE,
         "chapter_two_level=12"},
        /* Appendix C, amendments 156 (1989), 317 (1990) and 364 (1991) */
        {"guideline=2F1.1; loss=2001; risk_or_weapon=true; edition=1989-11-01" NONE,
         "chapter_two_level=13"},
        {"guideline=2F1.1; loss=2001; misrepresentation=true; edition=1989-11-01" NONE,
         "chapter_two_level=10"},
        {"guideline=2F1.1; loss=2001; jeopardized_institution=true; edition=1990-11-01" NONE,
         "chapter_two_level=24"},
        {"guideline=2F1.1; loss=2001; gross_receipts=true; edition=1991-11-01" NONE,
         "chapter_two_level=24"},
        /* amendments 513, 554 and 618: 9 to the least level of 15, then a weapon and abroad */
        {"guideline=2B5.1; face_value=0; manufactured=true; weapon=true; abroad=true; "
         "edition=2001-10-31" NONE,
         "manufacture_old=6 weapon=2 abroad=2 chapter_two_level=19"},
        {"guideline=2B5.1; face_value=0; manufactured=true; edition=2001-11-01" NONE,
         "manufacture=2 manufacture_least=4 chapter_two_level=15"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* 2G2.1 (2025), and the cross reference of 2G2.2(c)(1), where the greater level holds. */
static void test_production(void **state)
{
    static const struct stated stated[] = {
        {"guideline=2G2.1; minor_age=under_12; sexual_act=true" NONE, "chapter_two_level=38"},
        {"guideline=2G2.1; minor_age=12_to_15; sexual_act=true; forced_act=true" NONE,
         "sexual_act-act=0 sexual_act-forced=4 chapter_two_level=38"},
        {"guideline=2G2.1; edition=1990-11-01; minor_age=under_12; in_custody=true" NONE,
         "chapter_two_level=31"}, /* Appendix C, amendment 324: 25 + 4 + 2 */
        {"guideline=2G2.1; edition=1996-10-31" NONE, "chapter_two_level=25"},
        {"guideline=2G2.1; edition=2004-10-31" NONE, "chapter_two_level=27"},
        {"guideline=2G2.1; edition=2004-11-01" NONE, "chapter_two_level=32"}, /* 664 */
        {"guideline=2G2.1; edition=1996-11-01" NONE, "chapter_two_level=27"},
        {"guideline=2G2.2; production_conduct=true; minor_age=under_12" NONE,
         "cross_reference=14 chapter_two_level=36"},
        {"guideline=2G2.2; production_conduct=false; minor_age=under_12" NONE,
         "cross_reference=0 chapter_two_level=22"},
        {"guideline=2G2.4; edition=1991-11-26; under_12=true" NONE, "chapter_two_level=12"},
        {"guideline=2G2.4; edition=2003-04-30; ten_items=true; sadistic=true; images=600" NONE,
         "chapter_two_level=26"}, /* 15 + 2 + 4 + 5 */
        {"guideline=2G2.2; edition=1991-11-26; pattern=true" NONE, "chapter_two_level=13"},
        {"guideline=2G2.2; edition=1991-11-27; pattern=true" NONE, "chapter_two_level=20"},
        {"guideline=2G2.2; edition=1996-10-31; computer=true" NONE, "chapter_two_level=15"},
        {"guideline=2G2.2; edition=1996-11-01; computer=true" NONE, "chapter_two_level=19"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* 3E1.1: the third level from level 16, since 1992 for a timely plea, since 30 April 2003 on
 * motion. */
static void test_acceptance(void **state)
{
    static const struct stated stated[] = {
        {"adjusted_level=16; acceptance=true; government_motion=true" NONE, "total_level=13"},
        {"adjusted_level=15; acceptance=true; government_motion=true" NONE, "total_level=13"},
        {"adjusted_level=16; acceptance=true; timely_plea=true; edition=2003-04-29" NONE,
         "total_level=13"},
        {"adjusted_level=16; acceptance=true; timely_plea=true; edition=2003-04-30" NONE,
         "total_level=14"},
        {"adjusted_level=16; acceptance=true; timely_plea=true; edition=1992-10-31" NONE,
         "total_level=14"},
        {"chapter_two_level=20; role=minimal" NONE, "total_level=16"},
        {"chapter_two_level=20; role=between; obstruction=true" NONE, "total_level=19"},
        {"chapter_two_level=20; role=manager; vulnerable_victim=true; many_vulnerable=true" NONE,
         "total_level=27"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* 3D1.4: units 1, 1.5, 2, 2.5 to 3, 3.5 to 5, more than 5; 0-4, 5-8 and 9 levels below. */
static void test_units(void **state)
{
    static const struct stated stated[] = {
        {"groups.1.level=20; groups.2.level=16" NONE, "units=2 combined_level=22"},
        {"groups.1.level=20; groups.2.level=15" NONE, "units=1.5 combined_level=21"},
        {"groups.1.level=20; groups.2.level=12" NONE, "units=1.5 combined_level=21"},
        {"groups.1.level=20; groups.2.level=11" NONE, "units=1 combined_level=20"},
        {"adjusted_level=20; groups.1.level=20; groups.2.level=20; groups.3.level=13" NONE,
         "units=3.5 combined_level=24"},
        {"adjusted_level=12; groups.1.level=20" NONE, "units=1.5 combined_level=21"},
        {"adjusted_level=20; groups.1.level=20; groups.2.level=20; groups.3.level=20; "
         "groups.4.level=20" NONE,
         "units=5 combined_level=24"},
        {"adjusted_level=20; groups.1.level=20; groups.2.level=20; groups.3.level=20; "
         "groups.4.level=20; groups.5.level=14" NONE,
         "units=5.5 combined_level=25"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* 4A1.1: more than 13 months, at least 60 days, others up to 4; status points of before and since 1
 * November 2023; the categories of the table; 4C1.1; 4B1.5. */
static void test_history(void **state)
{
#define PRIOR(n, months, days)                                                                     \
    "prior_sentences." #n ".months=" #months "; prior_sentences." #n ".days=" #days                \
    "; prior_sentences." #n ".single=false; prior_sentences." #n ".violence=false; "
#define AT "total_level=20; "
    static const struct stated stated[] = {
        {AT PRIOR(1, 13, 0) "under_sentence=false", "points_medium=2 category=2"},
        {AT PRIOR(1, 13, 1) "under_sentence=false", "points_long=3 category=2"},
        {AT PRIOR(1, 0, 59) "under_sentence=false", "points_short=1 category=1"},
        {AT PRIOR(1, 0, 60) "under_sentence=false", "points_medium=2 category=2"},
        {AT PRIOR(1, 14, 0) PRIOR(2, 14, 0) "under_sentence=true",
         "points_status=0 criminal_history_points=6"},
        {AT PRIOR(1, 14, 0) PRIOR(2, 14, 0) PRIOR(3, 0, 1) "under_sentence=true",
         "points_status=1 criminal_history_points=8"},
        {AT PRIOR(1, 14, 0) "under_sentence=true; edition=2023-10-31",
         "points_status=2 criminal_history_points=5 category=3"},
        {"total_level=20; criminal_history_points=1", "category=1"},
        {"total_level=20; criminal_history_points=2", "category=2"},
        {"total_level=20; criminal_history_points=3", "category=2"},
        {"total_level=20; criminal_history_points=4", "category=3"},
        {"total_level=20; criminal_history_points=6", "category=3"},
        {"total_level=20; criminal_history_points=7", "category=4"},
        {"total_level=20; criminal_history_points=9", "category=4"},
        {"total_level=20; criminal_history_points=10", "category=5"},
        {"total_level=20; criminal_history_points=12", "category=5"},
        {"total_level=20; criminal_history_points=13", "category=6"},
        {"adjusted_level=20; criminal_history_points=0; zero_point_offender=true" NONE,
         "zero_points=-2 total_level=18"},
        {"guideline=2G2.1; zero_point_offender=true" NONE, "zero_points=0 total_level=32"},
        {"guideline=2G2.1; prior_sex_conviction=true; statutory_maximum=600 month; "
         "acceptance=true; government_motion=true" NONE,
         "repeat_sex_offender=2 total_level=31 category=5"}, /* max(29, 34 - 3) */
        {"guideline=2G2.1; pattern_prohibited=true; acceptance=true; government_motion=true" NONE,
         "pattern_prohibited=5 pattern_prohibited_floor=0 total_level=34"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* 5G1.1, 5G1.2(d), and life: longer than any term of years, counted as 470 months. */
static void test_statute(void **state)
{
    static const struct stated stated[] = {
        {"total_level=43; category=I; statutory_maximum=480 month",
         "statutory_low=480 statutory_high=480 statutory_high_is_life=0"},
        {"total_level=42; category=I; statutory_maximum=480 month",
         "statutory_low=360 statutory_high=480"},
        {"total_level=42; category=I", "low=360 high=470 statutory_high_is_life=1"},
        {"total_level=28; category=I; statute=18 USC 2252A(a)(1)-(4); prior_conviction=true",
         "statutory_low=180 statutory_high=180"},
        {"total_level=35; category=I; statute=18 USC 2252A(a)(5); prior_conviction=false; "
         "under_12=true",
         "statutory_low=168 statutory_high=210 statutory_maximum=240"},
        {"total_level=35; category=I; statute=18 USC 2252A(a)(5); prior_conviction=false; "
         "under_12=false",
         "statutory_low=120 statutory_high=120"},
        {"total_level=24; category=I; statutory_minimum=60 month; safety_valve=true",
         "statutory_low=51 statutory_high=63"},
        {"total_level=24; category=I; consecutive_months=60 month",
         "statutory_low=111 statutory_high=123"},
        {"total_level=30; category=I; counts.1.statutory_minimum=0 month; "
         "counts.1.statutory_maximum=60 month; counts.2.statutory_minimum=0 month; "
         "counts.2.statutory_maximum=60 month",
         "consecutive_counts=1 statutory_low=97 statutory_high=120"},
        {"total_level=7; category=I; edition=1992-10-31", "range_low=1 range_high=7"},
        {"total_level=8; category=I; edition=1992-10-31", "range_low=2 range_high=8"},
        {"total_level=8; category=I; edition=1992-11-01", "range_low=0 range_high=6 zone=1"},
        {"total_level=11; category=I; edition=2010-10-31", "zone=3 split_minimum=4"},
        {"total_level=11; category=I; edition=2010-11-01", "zone=2 split_minimum=1"},
        {"total_level=0; category=I", "table_end=1 total_level=1 range_high=6"},
    };
    (void)state;
    check_stated(stated, COUNT_OF(stated));
}

/* --- refusals -------------------------------------------------------------------------------- */

static void test_refused(void **state)
{
    static const struct stated refused[] = {
        {"guideline=2G2.2; images=5", "missing facts"},
        {"total_level=20; category=I; edition=1989-10-31", "before 1989-11-01 are not carried"},
        {"guideline=2G2.4; edition=2004-11-01" NONE, "until 2004-11-01"},
        {"guideline=2T1.1; edition=1993-10-31" NONE, "from 1993-11-01 on"},
        {"total_level=20; chapter_two_level=18; category=I", "entered twice"},
        {"total_level=20; category=I; criminal_history_points=3", "more than once"},
        {"guideline=2G2.2; total_level=20; category=I", "a level is entered after it"},
        {"guideline=2G2.2; receipt_only=true; distribution=knowing" NONE, "holds no distribution"},
        {"guideline=2G2.2; images=-1" NONE, "images"},
        {"guideline=2G2.2; imgaes=1" NONE, "images"}, /* a suggestion */
        {"guideline=2G2.2; images=many" NONE, "images"},
        {"guideline=2G2.2; production_conduct=true" NONE, "cross reference to 2G2.1 applies"},
        {"guideline=2B1.1; edition=2012-11-01; risk_or_weapon=true" NONE, "accept: unverified"},
        {"adjusted_level=20; government_motion=true; acceptance=false" NONE, "acceptance is not"},
        {"adjusted_level=20; criminal_history_points=2; zero_point_offender=true" NONE,
         "there are criminal history points"},
        {"guideline=2G2.1; prior_sex_conviction=true" NONE, "goes by the statutory maximum"},
        {"category=I", "nothing to start from"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        struct sentenced all = {0};
        make(&all, refused[i].facts);
        if (all.status == STATUS_OK)
            print_error("%s: is not refused\n", refused[i].facts);
        assert_int_not_equal(all.status, STATUS_OK);
        sentenced_says(&all, refused[i].expected);
        sentenced_close(&all);
    }
}

/* A level that is not verified is used only on the user's word, and then says so. */
static void test_unverified(void **state)
{
    struct sentenced all = {0};
    (void)state;
    make(&all, "guideline=2B1.1; edition=2012-11-01; risk_or_weapon=true; accept=unverified" NONE);
    assert_int_equal(all.status, STATUS_OK);
    const struct worksheet_step *step = worksheet_step(all.worksheet, "risk_or_weapon");
    assert_non_null(strstr(step->claim->text, "unverified"));
    sentenced_close(&all);
}

/* Levels whose status is unverified in the table are used, and each step that rests on them is
 * known. For identification no text of 2001 to 2004 was read (plugins/data/us/2B1.1.yaml). */
static void check_doubt(const char *facts, bool doubted)
{
    struct sentenced all = {0};
    make(&all, facts);
    assert_int_equal(all.status, STATUS_OK);
    static const char *const names[] = {"identification", "identification_floor"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_int_equal(worksheet_unverified(&all.arena, all.worksheet,
                                              worksheet_step(all.worksheet, names[i])),
                         doubted);
    assert_false(worksheet_unverified(&all.arena, all.worksheet,
                                      worksheet_step(all.worksheet, "sophisticated_means")));
    sentenced_close(&all);
}

static void test_doubted(void **state)
{
    (void)state;
    check_doubt("guideline=2B1.1; loss=0; identification=true; edition=2004-10-31" NONE, true);
    check_doubt("guideline=2B1.1; loss=0; identification=true; edition=2004-11-01" NONE, false);
}

/* --- systems beside ----------------------------------------------------------------------------
 */

static void check_refused(const char *kind, const char *facts, const char *says)
{
    struct sentenced all = {0};
    make_of(&all, kind, facts);
    assert_int_not_equal(all.status, STATUS_OK);
    sentenced_says(&all, says);
    sentenced_close(&all);
}

static void check_made(const char *kind, const char *facts, const char *expected)
{
    struct sentenced all = {0};
    char figures[MOST_LINE];
    strcpy(figures, expected);
    make_of(&all, kind, facts);
    if (all.status != STATUS_OK)
        print_error("%s\n", sentenced_said(&all));
    assert_int_equal(all.status, STATUS_OK);
    assert_int_equal(count_unmet(&all, facts, figures), 0);
    sentenced_close(&all);
}

#define THEFT "table=england-wales/theft; mitigation=0; plea=none; "
#define PHOTOGRAPHS "table=england-wales/indecent-photographs; aggravation=0; mitigation=0; "

/* Sentencing Council, theft, 2B: 1 year (26 weeks to 2 years); all aggravation leads to the upper
 * end. Orders below custody: 4C starts at a band B fine (3) and ends at a band C fine (4). */
static void test_matrix(void **state)
{
    (void)state;
    check_made("harm-culpability", THEFT "harm=2; culpability_level=B; aggravation=1",
               "starting_point=12 before_plea=24 custody=24 order=8");
    check_made("harm-culpability", THEFT "harm=4; culpability_level=C; aggravation=1",
               "custody=0 order=4");
    check_made("harm-culpability", THEFT "harm=3; culpability_level=B; aggravation=0",
               "custody=0 order=7 supervision=12");
    check_made("harm-culpability",
               PHOTOGRAPHS "image_category=A; image_conduct=possession; plea=first_stage; "
                           "accept=unverified",
               "before_plea=12 plea_reduction=-4 custody=8 statutory_maximum=60");
    check_made("harm-culpability",
               THEFT "harm=1; culpability_level=A; aggravation=0; other_sentences=18 month; "
                     "proportion=0.5",
               "totality=30 custody=30");
    check_refused("harm-culpability",
                  PHOTOGRAPHS "image_category=B; image_conduct=production; plea=none",
                  "this cell of the matrix is not verified");
    check_refused("harm-culpability",
                  PHOTOGRAPHS "image_category=A; image_conduct=possession; plea=first_stage",
                  "rates of reduction for a plea are not verified");
    check_refused("harm-culpability", THEFT "harm=2; aggravation=0", "culpability_level");
}

static void test_points_and_statutes(void **state)
{
    (void)state;
    check_made("orientation", "conduct_kind=possession_or_access",
               "point=6 statutory_maximum=48 community_service=240");
    check_made("statutory", "table=us/statutes; custody.statute=26 USC 7201; custody.lands=0.5",
               "low=0 high=60 custody=30");
    check_refused("statutory", "table=india; custody.statute=IT Act 67B; custody.lands=0",
                  "accept: unverified");
    check_refused("statutory", "table=india; custody.statute=IPC 292; custody.lands=0",
                  "there is no statute");
    check_refused("grid", "severity=8", "history_score");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),  cmocka_unit_test(test_images),
        cmocka_unit_test(test_greatest),   cmocka_unit_test(test_floors),
        cmocka_unit_test(test_production), cmocka_unit_test(test_acceptance),
        cmocka_unit_test(test_units),      cmocka_unit_test(test_history),
        cmocka_unit_test(test_statute),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_unverified), cmocka_unit_test(test_doubted),
        cmocka_unit_test(test_matrix),     cmocka_unit_test(test_points_and_statutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
