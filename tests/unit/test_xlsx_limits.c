/* The ceilings of workbooks (xlsx.h), and hostile ones. */
#include "xlsx_driver.h"

static void check_end(struct xlsx_sheet *s, const char *expected) {
    struct xlsx_row row;
    struct error e = {0};
    bool more;
    for (int i = 0; i < 2; i++) { /* it stays so */
        assert_int_equal(xlsx_sheet_next(s, &row, &more, &e), expected ? BAD_FILE : OK);
        assert_false(more);
        assert_string_equal(e.text, expected ? expected : "");
        if (expected)
            xlsx_sheet_feed(s, span_text("<a>"), false);
    }
    xlsx_sheet_close(s);
}

static struct xlsx_sheet *sheet_fed(const char *head) {
    struct xlsx_sheet *s;
    assert_int_equal(xlsx_sheet_open("S", NULL, &s, NULL), OK);
    xlsx_sheet_feed(s, span_text(head), false);
    return s;
}

static void test_depth(void **state) {
    (void)state;
    for (int deep = XLSX_DEPTH_MAX; deep <= XLSX_DEPTH_MAX + 1; deep++) {
        struct xlsx_sheet *s = sheet_fed("<worksheet>");
        for (int i = 1; i < deep; i++)
            xlsx_sheet_feed(s, span_text("<a>"), false);
        check_end(s, deep > XLSX_DEPTH_MAX ? "the XML of sheet 'S' is more than 64 elements deep"
                                           : NULL);
    }
}

/* A tag that ends too late, and one that never ends. */
static void test_long_tag(void **state) {
    (void)state;
    static const char wrong[] = "sheet 'S' has a tag longer than 1048576 bytes";
    static char piece[1 << 16];
    memset(piece, 'x', sizeof piece);
    for (size_t pieces = 15; pieces <= 64; pieces += pieces < 17 ? 1 : 47) {
        struct xlsx_sheet *s = sheet_fed("<worksheet><a b='");
        for (size_t i = 0; i < pieces; i++)
            xlsx_sheet_feed(s, span_of(piece, sizeof piece), false);
        xlsx_sheet_feed(s, span_text("'></a></worksheet>"), pieces < 64);
        check_end(s, pieces > 15 ? wrong : NULL);
    }
}

/* More names than are good, in tags like this one. */
static void check_names(const char *tag) {
    struct xlsx_sheet *s = sheet_fed("<worksheet>");
    char text[64];
    for (int i = 0; i < 2 * XLSX_NAMES_MAX; i++) {
        snprintf(text, sizeof text, tag, i);
        xlsx_sheet_feed(s, span_text(text), false);
    }
    check_end(s, "sheet 'S' has more than 4096 different XML names");
}

static void test_names(void **state) {
    (void)state;
    struct xlsx_sheet *s = sheet_fed("<worksheet>");
    char tag[400];
    for (int i = 0; i < 2 * XLSX_NAMES_MAX; i++) { /* the same again costs nothing */
        snprintf(tag, sizeof tag, "<x%d:sheetData a%d='' z=''/>", i % 1500, i % 1500);
        xlsx_sheet_feed(s, span_text(tag), false);
    }
    struct xlsx_row row;
    bool more;
    assert_int_equal(xlsx_sheet_next(s, &row, &more, NULL), OK);
    assert_false(more);
    xlsx_sheet_close(s);
    check_names("<a b%d=''/>");
    check_names("<b%d/>");
    check_names("<b%d:sheetData/>");
    s = sheet_fed("<worksheet>");
    snprintf(tag, sizeof tag, "<%0*d/>", 300, 0);
    tag[1] = 'a';
    xlsx_sheet_feed(s, span_text(tag), false);
    check_end(s, "sheet 'S' has an XML name longer than 256 bytes");
}

static void test_piece(void **state) {
    (void)state;
    struct xlsx_sheet *s = sheet_fed("<worksheet>");
    uint8_t *large = calloc(1, XLSX_PIECE_MAX + 1);
    struct xlsx_row row;
    bool more;
    xlsx_sheet_feed(s, span_of(large, XLSX_PIECE_MAX + 1), false);
    assert_int_equal(xlsx_sheet_next(s, &row, &more, NULL), BAD_USE);
    xlsx_sheet_close(s);
    free(large);
}

/* A row with more text than is good is broken, and gives its memory back; the next one is not. */
static void test_long_row(void **state) {
    (void)state;
    static char piece[1 << 16];
    struct xlsx_sheet *s = sheet_fed("<worksheet><sheetData><row><c t='str'><v>");
    memset(piece, 'x', sizeof piece);
    heap.peak = heap.live;
    for (int i = 0; i < 3 * XLSX_TEXT_MAX / (1 << 16) / 2; i++) {
        xlsx_sheet_feed(s, span_of(piece, sizeof piece), false);
        if (i % 100 == 0)
            xlsx_sheet_feed(s, span_text("</v></c><c t='str'><v>"), false);
    }
    assert_true(heap.peak < (size_t)2 * XLSX_TEXT_MAX);
    xlsx_sheet_feed(s, span_text("</v></c></row><row><c><v>1</v></c></row>"), false);
    char *got;
    size_t n;
    FILE *out = open_memstream(&got, &n);
    assert_true(put_rows(out, s));
    fclose(out);
    assert_string_equal(got, "1 ! the texts of the row are longer than 33554432 bytes\n2 A n 1\n");
    free(got);
    xlsx_sheet_close(s);
}

/* Half a million rows, good and bad, in a heap that stays small. */
static void test_row_bomb(void **state) {
    (void)state;
    static const char rows[] = "<row><c><v>1</v></c></row><row r=''/>";
    static char piece[(sizeof rows - 1) * 1024];
    for (size_t i = 0; i < sizeof piece; i++)
        piece[i] = rows[i % (sizeof rows - 1)];
    size_t before = heap.live, good = 0;
    heap.peak = heap.live;
    struct xlsx_sheet *s = sheet_fed("<worksheet><sheetData>");
    for (int i = 0; i < 256; i++) {
        struct xlsx_row row;
        bool more;
        xlsx_sheet_feed(s, span_of(piece, sizeof piece), false);
        while (xlsx_sheet_next(s, &row, &more, NULL), more)
            good += row.count;
    }
    assert_int_equal(good, 256 * 1024);
    assert_true(heap.peak - before < 1 << 20);
    xlsx_sheet_close(s);
}

int main(void) {
    heap_use();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depth),    cmocka_unit_test(test_long_tag),
        cmocka_unit_test(test_names),    cmocka_unit_test(test_piece),
        cmocka_unit_test(test_long_row), cmocka_unit_test(test_row_bomb),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return heap.blocks ? 1 : failed;
}
