/* text_function.c - functions of one text.
 *
 *     SELECT cmed_normalize('Ⅱ型糖尿病　ＨｂＡ１ｃ');           2型糖尿病 hba1c
 *     SELECT cmed_slice('左乳腺癌术后', 1, 4);                乳腺癌
 *     SELECT cmed_context('左乳腺癌术后', 1, 4);              左【乳腺癌】术后
 *     SELECT cmed_mask('姓名：张三，电话13800138000');        姓名：[姓名]，电话[电话] */
#include "function.h"

#include "base/utf8.h"
#include "text/mask.h"
#include "text/normalize.h"
#include "text/slice.h"

SQLITE_EXTENSION_INIT3

/* A text and what is to be done to it, in words that are bits: the text it becomes. */
static void text_change(sqlite3_context *context, int argc, sqlite3_value **argv,
                        enum error_code (*parse)(struct span, unsigned *, struct error *),
                        enum error_code (*change)(struct span, unsigned, struct buf *,
                                                  struct error *)) {
    struct span text = function_span(argv[0]);
    struct buf out = {0};
    struct error e;
    unsigned bits;
    if (!text.p)
        return;
    enum error_code code = parse(function_argument(argc, argv, 1), &bits, &e);
    if (!code)
        code = change(text, bits, &out, &e);
    function_text(context, code, &out, &e);
}

static void text_normalize(sqlite3_context *context, int argc, sqlite3_value **argv) {
    text_change(context, argc, argv, normalize_parse, normalize_utf8);
}

static void text_mask(sqlite3_context *context, int argc, sqlite3_value **argv) {
    text_change(context, argc, argv, mask_parse, mask_text);
}

static bool text_any_null(int argc, sqlite3_value **argv) {
    for (int i = 0; i < argc; i++)
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
            return true;
    return false;
}

/* Positions count characters: bytes that are none would make every answer a guess. */
static enum error_code text_check(struct span text, struct error *e) {
    size_t valid = utf8_valid(text);
    return valid == text.n ? OK : error_set(e, BAD_DATA, "byte 0x%02X is not UTF-8", text.p[valid]);
}

static void text_slice(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct error e;
    if (text_any_null(argc, argv))
        return;
    struct span text = function_span(argv[0]);
    if (text_check(text, &e)) {
        door_fail(context, &e);
        return;
    }
    struct span s = slice_text(text, sqlite3_value_int64(argv[1]), sqlite3_value_int64(argv[2]));
    sqlite3_result_text64(context, s.n ? (const char *)s.p : "", s.n, SQLITE_TRANSIENT,
                          SQLITE_UTF8);
}

static void text_context(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct buf out = {0};
    struct error e;
    if (text_any_null(argc, argv))
        return;
    struct span text = function_span(argv[0]);
    enum error_code code = text_check(text, &e);
    if (!code)
        code = slice_context(text, sqlite3_value_int64(argv[1]), sqlite3_value_int64(argv[2]),
                             argc > 3 ? sqlite3_value_int64(argv[3]) : SLICE_WIDTH, &out, &e);
    function_text(context, code, &out, &e);
}

static void text_bio(sqlite3_context *context, int argc, sqlite3_value **argv) {
    struct spans spans = {0};
    struct buf out = {0};
    struct error e;
    if (text_any_null(argc, argv))
        return;
    struct span text = function_span(argv[0]);
    enum error_code code = text_check(text, &e);
    if (!code)
        code = spans_parse(&spans, function_span(argv[1]), &e);
    if (!code)
        code = slice_bio(text, &spans, &out, &e);
    spans_free(&spans);
    function_text(context, code, &out, &e);
}

const struct function text_functions[] = {
    {"cmed_normalize", 1, FUNCTION_PURE, text_normalize, NULL, NULL,
     "cmed_normalize(text[, steps])",
     "the text in one spelling; steps, parted by commas, of zero, numeral, width, nfkc, case, punct, space; default: all"},
    {"cmed_normalize", 2, FUNCTION_PURE, text_normalize, NULL, NULL, NULL, NULL},
    {"cmed_slice", 3, FUNCTION_PURE, text_slice, NULL, NULL, "cmed_slice(text, start_pos, end_pos)",
     "the characters from start_pos to end_pos (exclusive, code points from 0), cut to what there is"},
    {"cmed_context", 3, FUNCTION_PURE, text_context, NULL, NULL,
     "cmed_context(text, start_pos, end_pos[, width])",
     "left【mention】right on one line, at most width characters (20) either side"},
    {"cmed_context", 4, FUNCTION_PURE, text_context, NULL, NULL, NULL, NULL},
    {"cmed_bio", 2, FUNCTION_PURE, text_bio, NULL, NULL, "cmed_bio(text, spans)",
     "character TAB tag lines (B-type, I-type, O); spans: JSON [[start, end, \"type\"], …]; the longest wins an overlap"},
    {"cmed_mask", 1, FUNCTION_PURE, text_mask, NULL, NULL, "cmed_mask(text[, kinds])",
     "the text with identifiers masked: id, phone, email, url, date, mrn, name; default: all"},
    {"cmed_mask", 2, FUNCTION_PURE, text_mask, NULL, NULL, NULL, NULL},
    {0},
};
