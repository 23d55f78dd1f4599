/* test_json_walk.c - the ends of nested JSON, found in two ways; and what the check lets hear. */
#include "../../ext/format/json_nest.h"
#include "../../ext/format/json_walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TEXT_MAX = 700, TRIES = 20000 };

struct text {
    char p[TEXT_MAX + 64];
    size_t n;
};

static uint32_t next_random(uint32_t *state) {
    return *state = *state * 1664525u + 1013904223u;
}

static void add(struct text *t, const char *z) {
    size_t n = strlen(z);
    if (t->n + n <= TEXT_MAX)
        memcpy(t->p + t->n, z, n);
    t->n += t->n + n <= TEXT_MAX ? n : 0;
}

/* A string of brackets, escapes and runs of backslashes. */
static void add_string(struct text *t, uint32_t *state) {
    static const char *const inside[] = {"\\\"", "\\\\", "\\\\\\\\", "{",  "}",
                                         "]",    "[",    "a",        "中", "\\n"};
    unsigned pieces = next_random(state) >> 16 & 31;
    if (t->n + 2 + pieces * 4 > TEXT_MAX)
        return;
    add(t, "\"");
    while (pieces--)
        add(t, inside[(next_random(state) >> 16) % 10]);
    add(t, "\"");
}

/* Brackets that open and close, with strings and numbers between them; commas do not matter. */
static void make(struct text *t, uint32_t *state) {
    char open[TEXT_MAX + 1];
    unsigned depth = 0, words = next_random(state) >> 16 & 127;
    t->n = 0;
    do {
        unsigned what = (next_random(state) >> 16) % 8;
        if (t->n + depth + 8 > TEXT_MAX || words == 0)
            what = 2;
        if (what < 2 || depth == 0) {
            add(t, what ? "[" : "{");
            open[depth++] = what ? ']' : '}';
        } else if (what == 2) {
            add(t, (char[]){open[--depth], 0});
        } else if (what < 5 && t->n + depth + 140 < TEXT_MAX) {
            add_string(t, state);
        } else {
            add(t, "12, ");
        }
        words -= words > 0;
    } while (depth > 0);
}

/* Every bracket of many texts, with and without bytes behind the text. */
static void test_ends(void **unused) {
    (void)unused;
    uint32_t state = 7;
    struct text t;
    for (int i = 0; i < TRIES; i++) {
        make(&t, &state);
        size_t n = t.n;
        memset(t.p + n, i % 2 ? ']' : '"', 64);
        struct span s = span_of(t.p, n + (size_t)(i % 65));
        assert_int_equal(json_nest_end_portable(s, 0), n);
        bool inside = false;
        for (size_t at = 0; at < n; at++) {
            if (inside && t.p[at] == '\\')
                at++;
            else if (t.p[at] == '"')
                inside = !inside;
            else if (!inside && (t.p[at] == '{' || t.p[at] == '['))
                assert_int_equal(json_nest_end(s, at), json_nest_end_portable(s, at));
        }
    }
}

/* The bracket that closes at every place around the ends of blocks. */
static void test_lengths(void **unused) {
    (void)unused;
    char text[400];
    for (size_t n = 2; n < sizeof text; n++) {
        memset(text, ' ', sizeof text);
        text[0] = '[';
        text[n - 1] = ']';
        assert_int_equal(json_nest_end(span_of(text, sizeof text), 0), n);
        assert_int_equal(json_nest_end(span_of(text, n), 0), n);
        assert_int_equal(json_nest_end(span_of(text, n - 1), 0), n - 1); /* does not close */
    }
}

struct heard {
    char text[300];
};

static void hear(void *of, struct span key, struct span value) {
    struct heard *h = of;
    size_t n = strlen(h->text);
    snprintf(h->text + n, sizeof h->text - n, "%.*s=%.*s;", (int)key.n, (const char *)key.p,
             (int)value.n, (const char *)value.p);
}

static void test_heard(void **unused) {
    (void)unused;
    static const struct {
        const char *json, *heard;
    } cases[] = {
        {"{\"a\": 1, \"b\" :{\"a\": [2, {}]} , \"a\":\"x\"}",
         "\"a\"=1;\"b\"={\"a\": [2, {}]};\"a\"=\"x\";"},
        {"[1, [], {\"k\": [1]}, \"]\"]", "=1;=[];={\"k\": [1]};=\"]\";"},
        {"{}", ""},
        {"[ ]", ""},
        {"12", ""},
        {"[[[1]]]", "=[[1]];"},
        {"{\"a\\\"\": null}", "\"a\\\"\"=null;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct heard checked = {""}, walked = {""};
        struct span s = span_text(cases[i].json), key, value;
        struct json_fault f;
        size_t end;
        assert_int_equal(json_check_heard(s, 0, &(struct json_ear){hear, &checked}, &end, &f),
                         JSON_FINE);
        assert_int_equal(end, s.n);
        assert_string_equal(checked.text, cases[i].heard);
        for (size_t at = 0; (s.p[0] == '{' || s.p[0] == '[') && json_each(s, &at, &key, &value);)
            hear(&walked, key, value);
        assert_string_equal(walked.text, cases[i].heard);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
