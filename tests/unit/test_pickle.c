/* test_pickle.c - pickles by the byte: what is read, and what is refused. */
#include "../../ext/words/pickle.h"
#include "../../ext/base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* A value as text: "a", 1, [..], {"k": ..}; below 'depth' lists and maps are cut to '..'. */
static void show(const struct tree *t, struct tree_value v, int depth, struct buf *out) {
    if (v.kind == TREE_TEXT)
        assert_int_equal(buf_add_json(out, tree_span(v), NULL), OK);
    else if (v.kind == TREE_INTEGER)
        assert_int_equal(buf_add_integer(out, v.as.i, NULL), OK);
    else if (depth == 0)
        assert_int_equal(buf_add_text(out, "..", NULL), OK);
    if ((v.kind != TREE_LIST && v.kind != TREE_MAP) || depth == 0)
        return;
    const struct tree_node *node = tree_node(t, v);
    buf_add_byte(out, v.kind == TREE_MAP ? '{' : '[', NULL);
    for (uint32_t i = 0; i < node->n; i++) {
        if (i)
            buf_add_byte(out, v.kind == TREE_MAP && i % 2 ? ':' : ',', NULL);
        show(t, node->item[i], depth - 1, out);
    }
    buf_add_byte(out, v.kind == TREE_MAP ? '}' : ']', NULL);
}

static enum error_code read_text(struct span bytes, struct buf *out, struct error *e) {
    struct tree t = {0};
    struct tree_value v = {0};
    enum error_code code = pickle_read(bytes, &t, &v, e);
    if (!code)
        show(&t, v, 4, out);
    tree_free(&t);
    return code;
}

struct test {
    const char *bytes;
    size_t n;
    const char *want; /* the value, or what the error says */
};

#define BYTES(x) x, sizeof(x) - 1

static const struct test good[] = {
    {BYTES("\x80\x04K\x07."), "7"},
    {BYTES("\x80\x02M\x01\x02."), "513"},
    {BYTES("\x80\x05J\xFE\xFF\xFF\xFF."), "-2"},
    {BYTES("\x80\x04\x95\x05\0\0\0\0\0\0\0\x8C\x02hb\x94."), "\"hb\""},
    {BYTES("\x80\x03X\x03\0\0\0abcq\0."), "\"abc\""},
    {BYTES("\x80\x04]."), "[]"},
    {BYTES("\x80\x04](."), NULL}, /* a mark is left: two values */
    {BYTES("\x80\x04]K\x01"
           "a(K\x02K\x03"
           "e."),
     "[1,2,3]"},
    {BYTES("\x80\x04}\x8C\x01"
           "aK\x01s(\x8C\x01"
           "bK\x02\x8C\x01"
           "cK\x03u."),
     "{\"a\":1,\"b\":2,\"c\":3}"},
    /* one text, kept in the memo and put three times */
    {BYTES("\x80\x04]\x94(\x8C\x01z\x94h\x01j\x01\0\0\0e."), "[\"z\",\"z\",\"z\"]"},
    /* protocol 2 numbers its memo; a number may be used again */
    {BYTES("\x80\x02]q\0(X\x01\0\0\0kq\x01r\x01\0\0\0h\x01"
           "e."),
     "[\"k\",\"k\"]"},
    /* a list that holds itself */
    {BYTES("\x80\x04]\x94h\0a."), "[[[[..]]]]"},
    {BYTES("\x80\x04](e(e."), "[]"},
    {BYTES("\x80\x04}(u.rest"), "{}"},
};

static const struct test bad[] = {
    {BYTES(""), "not a pickle"},
    {BYTES("\x80"), "not a pickle"},
    {BYTES("(lp0\n."), "not a pickle"},
    {BYTES("\x80\x01K\1."), "protocol 1"},
    {BYTES("\x80\x06K\1."), "protocol 6"},
    {BYTES("\x80\x04"), "STOP"},
    {BYTES("\x80\x04K\1"), "STOP"},
    {BYTES("\x80\x04K"), "inside an opcode"},
    {BYTES("\x80\x04\x95\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF."), "frame"},
    {BYTES("\x80\x04\x8C\5ab."), "inside a text"},
    {BYTES("\x80\x04X\xFF\xFF\xFF\xFF"
           "ab."),
     "inside a text"},
    {BYTES("\x80\x04."), "without one value"},
    {BYTES("\x80\x04(."), "without one value"},
    {BYTES("\x80\x04K\1K\2."), "without one value"},
    {BYTES("\x80\x04K\1K\2"
           "a."),
     "where no list"},
    {BYTES("\x80\x04"
           "a."),
     "stack"},
    {BYTES("\x80\x04]s."), "stack"},
    {BYTES("\x80\x04]K\1K\2s."), "where no dict"},
    {BYTES("\x80\x04"
           "e."),
     "stack"},
    {BYTES("\x80\x04(e."), "where no list"},
    {BYTES("\x80\x04]((e."), "where no list"},
    {BYTES("\x80\x04](K\1u."), "where no dict"},
    {BYTES("\x80\x04}(\x8C\1au."), "without a value"},
    {BYTES("\x80\x04}(K\1K\2u."), "no text"},
    {BYTES("\x80\x04}K\1K\2s."), "no text"},
    {BYTES("\x80\x04}]K\2s."), "no text"},
    {BYTES("\x80\x04](a."), "stack"},
    {BYTES("\x80\x04h\0."), "memo"},
    {BYTES("\x80\x04K\1q\1."), "gap"},
    {BYTES("\x80\x04K\1r\xFF\xFF\xFF\xFF."), "gap"},
    {BYTES("\x80\x04\x94."), "stack"},
    {BYTES("\x80\x04(\x94."), "stack"},
    /* what could do harm: os.system, and the opcodes that call */
    {BYTES("\x80\x02"
           "cos\nsystem\n."),
     "0x63"},
    {BYTES("\x80\x04\x8C\2os\x8C\6system\x93."), "0x93"},
    {BYTES("\x80\x04]]R."), "0x52"},
    {BYTES("\x80\x04]]b."), "0x62"},
    {BYTES("\x80\x04(i."), "0x69"},
    {BYTES("\x80\x04]]\x81."), "0x81"},
    {BYTES("\x80\x04P."), "0x50"},
    {BYTES("\x80\x04N."), "0x4E"},
    {BYTES("\x80\x04)."), "0x29"},
};

static void test_reads_plain_data(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct buf out = {0};
        struct error e = {0};
        enum error_code code = read_text(span_of(good[i].bytes, good[i].n), &out, &e);
        if (!good[i].want) {
            assert_int_equal(code, BAD_FILE);
        } else {
            assert_int_equal(code, OK);
            assert_true(span_is(buf_span(&out), good[i].want));
        }
        buf_free(&out);
    }
}

static void test_refuses_the_rest(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf out = {0};
        struct error e = {0};
        assert_int_equal(read_text(span_of(bad[i].bytes, bad[i].n), &out, &e), BAD_FILE);
        if (!strstr(e.text, bad[i].want))
            fail_msg("case %zu: '%s' does not say '%s'", i, e.text, bad[i].want);
        buf_free(&out);
    }
}

/* Each cut of a good pickle is refused: it has one STOP, and that is its last byte. */
static void test_refuses_each_prefix(void **state) {
    (void)state;
    static const char whole[] =
        "\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94(\x8C\2ab\x94]\x94(K\1Kee\x8C\1cK\2u.";
    struct buf out = {0};
    struct error e = {0};
    assert_int_equal(read_text(span_of(whole, sizeof whole - 1), &out, &e), OK);
    assert_true(span_is(buf_span(&out), "{\"ab\":[1,101],\"c\":2}"));
    for (size_t n = 0; n + 1 < sizeof whole; n++)
        assert_int_equal(read_text(span_of(whole, n), &out, &e), BAD_FILE);
    buf_free(&out);
}

/* A byte of the file can open a list; no model has many. */
static void test_refuses_many_lists(void **state) {
    (void)state;
    uint8_t bytes[4096] = {0x80, 4};
    struct buf out = {0};
    struct error e = {0};
    memset(bytes + 2, ']', sizeof bytes - 2);
    assert_int_equal(read_text(span_of(bytes, sizeof bytes), &out, &e), BAD_FILE);
    assert_non_null(strstr(e.text, "more than 1000 lists"));
    buf_free(&out);
}

/* Every byte that is no opcode of plain data is refused, whatever it is followed by. */
static void test_knows_twenty_opcodes(void **state) {
    (void)state;
    int refused = 0;
    for (int byte = 0; byte < 256; byte++) {
        uint8_t bytes[] = {0x80, 4, (uint8_t)byte, 1, 0, 0, 0, 0, 0, 0, 0, '.'};
        struct buf out = {0};
        struct error e = {0};
        if (read_text(span_of(bytes, sizeof bytes), &out, &e) == BAD_FILE)
            refused += strstr(e.text, "at offset 2 is no plain data") != NULL;
        buf_free(&out);
    }
    assert_int_equal(refused, 256 - 20);
}

static size_t live, allowed;

static void *scarce_resize(void *p, unsigned long long n) {
    if (allowed == 0)
        return NULL;
    allowed--;
    live += !p;
    return realloc(p, (size_t)n);
}

static void *scarce_alloc(unsigned long long n) {
    return scarce_resize(NULL, n);
}

static void scarce_free(void *p) {
    live -= p != NULL;
    free(p);
}

static void test_survives_no_memory(void **state) {
    (void)state;
    static const char bytes[] = "\x80\x04}(\x8C\1a\x94](K\1K\2e\x8C\1b}(\x8C\1cK\3uu.";
    const struct memory scarce = {scarce_alloc, scarce_resize, scarce_free};
    memory_use(&scarce);
    enum error_code code = NO_MEMORY;
    size_t tries = 0;
    for (; code; tries++) {
        struct tree t = {0};
        struct tree_value v = {0};
        allowed = tries;
        code = pickle_read(span_of(bytes, sizeof bytes - 1), &t, &v, NULL);
        assert_true(code == OK || code == NO_MEMORY);
        tree_free(&t);
        assert_int_equal(live, 0);
    }
    assert_true(tries > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_plain_data),    cmocka_unit_test(test_refuses_the_rest),
        cmocka_unit_test(test_refuses_each_prefix), cmocka_unit_test(test_knows_twenty_opcodes),
        cmocka_unit_test(test_refuses_many_lists),  cmocka_unit_test(test_survives_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
