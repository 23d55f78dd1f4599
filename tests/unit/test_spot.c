/* test_spot.c - mentions by the dictionary and rules. */
#include "../../ext/learn/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

static struct error e;
static struct model base;

static const struct {
    const char *text, *expected;
} cases[] = {
    {"", ""},
    {"今天天气好", ""},
    {"发热、咳嗽", "0-2 symptom | 3-5 symptom"},
    {"诊断为2型糖尿病", "3-8 disease"},
    {"急性支气管炎", "0-6 disease"},
    {"右侧股骨骨折", "0-6 disease"},
    {"血压140/90mmHg", "0-2 test | 2-12 value"},
    {"2019年3月5日行胆囊切除术", "0-9 date | 10-15 procedure"},
    {"20190305", "0-8 date"},
    {"1201903051", ""},
    {"看病，技术，照片，发炎", ""},
    {"口服阿莫西林胶囊", "2-8 drug"},
    {"\xFF发热\xFE", "1-3 symptom"},
};

static void found(const char *text, char *got, size_t size) {
    struct spot *s = calloc(1, sizeof *s);
    struct spot_mention m;
    size_t last = 0;
    *got = 0;
    assert_int_equal(spot_begin(s, &base, span_text(text), &e), OK);
    while (spot_next(s, &m)) {
        size_t n = strlen(got);
        assert_true(m.start >= last && m.end > m.start && m.end <= s->points.n);
        last = m.end;
        snprintf(got + n, size - n, "%s%zu-%zu %s", n ? " | " : "", m.start, m.end, m.type);
    }
    spot_free(s);
    free(s);
}

static void mentions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[2000];
        found(cases[i].text, got, sizeof got);
        if (strcmp(got, cases[i].expected) != 0)
            fail_msg("%s: %s, not %s", cases[i].text, got, cases[i].expected);
    }
}

/* Over many chunks positions go on, and values that cross an end are whole. */
static void long_texts(void **state) {
    (void)state;
    char *text = calloc(1, 40000), *got = calloc(1, 400000);
    for (size_t pad = 0; pad < 8; pad++) {
        text[0] = 0;
        for (size_t i = 0; i < pad; i++)
            strcat(text, "好");
        for (size_t i = 0; i < 400; i++)
            strcat(text, "体温38.5℃，");
        found(text, got, 400000);
        size_t n = 0;
        for (const char *p = got; (p = strstr(p, "value")); p++)
            n++;
        assert_int_equal(n, 400);
    }
    free(text);
    free(got);
}

int main(void) {
    if (model_open(&base, model_shipped(), NULL, &e))
        return 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(mentions), cmocka_unit_test(long_texts)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    model_close(&base);
    return failed;
}
