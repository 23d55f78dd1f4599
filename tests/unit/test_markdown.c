/* Markdown: headings, quotes, texts and links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/format/markdown.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void add(char *to, size_t cap, const char *format, ...) {
    size_t n = strlen(to);
    va_list args;
    va_start(args, format);
    vsnprintf(to + n, cap - n, format, args);
    va_end(args);
}

/* "h2 text", "q text", "t text", "l text|url|before|behind", a line each. */
static void pieces(struct span text, char *to, size_t cap) {
    struct markdown m = {.rest = text};
    struct markdown_piece p;
    *to = 0;
    while (markdown_next(&m, &p)) {
        if (p.kind == MARKDOWN_HEADING)
            add(to, cap, "h%u ", p.level);
        else
            add(to, cap, "%s ",
                p.kind == MARKDOWN_QUOTE  ? "q"
                : p.kind == MARKDOWN_TEXT ? "t"
                                          : "l");
        add(to, cap, "%.*s", (int)p.text.n, (const char *)p.text.p);
        if (p.kind == MARKDOWN_LINK)
            add(to, cap, "|%.*s|%.*s|%.*s", (int)p.url.n, (const char *)p.url.p, (int)p.before.n,
                (const char *)p.before.p, (int)p.behind.n, (const char *)p.behind.p);
        add(to, cap, "\n");
    }
}

static void lines(void **state) {
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        {"", ""},
        {"\n \n\r\n", ""},
        {"# a\n###### b\n####### c\n#d\n", "h1 a\nh6 b\nt ####### c\nt #d\n"},
        {"## 3. 数据 ##\r\n", "h2 3. 数据\n"},
        {"## C#\n#\n", "h2 C#\nh1 \n"},
        {"   # in\n    # out\n", "h1 in\nt # out\n"},
        {"**题目**\n** 题目 **\n", "h7 题目\nh7 题目\n"},
        {"**a** b **c**\n****\n**\n***a***\n", "t **a** b **c**\nt ****\nt **\nt ***a***\n"},
        {"> a\n>b\n>\n> [x](http://y)\n", "q a\nq b\nq \nq [x](http://y)\n"},
        {"- a\n* b\n+ c\n12. d\n1) e\n-f\n1.g\n", "t a\nt b\nt c\nt d\nt e\nt -f\nt 1.g\n"},
        {"a\n```\n# code\n[x](y)\n```\nb\n~~~\n", "t a\nt b\n"},
        {"a", "t a\n"},
        {"a\0b", "t a\n"},
    };
    char got[1024];
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        pieces(span_text(cases[i].text), got, sizeof got);
        assert_string_equal(got, cases[i].pieces);
    }
}

/* Of one line: its links. */
static void links(void **state) {
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        {"[a](b)", "l a|b||\n"},
        {"x [a](b) y", "l a|b|x | y\n"},
        {"[a](b)[c](d)", "l a|b||[c](d)\nl c|d|[a](b)|\n"},
        {"[a](b(c)d)", "l a|b(c)d||\n"},
        {"[a](<b c>)", "l a|b c||\n"},
        {"[a](b \"t (x\")", "l a|b||\n"},
        {"[a (b)](c)", "l a (b)|c||\n"},
        {"[a [b]](c)", "l a [b]|c||\n"},
        {"[a]", ""},
        {"[a](b", ""},
        {"[a] (b)", ""},
        {"a](b)", ""},
        {"\\[a](b)", ""},
        {"[a\\](b)", ""},
        {"[](b)", "l |b||\n"},
        {"[a]()", "l a|||\n"},
        {"![a](b)", ""},
        {"![a](b)[c](d)", "l c|d|![a](b)|\n"},
        {"码：https://x.y/z", "l |https://x.y/z|码：|\n"},
        {"见http://x.y/z。后", "l |http://x.y/z|见|。后\n"},
        {"http://x.y/z. Next", "l |http://x.y/z||. Next\n"},
        {"<https://x.y>", "l |https://x.y|<|>\n"},
        {"http:/x https//y h", ""},
        {"[https://x](https://y)", "l https://x|https://y||\n"},
        {"[[[[[[[[[[a](b)", "l a|b|[[[[[[[[[|\n"},
    };
    char got[1024];
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        pieces(span_text(cases[i].text), got, sizeof got);
        char *behind = strchr(got, '\n');
        assert_non_null(behind);
        assert_string_equal(behind + 1, cases[i].pieces);
    }
}

static void plain_texts(void **state) {
    static const struct {
        const char *text, *plain;
    } cases[] = {
        {"", ""},
        {"a **b** `c`", "a b c"},
        {"a [b **c**](d) e", "a b c e"},
        {"![x](y)a", "a"},
        {"\\*a\\* \\d \\", "*a* \\d \\"},
        {"见 https://x.y/_z 后", "见 https://x.y/_z 后"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf out = {0};
        assert_int_equal(markdown_plain(span_text(cases[i].text), &out, NULL), OK);
        assert_true(span_is(buf_span(&out), cases[i].plain));
        buf_free(&out);
    }
}

/* An address longer than the limit is none; lines made to be slow are read in time. */
static void limits(void **state) {
    enum { N = 1 << 18 };
    static const char *const hostile[] = {"[", "](", "[a](", "https://", "\\", "**", "]"};
    char got[64];
    (void)state;
    struct buf line = {0};
    for (size_t k = 0; k < COUNT(hostile); k++) {
        line.n = 0;
        while (line.n < N)
            assert_int_equal(buf_add_text(&line, hostile[k], NULL), OK);
        struct markdown m = {.rest = buf_span(&line)};
        struct markdown_piece p;
        size_t n = 0;
        while (markdown_next(&m, &p))
            n++;
        assert_true(n >= 1);
    }
    line.n = 0;
    assert_int_equal(buf_add_text(&line, "[a](", NULL), OK);
    while (line.n < 3000)
        assert_int_equal(buf_add_text(&line, "x", NULL), OK);
    assert_int_equal(buf_add_text(&line, ")", NULL), OK);
    struct markdown m = {.line = buf_span(&line)};
    struct markdown_piece p;
    assert_false(markdown_next(&m, &p));
    pieces(span_text("a"), got, sizeof got);
    assert_string_equal(got, "t a\n");
    buf_free(&line);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(links),
        cmocka_unit_test(plain_texts),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
