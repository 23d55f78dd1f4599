/* test_tree.c - MessagePack and JSON of plain data, and the tree they fill. */
#include "../../ext/words/json_tree.h"
#include "../../ext/words/msgpack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct test {
    const char *bytes;
    size_t n;
    const char *want; /* the value as JSON, or what the error says */
};

struct reader {
    enum error_code (*read)(struct span bytes, struct tree *tree, struct tree_value *out,
                            struct error *e);
};

#define BYTES(x) x, sizeof(x) - 1

static const struct test msgpack_good[] = {
    {BYTES("\x00"), "0"},
    {BYTES("\x7F"), "127"},
    {BYTES("\xCC\xFF"), "255"},
    {BYTES("\xCD\x01\x02"), "258"},
    {BYTES("\xCE\xFF\xFF\xFF\xFF"), "4294967295"},
    {BYTES("\xA0"), "\"\""},
    {BYTES("\xA2hb"), "\"hb\""},
    {BYTES("\xD9\x01z"), "\"z\""},
    {BYTES("\xDA\x00\x01z"), "\"z\""},
    {BYTES("\xDB\x00\x00\x00\x01z"), "\"z\""},
    {BYTES("\x90"), "[]"},
    {BYTES("\x93\x01\x02\x91\x03"), "[1,2,[3]]"},
    {BYTES("\xDC\x00\x02\x01\x02"), "[1,2]"},
    {BYTES("\xDD\x00\x00\x00\x01\x05"), "[5]"},
    {BYTES("\x80"), "{}"},
    {BYTES("\x82\xA1k\x90\xA1l\x81\xA1m\x07"), "{\"k\":[],\"l\":{\"m\":7}}"},
    {BYTES("\xDE\x00\x01\xA1k\x01"), "{\"k\":1}"},
    {BYTES("\xDF\x00\x00\x00\x01\xA1k\x01"), "{\"k\":1}"},
    {BYTES("\x92\x90\x80"), "[[],{}]"},
};

static const struct test msgpack_bad[] = {
    {BYTES(""), "inside a value"},
    {BYTES("\xCD\x01"), "inside a value"},
    {BYTES("\xA5"
           "ab"),
     "inside a value"},
    {BYTES("\xDB\xFF\xFF\xFF\xFF"
           "ab"),
     "inside a value"},
    {BYTES("\x92\x01"), "inside a value"},
    {BYTES("\xDD\xFF\xFF\xFF\xFF\x01"), "inside a value"},
    {BYTES("\xDF\xFF\xFF\xFF\xFF\xA1k\x01"), "inside a value"},
    {BYTES("\x81\x01\x01"), "no text"},
    {BYTES("\x81\x90\x01"), "no text"},
    {BYTES("\x01\x01"), "behind its value"},
    {BYTES("\x91\x91\x91\x91\x91\x91\x91\x91\x91\x01"), "deeper"},
    {BYTES("\xC0"), "0xC0"},
    {BYTES("\xCB\x00\x00\x00\x00\x00\x00\x00\x00"), "0xCB"},
    {BYTES("\xC4\x01z"), "0xC4"},
    {BYTES("\xD4\x01z"), "0xD4"},
    {BYTES("\xE0"), "0xE0"},
};

static const struct test json_good[] = {
    {BYTES("0"), "0"},
    {BYTES(" -12 "), "-12"},
    {BYTES("123456789012345"), "123456789012345"},
    {BYTES("\"\""), "\"\""},
    {BYTES("\"\\u53d1\\u70Ed\""), "\"发热\""},
    {BYTES("\"a\\\"\\\\\\/\\n\""), "\"a\\\"\\\\/\\n\""},
    {BYTES("\"\\ud840\\udc00\""), "\"𠀀\""},
    {BYTES("\"\\ud840x\\udc00\""), "\"\xEF\xBF\xBDx\xEF\xBF\xBD\""},
    {BYTES("[]"), "[]"},
    {BYTES("[1, [2], {\"k\": []} ]"), "[1,[2],{\"k\":[]}]"},
    {BYTES("{\"a\\u0041\":\"\\u0042\" , \"k\":2}\n"), "{\"aA\":\"B\",\"k\":2}"},
};

static const struct test json_bad[] = {
    {BYTES(""), "offset 0"},
    {BYTES("[1"), "offset 2"},
    {BYTES("[1 2]"), "offset 3"},
    {BYTES("[1,]"), "offset 3"},
    {BYTES("[,1]"), "offset 1"},
    {BYTES("{\"k\" 1}"), "offset 5"},
    {BYTES("{1:1}"), "offset 1"},
    {BYTES("{\"k\":1,}"), "offset 7"},
    {BYTES("\"ab"), "offset 3"},
    {BYTES("\"a\nb\""), "offset 2"},
    {BYTES("\"\\q\""), "offset 2"},
    {BYTES("\"\\u12"), "offset 3"},
    {BYTES("\"\\u12G4\""), "offset 3"},
    {BYTES("\"\\"), "offset 2"},
    {BYTES("1.5"), "offset 1"},
    {BYTES("1e5"), "offset 1"},
    {BYTES("1234567890123456"), "offset 15"},
    {BYTES("-"), "offset 1"},
    {BYTES("null"), "offset 0"},
    {BYTES("1 1"), "offset 2"},
    {BYTES("[[[[[[[[[1]]]]]]]]]"), "deeper"},
};

static void show(const struct tree *t, struct tree_value v, struct buf *out) {
    if (v.kind == TREE_TEXT)
        assert_int_equal(buf_add_json(out, tree_span(v), NULL), OK);
    else if (v.kind == TREE_INTEGER)
        assert_int_equal(buf_add_integer(out, v.as.i, NULL), OK);
    if (v.kind != TREE_LIST && v.kind != TREE_MAP)
        return;
    const struct tree_node *node = tree_node(t, v);
    buf_add_byte(out, v.kind == TREE_MAP ? '{' : '[', NULL);
    for (uint32_t i = 0; i < node->n; i++) {
        if (i)
            buf_add_byte(out, v.kind == TREE_MAP && i % 2 ? ':' : ',', NULL);
        show(t, node->item[i], out);
    }
    buf_add_byte(out, v.kind == TREE_MAP ? '}' : ']', NULL);
}

static void check(struct reader r, const struct test *test, size_t n, enum error_code want) {
    for (size_t i = 0; i < n; i++) {
        struct tree t = {0};
        struct tree_value v = {0};
        struct buf out = {0};
        struct error e = {0};
        enum error_code code = r.read(span_of(test[i].bytes, test[i].n), &t, &v, &e);
        if (code != want)
            fail_msg("case %zu: code %d, '%s'", i, (int)code, e.text);
        if (!code)
            show(&t, v, &out);
        else
            assert_int_equal(buf_add_text(&out, e.text, NULL), OK);
        buf_add_byte(&out, 0, NULL);
        if (code ? !strstr((char *)out.p, test[i].want) : strcmp((char *)out.p, test[i].want) != 0)
            fail_msg("case %zu: '%s', not '%s'", i, (char *)out.p, test[i].want);
        buf_free(&out);
        tree_free(&t);
    }
}

static void test_msgpack(void **state) {
    (void)state;
    const struct reader r = {msgpack_read};
    check(r, msgpack_good, sizeof msgpack_good / sizeof *msgpack_good, OK);
    check(r, msgpack_bad, sizeof msgpack_bad / sizeof *msgpack_bad, BAD_FILE);
}

static void test_json(void **state) {
    (void)state;
    const struct reader r = {json_tree_read};
    check(r, json_good, sizeof json_good / sizeof *json_good, OK);
    check(r, json_bad, sizeof json_bad / sizeof *json_bad, BAD_FILE);
}

/* A value that is complete is never the prefix of another. */
static void test_prefixes(void **state) {
    (void)state;
    static const char json[] = "{\"a\\u53d1\":[1,\"\\ud840\\udc00\"],\"b\":{\"c\":2}}";
    static const char pack[] = "\x82\xA1"
                               "a\x92\x01\xA3\xE5\x8F\x91\xA1"
                               "b\x81\xD9\x01"
                               "c\xCD\x01\x02";
    for (size_t n = 0; n < sizeof json; n++) {
        struct tree t = {0};
        struct tree_value v;
        assert_int_equal(json_tree_read(span_of(json, n), &t, &v, NULL),
                         n + 1 < sizeof json ? BAD_FILE : OK);
        tree_free(&t);
    }
    for (size_t n = 0; n < sizeof pack; n++) {
        struct tree t = {0};
        struct tree_value v;
        assert_int_equal(msgpack_read(span_of(pack, n), &t, &v, NULL),
                         n + 1 < sizeof pack ? BAD_FILE : OK);
        tree_free(&t);
    }
}

static void test_last_member_counts(void **state) {
    (void)state;
    struct tree t = {0};
    struct tree_value v;
    struct span text = span_text("{\"k\":1,\"l\":2,\"k\":3}");
    assert_int_equal(json_tree_read(text, &t, &v, NULL), OK);
    assert_int_equal(tree_member(&t, v, "k").as.i, 3);
    assert_int_equal(tree_member(&t, v, "l").as.i, 2);
    assert_int_equal(tree_member(&t, v, "m").kind, TREE_NONE);
    assert_int_equal(tree_member(&t, tree_integer(1), "k").kind, TREE_NONE);
    tree_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_msgpack),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_last_member_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
