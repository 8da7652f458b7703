/* What is said of a file that is not there. */
#include "cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fixture.h"

static void write_empty(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static const char *remedy_for(struct arena *arena, const char *path)
{
    struct diags diags;
    struct buffer buffer;
    diags_init(&diags, arena);
    assert_int_equal(file_read(arena, path, 100, &buffer, &diags), STATUS_IO);
    assert_int_equal(diags.count, 1);
    return diags.items[0].remedy;
}

/* Names that drive a terminal, that are no text, that are hidden or lead nowhere are not offered.
 */
static void test_what_is_offered(void **state)
{
    static const char *const unfit[] = {"persons-and-acts\033", "persons-and-acts\u202e",
                                        "persons-and-acts\xff", ".persons-and-acts"};
    struct arena *arena = *state;
    char folder[] = "/tmp/assize-file-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *wrong = arena_printf(arena, "%s/persons-und-acts", folder);
    const char *right = arena_printf(arena, "%s/persons-and-acts", folder);
    for (size_t i = 0; i < COUNT_OF(unfit); i++)
        write_empty(arena_printf(arena, "%s/%s", folder, unfit[i]));
    assert_null(remedy_for(arena, wrong));
    assert_int_equal(symlink("nowhere", right), 0);
    assert_null(remedy_for(arena, wrong));
    assert_null(remedy_for(arena, right));
    assert_int_equal(unlink(right), 0);
    write_empty(right);
    assert_string_equal(remedy_for(arena, wrong), arena_printf(arena, "did you mean `%s`?", right));
    assert_null(remedy_for(arena, arena_printf(arena, "%s/persons-und-acts/rows", folder)));
    for (size_t i = 0; i < COUNT_OF(unfit); i++)
        unlink(arena_printf(arena, "%s/%s", folder, unfit[i]));
    unlink(right);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_offered, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
