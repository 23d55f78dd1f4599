/* Names in a path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/dataset/file_name.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void names_and_folders(void **state) {
    static const struct {
        const char *path, *name, *folder;
    } cases[] = {
        {"疾病/肺癌.json", "肺癌", "疾病"},
        {"kg/疾病/肺癌.json.gz", "肺癌", "疾病"},
        {"疾病.zip/肺癌.json", "肺癌", "疾病"},
        {"疾病/肺癌.zip/肺癌.json", "肺癌", "疾病"},
        {"肺癌/肺癌/肺癌.json.gz", "肺癌", ""},
        {"肺癌.json", "肺癌", ""},
        {"./肺癌.json", "肺癌", ""},
        {"../肺癌.json", "肺癌", ""},
        {"/肺癌.json", "肺癌", ""},
        {"a.b/c.d.e", "c.d", "a.b"},
        {"a/.hidden", ".hidden", "a"},
        {"a/.gz", "", "a"},
        {"a/name", "name", "a"},
        {"a//name.x", "name", ""},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct span path = span_text(cases[i].path);
        assert_true(span_is(file_name(path), cases[i].name));
        assert_true(span_is(file_name_folder(path), cases[i].folder));
    }
}

static void one_of_some(void **state) {
    static const struct {
        const char *name, *words;
        bool among;
    } cases[] = {
        {"疾病", "疾病 药物", true},  {"药物", "疾病 药物", true}, {"药", "疾病 药物", false},
        {"疾病 药物", "疾病", false}, {"疾病", "", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(file_name_among(span_text(cases[i].name), span_text(cases[i].words)),
                         cases[i].among);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_folders),
        cmocka_unit_test(one_of_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
