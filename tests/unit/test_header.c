/* test_header.c - names in a header, and the columns that they are. */
#include "../../ext/format/header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

static void header_fill(struct header *h, const char *names) {
    struct span rest = span_text(names);
    while (rest.n) {
        size_t end = span_find(rest, 0, ',');
        assert_int_equal(header_add(h, span_slice(rest, 0, end), NULL), OK);
        rest = span_from(rest, end + 1);
    }
}

/* The names with a comma behind each. */
static const char *header_show(const struct header *h, struct buf *to) {
    to->n = 0;
    for (unsigned i = 0; i < h->count; i++) {
        assert_int_equal(buf_add_span(to, header_name(h, i), NULL), OK);
        assert_int_equal(buf_add_byte(to, ',', NULL), OK);
    }
    assert_int_equal(buf_add_byte(to, 0, NULL), OK);
    return (const char *)to->p;
}

static void header_keeps_names(void **state) {
    (void)state;
    struct header h = {0};
    struct buf shown = {0};
    header_fill(&h, "id,,科室,");
    assert_string_equal(header_show(&h, &shown), "id,,科室,");
    assert_int_equal(header_add(&h, span_text("\xCE\xCA\xCC\xE2"), NULL), OK);
    assert_int_equal(header_add(&h, span_text("a\xFF"), NULL), OK);
    assert_string_equal(header_show(&h, &shown), "id,,科室,问题,a\xEF\xBF\xBD,");
    buf_free(&shown);
    header_free(&h);
}

static void header_has_a_ceiling(void **state) {
    (void)state;
    struct header h = {0};
    struct error e = {0};
    for (unsigned i = 0; i < HEADER_NAMES_MAX; i++)
        assert_int_equal(header_add(&h, span_text("x"), &e), OK);
    assert_int_equal(header_add(&h, span_text("x"), &e), BAD_FILE);
    assert_string_equal(e.text, "more than 2000 columns");
    header_free(&h);
}

struct unique_case {
    const char *names, *unique;
};

static const struct unique_case unique_cases[] = {
    {"a,b,", "a,b,"},
    {"a,a,a,", "a,a_2,a_3,"},
    {"a,A,a,", "a,A,a_2,"},
    {",b,,", "column1,b,column3,"},
    {"column2,,", "column2,column2_2,"},
    {"a_2,a,a,a,", "a_2,a,a_3,a_4,"},
    {"a,a,a_2,", "a,a_2,a_2_2,"},
    {"a_2,a_2,a,a,", "a_2,a_2_2,a,a_3,"},
};

static void header_makes_names_unique(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof unique_cases / sizeof *unique_cases; i++) {
        struct header h = {0};
        struct buf shown = {0};
        header_fill(&h, unique_cases[i].names);
        assert_int_equal(header_unique(&h, NULL), OK);
        assert_string_equal(header_show(&h, &shown), unique_cases[i].unique);
        buf_free(&shown);
        header_free(&h);
    }
}

static int header_compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* As many equal names as there may be, between names that look like their numbered forms. */
static void header_makes_many_names_unique(void **state) {
    (void)state;
    struct header h = {0};
    char *name[HEADER_NAMES_MAX];
    for (unsigned i = 0; i < HEADER_NAMES_MAX; i++) {
        struct buf b = {0};
        assert_int_equal(buf_add_text(&b, "a", NULL), OK);
        if (i % 2) {
            assert_int_equal(buf_add_text(&b, "_", NULL), OK);
            assert_int_equal(buf_add_integer(&b, i, NULL), OK);
        }
        assert_int_equal(header_add(&h, buf_span(&b), NULL), OK);
        buf_free(&b);
    }
    assert_int_equal(header_unique(&h, NULL), OK);
    for (unsigned i = 0; i < HEADER_NAMES_MAX; i++)
        name[i] = strndup((const char *)header_name(&h, i).p, header_name(&h, i).n);
    qsort(name, HEADER_NAMES_MAX, sizeof *name, header_compare);
    for (unsigned i = 1; i < HEADER_NAMES_MAX; i++)
        assert_string_not_equal(name[i - 1], name[i]);
    for (unsigned i = 0; i < HEADER_NAMES_MAX; i++)
        free(name[i]);
    header_free(&h);
}

struct parse_case {
    const char *json, *names; /* NULL: refused */
};

static const struct parse_case parse_cases[] = {
    {"[]", ""},
    {" [ \"a\" , \"\" ,\"\\u75c5\\n\\\"\"] ", "a,,病\n\","},
    {"", NULL},
    {"[\"a\"", NULL},
    {"[\"a\"] x", NULL},
    {"[\"a\",]", NULL},
    {"[1]", NULL},
    {"[\"a\",[\"b\"]]", NULL},
    {"{\"a\":\"b\"}", NULL},
    {"\"a\"", NULL},
};

static void header_parses_the_option(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof parse_cases / sizeof *parse_cases; i++) {
        const struct parse_case *c = &parse_cases[i];
        struct header h = {0};
        struct buf shown = {0};
        assert_int_equal(header_parse(&h, c->json, NULL), c->names ? OK : BAD_USE);
        if (c->names)
            assert_string_equal(header_show(&h, &shown), c->names);
        buf_free(&shown);
        header_free(&h);
    }
}

struct map_case {
    const char *header, *where;
    bool required;
    int field;
    const char *error;
};

static const struct map_case map_cases[] = {
    {"id,ask,answer,", "ask", true, 1, NULL},
    {"id,ask,answer,", "question|ask", true, 1, NULL},
    {"question,ask,", "ask|question", true, 1, NULL},
    {"id,id,", "id", true, 0, NULL},
    {"id,ask,", "ASK", false, HEADER_NONE, NULL},
    {"id, ask,", "ask", false, HEADER_NONE, NULL},
    {"id,asked,", "ask|as", false, HEADER_NONE, NULL},
    {"id,\xCE\xCA\xCC\xE2,", "问题", true, 1, NULL},
    {"id,ask,", "#2", true, 1, NULL},
    {"id,ask,", "#3", false, 2, NULL},
    {"id,ask,", "@cells", true, HEADER_NONE, NULL},
    {"id,ask,", NULL, true, HEADER_NONE, NULL},
    {"id,ask,", "#3", true, 0, "no field 3: the first record has 2"},
    {"id,ask,", "label", true, 0, "no column 'label' in the header (id,ask)"},
    {"id,ask,", "text|content|body", true, 0,
     "no column 'text' or 'content' or 'body' in the header (id,ask)"},
};

static void header_maps_columns(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof map_cases / sizeof *map_cases; i++) {
        const struct map_case *c = &map_cases[i];
        struct header h = {0};
        struct error e = {0};
        int field[FORMAT_COLUMNS_MAX];
        const char *where[] = {"nothing", c->where};
        struct format_plan plan = {.columns = 2, .where = where, .required = c->required ? 2 : 0};
        header_fill(&h, c->header);
        assert_int_equal(header_map(&h, &plan, field, &e), c->error ? BAD_FILE : OK);
        if (c->error) {
            assert_string_equal(e.text, c->error);
        } else {
            assert_int_equal(field[0], HEADER_NONE);
            assert_int_equal(field[1], c->field);
        }
        header_free(&h);
    }
}

static void header_shows_some_of_many_names(void **state) {
    (void)state;
    struct header h = {0};
    struct error e = {0};
    int field[FORMAT_COLUMNS_MAX];
    const char *where[] = {"text"};
    struct format_plan plan = {.columns = 1, .where = where, .required = 1};
    for (unsigned i = 0; i < 100; i++)
        assert_int_equal(header_add(&h, span_text("abcdefghi"), &e), OK);
    assert_int_equal(header_map(&h, &plan, field, &e), BAD_FILE);
    assert_true(strlen(e.text) < 300);
    assert_non_null(strstr(e.text, "(abcdefghi,abcdefghi,"));
    assert_non_null(strstr(e.text, ",...)"));
    header_free(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_keeps_names),
        cmocka_unit_test(header_has_a_ceiling),
        cmocka_unit_test(header_makes_names_unique),
        cmocka_unit_test(header_makes_many_names_unique),
        cmocka_unit_test(header_parses_the_option),
        cmocka_unit_test(header_maps_columns),
        cmocka_unit_test(header_shows_some_of_many_names),
    };
    return cmocka_run_group_tests_name("header", tests, NULL, NULL);
}
