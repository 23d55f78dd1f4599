/* test_spans.c - spans as JSON, mentions, contexts, characters with tags. */
#include "../../ext/text/names.h"
#include "../../ext/text/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>

static struct buf written;

static const char *text_of(struct buf *b) {
    struct error e;
    buf_add_byte(b, 0, &e);
    b->n--;
    return (const char *)b->p;
}

struct spans_case {
    const char *json, *expected; /* what spans_write gives, or the message */
};

static const struct spans_case spans_good[] = {
    {"[]", "[]"},
    {" [ ] ", "[]"},
    {"[[0,2,\"sym\"]]", "[[0,2,\"sym\"]]"},
    {" [ [ 0 , 2 , \"sym\" ] ,\n[3,3,\"\"]\t]\r\n", "[[0,2,\"sym\"],[3,3,\"\"]]"},
    {"[[0,2147483647,\"疾病\"]]", "[[0,2147483647,\"疾病\"]]"},
    {"[[1,2,\"a\\\"\\\\\\/\\n\\u75be\\uD83D\\uDE00\"]]", "[[1,2,\"a\\\"\\\\/\\n疾😀\"]]"},
};

static const struct spans_case spans_bad[] = {
    {"", "spans are no JSON array"},
    {"null", "spans are no JSON array"},
    {"{}", "spans are no JSON array"},
    {"[", "span 1: no array [start, end, \"type\"] at byte 1"},
    {"[1,2]", "span 1: no array [start, end, \"type\"] at byte 1"},
    {"[[0,2,\"a\"]", "spans do not end after span 1"},
    {"[[0,2,\"a\"],]", "span 2: no array [start, end, \"type\"] at byte 11"},
    {"[[0,2,\"a\"]]x", "spans are followed by something else"},
    {"[[0,2,\"a\"][1,2,\"a\"]]", "spans do not end after span 1"},
    {"[[0,2]]", "span 1: no comma after the end at byte 5"},
    {"[[0,2,\"a\",1]]", "span 1: more than start, end and type at byte 9"},
    {"[[0,2,null]]", "span 1: a type is no string at byte 6"},
    {"[[-1,2,\"a\"]]", "span 1: a position is no whole number from 0 at byte 2"},
    {"[[1.0,2,\"a\"]]", "span 1: a position is no whole number from 0 at byte 3"},
    {"[[1e1,2,\"a\"]]", "span 1: a position is no whole number from 0 at byte 3"},
    {"[[01,2,\"a\"]]", "span 1: a position is no whole number from 0 at byte 4"},
    {"[[0,2147483648,\"a\"]]", "span 1: a position is too large at byte 13"},
    {"[[5,4,\"a\"]]", "span 1: its start 5 is past its end 4"},
    {"[[0,2,\"a]]", "span 1: a type does not end at byte 10"},
    {"[[0,2,\"a\n\"]]", "span 1: a type does not end at byte 8"},
    {"[[0,2,\"\\x\"]]", "span 1: a type has a bad escape at byte 8"},
    {"[[0,2,\"\\u12g4\"]]", "span 1: a type has a bad \\u escape at byte 8"},
    {"[[0,2,\"\\udc00\"]]", "span 1: a type has a bad \\u escape at byte 8"},
    {"[[0,2,\"\\ud800x\"]]", "span 1: a type has half a surrogate pair at byte 13"},
    {"[[0,2,\"\xFF\"]]", "spans are not UTF-8"},
};

static void spans_read_and_write(void **state) {
    (void)state;
    struct spans s = {0};
    for (size_t i = 0; i < sizeof spans_good / sizeof *spans_good; i++) {
        struct error e = {0};
        written.n = 0;
        assert_int_equal(spans_parse(&s, span_text(spans_good[i].json), &e), OK);
        assert_int_equal(spans_write(&s, &written, &e), OK);
        assert_string_equal(text_of(&written), spans_good[i].expected);
    }
    spans_free(&s);
}

static void spans_refuse(void **state) {
    (void)state;
    struct spans s = {0};
    for (size_t i = 0; i < sizeof spans_bad / sizeof *spans_bad; i++) {
        struct error e = {0};
        assert_int_equal(spans_parse(&s, span_text(spans_bad[i].json), &e), BAD_DATA);
        assert_string_equal(e.text, spans_bad[i].expected);
    }
    spans_free(&s);
}

/* Every prefix of good JSON is refused, read from memory that ends where it does. */
static void spans_refuse_prefixes(void **state) {
    (void)state;
    const char *json = "[[0,2,\"a\\u75be\\ud83d\\ude00\"],[3,4,\"\"]]";
    struct spans s = {0};
    for (size_t n = 0; n < strlen(json); n++) {
        struct error e = {0};
        struct buf part = {0};
        buf_add(&part, json, n, &e);
        assert_int_equal(spans_parse(&s, buf_span(&part), &e), BAD_DATA);
        buf_free(&part);
    }
    spans_free(&s);
}

static void spans_sort_and_unite(void **state) {
    (void)state;
    struct spans s = {0};
    struct error e = {0};
    const char *json = "[[3,5,\"b\"],[0,2,\"a\"],[3,9,\"a\"],[3,5,\"a\"],[0,2,\"a\"],[3,5,\"ab\"]]";
    assert_int_equal(spans_parse(&s, span_text(json), &e), OK);
    spans_order(&s, spans_compare);
    spans_unique(&s);
    written.n = 0;
    spans_write(&s, &written, &e);
    assert_string_equal(text_of(&written),
                        "[[0,2,\"a\"],[3,9,\"a\"],[3,5,\"a\"],[3,5,\"ab\"],[3,5,\"b\"]]");
    spans_order(&s, spans_compare_type_first);
    written.n = 0;
    spans_write(&s, &written, &e);
    assert_string_equal(text_of(&written),
                        "[[0,2,\"a\"],[3,5,\"a\"],[3,9,\"a\"],[3,5,\"ab\"],[3,5,\"b\"]]");
    spans_free(&s);
}

/* ---- slices ---- */

static void slice_mentions(void **state) {
    (void)state;
    struct span text = span_text("患者头痛3天😀");
    assert_true(span_is(slice_text(text, 2, 4), "头痛"));
    assert_true(span_is(slice_text(text, 6, 7), "😀"));
    assert_true(span_is(slice_text(text, 6, 99), "😀"));
    assert_true(span_is(slice_text(text, -3, 1), "患"));
    assert_true(span_is(slice_text(text, 4, 4), ""));
    assert_true(span_is(slice_text(text, 5, 2), ""));
    assert_true(span_is(slice_text(text, 90, 99), ""));
    assert_true(span_is(slice_text(text, INT64_MIN, INT64_MAX), "患者头痛3天😀"));
}

static void slice_contexts(void **state) {
    (void)state;
    static const struct {
        int64_t start, end, width;
        const char *expected;
    } cases[] = {
        {5, 7, 2, "患者【头痛】 3"}, {5, 7, 99, "主诉 患者【头痛】 3天"},
        {0, 2, 0, "【主诉】"},       {1, 4, 1, "主【诉 患】者"},
        {99, 99, 2, "3天【】"},      {-5, -1, 2, "【】主诉"},
        {7, 4, 1, "痛【】 "},        {5, 7, -1, "【头痛】"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error e = {0};
        written.n = 0;
        assert_int_equal(slice_context(span_text("主诉\n患者头痛\n3天"), cases[i].start,
                                       cases[i].end, cases[i].width, &written, &e),
                         OK);
        assert_string_equal(text_of(&written), cases[i].expected);
    }
}

struct slice_bio_case {
    const char *text, *spans, *expected;
};

static const struct slice_bio_case slice_bios[] = {
    {"", "[]", ""},
    {"头痛 3", "[[0,2,\"sym\"]]", "头\tB-sym\n痛\tI-sym\n \tO\n3\tO\n"},
    {"头痛", "[[0,1,\"a\"],[1,2,\"a\"]]", "头\tB-a\n痛\tB-a\n"},
    {"左肺癌", "[[0,2,\"bod\"],[0,3,\"dis\"],[2,3,\"x\"]]", "左\tB-dis\n肺\tI-dis\n癌\tI-dis\n"},
    {"左肺癌", "[[1,3,\"b\"],[0,2,\"a\"]]", "左\tB-a\n肺\tI-a\n癌\tO\n"},
    {"甲\n乙", "[[0,3,\"x\"],[1,1,\"y\"]]", "甲\tB-x\n\n乙\tI-x\n"},
};

static void slice_tags(void **state) {
    (void)state;
    struct spans s = {0};
    for (size_t i = 0; i < sizeof slice_bios / sizeof *slice_bios; i++) {
        struct error e = {0};
        written.n = 0;
        assert_int_equal(spans_parse(&s, span_text(slice_bios[i].spans), &e), OK);
        assert_int_equal(slice_bio(span_text(slice_bios[i].text), &s, &written, &e), OK);
        assert_string_equal(text_of(&written), slice_bios[i].expected);
    }
    struct error e = {0};
    spans_parse(&s, span_text("[[0,3,\"a\"]]"), &e);
    assert_int_equal(slice_bio(span_text("头痛"), &s, &written, &e), BAD_DATA);
    assert_string_equal(e.text, "a span ends at 3, past the text's 2 characters");
    spans_parse(&s, span_text("[[0,2,\"a\\tb\"]]"), &e);
    assert_int_equal(slice_bio(span_text("头痛"), &s, &written, &e), BAD_DATA);
    spans_free(&s);
}

/* ---- names ---- */

static void names_number(void **state) {
    (void)state;
    struct names t = {0};
    struct error e = {0};
    uint32_t number = 99;
    char name[16];
    assert_false(names_find(&t, span_text("a"), &number));
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "词%u", (unsigned)i);
            assert_int_equal(names_add(&t, span_text(name), &number, &e), OK);
            assert_int_equal(number, i);
        }
    assert_int_equal(t.n, 5000);
    assert_true(span_is(names_get(&t, 0), "词0"));
    assert_int_equal(names_add(&t, span_text(""), &number, &e), OK);
    assert_true(names_find(&t, span_text(""), &number));
    assert_int_equal(number, 5000);
    assert_true(span_is(names_get(&t, 4999), "词4999"));
    assert_false(names_find(&t, span_text("词5000"), &number));
    names_free(&t);
}

static int free_written(void **state) {
    (void)state;
    buf_free(&written);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_read_and_write),
        cmocka_unit_test(spans_refuse),
        cmocka_unit_test(spans_refuse_prefixes),
        cmocka_unit_test(spans_sort_and_unite),
        cmocka_unit_test(slice_mentions),
        cmocka_unit_test(slice_contexts),
        cmocka_unit_test(slice_tags),
        cmocka_unit_test(names_number),
    };
    return cmocka_run_group_tests(tests, NULL, free_written);
}
