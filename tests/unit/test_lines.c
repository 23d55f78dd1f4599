/* Lines and documents: the walk over lines, numbers, and what ends a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../ext/format/columns.h"
#include "../../ext/format/field.h"
#include "../../ext/format/lines.h"
#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver lines = {.format = &format_lines, .where = {"n", "n0", "text"}};
static const struct driver document = {.format = &format_document, .where = {"text"}};

static void lines_are_rows(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"one", "发热\n", "1|0|发热\n", NULL, NULL},
        {"no LF at the end", "发热\n咳嗽", "1|0|发热\n2|1|咳嗽\n", NULL, NULL},
        {"blank ones count", "\n\na\n", "1|0|\n2|1|\n3|2|a\n", NULL, NULL},
        {"CRLF and LF mixed", "a\r\nb\n\r\nc\r\n", "1|0|a\n2|1|b\n3|2|\n4|3|c\n", NULL, NULL},
        {"a CR inside is text", "a\rb\r\r\n", "1|0|a\\rb\\r\n", NULL, NULL},
        {"half a CRLF ends the file", "a\r\nb\r", "1|0|a\n2|1|b\n", NULL, NULL},
        {"blanks stay", "  a \t\n", "1|0|  a \\t\n", NULL, NULL},
        {"skip-blank", "\n a\n \t\r\n\n\vb", "2|1| a\n5|4|\vb\n", "skip-blank", NULL},
        {"U+3000 is no blank line", "　\n", "1|0|　\n", "skip-blank", NULL},
        {"all of them blank", "\n \n\r\n", "", "skip-blank", NULL},
        {"all", "\na\n", "1|0|\n2|1|a\n", "all", NULL},
    };
    (void)state;
    check_cases(&lines, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "\0a\n\x81\x40\xFF\n";
    (void)state;
    check_bytes(lines, span_of(in, sizeof in - 1), "NUL and no UTF-8",
                "1|0|\\0a\n2|1|\x81\x40\xFF\n");
}

/* A scan that needs no cell of most records splits few. */
static void numbers_do_not_need_every_split(void **state) {
    struct driver set = lines;
    (void)state;
    for (set.stride = 2; set.stride < 5; set.stride++) {
        static const char *const expected[] = {"1|0|a\n3|2|c\n5|4|e\n7|6|g\n",
                                               "1|0|a\n4|3|d\n7|6|g\n", "1|0|a\n5|4|e\n"};
        check_bytes(set, span_text("a\nb\nc\nd\ne\nf\ng\n"), "stride", expected[set.stride - 2]);
    }
}

static enum lines_kind tokens_and_gaps(struct span line) {
    return lines_blank(line) ? LINES_GAP : LINES_TOKEN;
}

/* Also backwards, and the same one again. */
static void places_are_found_in_any_order(void **state) {
    static const int order[] = {3, 3, 0, 2, 1, 1, 0, 3};
    static const int64_t line[] = {1, 3, 4, 6}, sentence[] = {1, 2, 2, 3}, token[] = {1, 1, 2, 1};
    struct lines_walk walk = {.kind = tokens_and_gaps};
    struct format_record record[8];
    struct format_frame f = {
        .bytes = span_text("a\n\nb\nc\n\nd\n"), .last = true, .record = record, .cap = 8};
    (void)state;
    lines_frame(&walk, &f);
    assert_int_equal(f.count, 4);
    for (size_t i = 0; i < COUNT(order); i++) {
        struct format_record r = record[order[i]];
        struct lines_place place = lines_find(&walk, span_slice(f.bytes, r.at, r.at + r.n));
        assert_int_equal(place.line, line[order[i]]);
        assert_int_equal(place.sentence, sentence[order[i]]);
        assert_int_equal(place.token, token[order[i]]);
    }
}

static void a_document_is_one_row(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"byte for byte", "男，\r\n3岁\n\n", "男，\\r\\n3岁\\n\\n\n", NULL, NULL},
    };
    (void)state;
    check_cases(&document, cases, COUNT(cases));
}

static void unknown_words_are_refused(void **state) {
    static const struct {
        struct driver set;
        const char *out;
    } cases[] = {
        {{.format = &format_lines, .where = {"line"}},
         "!! no value is called 'line' in this format\n"},
        {{.format = &format_lines, .where = {"n"}, .shape = "twice"},
         "!! 'twice' is no shape of this format\n"},
        {{.format = &format_document, .where = {"n"}},
         "!! no value is called 'n' in this format\n"},
        {{.format = &format_marked, .where = {"text"}, .each = "words"},
         "!! 'words' is no each of this format\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum error_code code;
        char *text = driver_rows(&cases[i].set, span_text("a\n"), &code);
        assert_string_equal(text, cases[i].out);
        assert_int_equal(code, BAD_USE);
        free(text);
    }
}

static void columns_may_be_nobodys(void **state) {
    static const char *const where[] = {"b", NULL, "a", "b"}, *const word[] = {"a", "b", NULL};
    struct format_plan plan = {.columns = 4, .where = where};
    static const uint8_t expected[] = {1, COLUMNS_NONE, 0, 1};
    uint8_t is[FORMAT_COLUMNS_MAX];
    struct error e;
    (void)state;
    assert_int_equal(columns_find(&plan, word, is, &e), OK);
    assert_memory_equal(is, expected, sizeof expected);
}

static void integers(void **state) {
    static const struct {
        const char *text;
        bool fine;
        int64_t i;
    } cases[] = {
        {"0", true, 0},
        {"-1", true, -1},
        {"+7", true, 7},
        {"0012", true, 12},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"18446744073709551616", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1.0", false, 0},
        {" 1", false, 0},
        {"１", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t x = 0;
        assert_int_equal(field_integer(span_text(cases[i].text), &x), cases[i].fine);
        assert_int_equal(x, cases[i].i);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_rows),
        cmocka_unit_test(bytes_pass_through),
        cmocka_unit_test(numbers_do_not_need_every_split),
        cmocka_unit_test(places_are_found_in_any_order),
        cmocka_unit_test(a_document_is_one_row),
        cmocka_unit_test(unknown_words_are_refused),
        cmocka_unit_test(columns_may_be_nobodys),
        cmocka_unit_test(integers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
