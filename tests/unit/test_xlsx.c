/* The rows of sheets. */
#include "xlsx_driver.h"

static void put_sheet(FILE *out, struct span xml, size_t step, const struct xlsx_strings *strings) {
    struct xlsx_sheet *s;
    struct error e = {0};
    uint8_t *room;
    assert_int_equal(xlsx_sheet_open("S", strings, &s, &e), OK);
    bool good = true;
    for (size_t at = 0; good && at < xml.n; at += step) {
        xlsx_sheet_feed(s, piece_of(xml, at, step, &room), at + step >= xml.n);
        free(room);
        good = put_rows(out, s);
    }
    xlsx_sheet_close(s);
}

static void check_sheet(const char *name, struct span xml, const struct xlsx_strings *strings,
                        const char *expected) {
    for (size_t i = 0; i < WORDS(steps); i++) {
        char *got;
        size_t n;
        FILE *out = open_memstream(&got, &n);
        put_sheet(out, xml, steps[i], strings);
        fclose(out);
        if (strcmp(got, expected) != 0)
            print_error("%s, pieces of %zu\n", name, steps[i]);
        assert_string_equal(got, expected);
        free(got);
    }
}

/* ---- Sheets ---- */

struct sheet_case {
    const char *name, *xml, *expected;
};

static const struct sheet_case sheet_cases[] = {
    {"types",
     SHEET("<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1'><v>4.0999999999999996</v></c>"
           "<c r='C1' t='n'><v>1E-2</v></c><c r='D1' t='b'><v>1</v></c>"
           "<c r='E1' t='e'><v>#N/A</v></c><c r='F1' t='d'><v>2021-01-01</v></c>"
           "<c r='G1' t='str'><f>A1&amp;\"x\"</f><v>fx</v></c>"
           "<c r='H1' t='inlineStr'><is><t>here</t></is></c></row>"),
     "1 A s fever|B n 4.0999999999999996|C n 1E-2|D b 1|E e #N/A|F d 2021-01-01|G s fx|H s here\n"},
    {"cells without a value are missing, rows without one are none",
     SHEET("<row r='1'/><row r='2'><c r='A2'/><c r='B2' s='5'></c><c r='C2' t='s'><v/></c>"
           "<c r='D2'><f>A2</f></c></row><row r='3'><c r='B3'><v>1</v></c><c r='C3'/></row>"
           "<row r='4'><c r='A4'><v> \n </v></c></row>"),
     "3 B n 1\n"},
    {"an empty text is a value",
     SHEET("<row><c t='str'><v/></c><c t='inlineStr'><is/></c><c t='s'><v>2</v></c></row>"),
     "1 A s |B s |C s \n"},
    {"positions are counted",
     SHEET("<row><c><v>1</v></c><c r='C1'><v>2</v></c><c><v>3</v></c></row>"
           "<row r='7'><c><v>4</v></c></row><row><c/><c><v>5</v></c></row>"),
     "1 A n 1|C n 2|D n 3\n7 A n 4\n8 B n 5\n"},
    {"a row takes its number from its first cell",
     SHEET("<row><c r='B5'><v>1</v></c></row><row><c r='A9'/><c r='C9'><v>2</v></c></row>"
           "<row><c r='A9'><v>3</v></c></row>"),
     "5 B n 1\n9 C n 2\n9 ! the row comes after row 9\n"},
    {"white space around what is no text",
     SHEET("\n<row r='1'>\n <c r='A1' t='s'>\n  <v>\n 0 \n</v>\n </c>\n <c r='B1'><v>\t7 </v></c>"
           "</row>"),
     "1 A s cough|B n 7\n"},
    {"text is verbatim",
     SHEET("<row><c t='str'><v> a\r\nb </v></c><c t='inlineStr'><is><t>\t&lt;&#26085;"
           "&#x65e5;\xE6\x97\xA5<![CDATA[&<]]> </t></is></c></row>"),
     "1 A s  a\\0ab |B s \\09<\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5&< \n"},
    {"runs are joined, readings left out",
     SHEET("<row><c t='inlineStr'><is><t>a</t><r><rPr><b/></rPr><t>b</t></r><r><t> c</t></r>"
           "<rPh sb='0' eb='1'><t>x</t><r><t>y</t></r></rPh><phoneticPr/></is></c></row>"),
     "1 A s ab c\n"},
    {"an inline string comes before a value, which may stand for it",
     SHEET("<row><c t='inlineStr'><v>1</v><is><t>a</t></is></c><c t='inlineStr'><is><t>b</t></is>"
           "<v>2</v></c><c t='inlineStr'><v>3</v></c><c><is><t>4</t></is></c></row>"),
     "1 A s a|B s b|C s 3|D s 4\n"},
    {"comments and instructions are no text",
     SHEET("<!-- <row> --><row><c t='str'><v>a<!-- b -->c<?d e?></v></c></row>"), "1 A s ac\n"},
    {"escapes",
     SHEET("<row><c t='str'><v>a_x0004_b</v></c><c t='inlineStr'><is><t>_x005F_x0041_</t>"
           "<r><t>_x00</t></r><r><t>41_</t></r></is></c><c><v>_x0031_</v></c></row>"),
     "1 A s a\\04b|B s _x0041__x0041_|C n _x0031_\n"},
    {"any prefix, only at its place",
     "<x:worksheet xmlns:x='y'><x:row r='9'><x:c><x:v>0</x:v></x:c></x:row>"
     "<x:sheetData><x:row r='1'><x:c r='A1' x:r='B1'><x:v>1</x:v></x:c>"
     "<x:extLst><c r='B1'><v>2</v></c></x:extLst></x:row>"
     "<ext><row><c><v>3</v></c></row></ext></x:sheetData>"
     "<controls><from><row>4</row></from></controls></x:worksheet>",
     "1 A n 1\n"},
    {"the dimension is not believed",
     "<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
     "</sheetData></worksheet>",
     "1 A n 1\n"},
    {"no rows", SHEET(""), ""},
    {"no data", "<worksheet/>", ""},
    {"the last cell", SHEET("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
     "1048576 16383 n 1\n"},
    {"small letters", SHEET("<row r='3'><c r='b3'><v>1</v></c></row>"), "3 B n 1\n"},
};

static const struct sheet_case bad_row_cases[] = {
    {"the next row is good",
     SHEET("<row r='1'><c r='A1'><v>1</v></c></row>"
           "<row r='2'><c r='A2'><v>1</v></c><c r='B2' t='s'><v>99</v></c><c r='C2'><v>lost</v></c>"
           "</row><row r='3'><c r='A3' t='str'><v>a</v></c></row>"),
     "1 A n 1\n2 ! cell 'B2': there is no shared string 99, only 4\n3 A s a\n"},
    {"index",
     SHEET("<row><c t='s'><v>-1</v></c></row><row><c t='s'><v>1.5</v></c></row>"
           "<row><c t='s'><v>99999999999999999999</v></c></row>"
           "<row><c t='s'><v>\xE4\xB8\x80</v></c></row>"),
     "1 ! cell 'A1': '-1' is not the number of a shared string\n"
     "2 ! cell 'A2': '1.5' is not the number of a shared string\n"
     "3 ! cell 'A3': '99999999999999999999' is not the number of a shared string\n"
     "4 ! cell 'A4': '\xE4\xB8\x80' is not the number of a shared string\n"},
    {"row number",
     SHEET("<row r='0'/><row r='1048577'/><row r='4294967297'/><row r=''/><row r='1a'/>"
           "<row r='-1'/><row><c><v>1</v></c></row>"),
     "1 ! the row's number '0' is not one of 1 to 1048576\n"
     "2 ! the row's number '1048577' is not one of 1 to 1048576\n"
     "3 ! the row's number '4294967297' is not one of 1 to 1048576\n"
     "4 ! the row's number '' is not one of 1 to 1048576\n"
     "5 ! the row's number '1a' is not one of 1 to 1048576\n"
     "6 ! the row's number '-1' is not one of 1 to 1048576\n7 A n 1\n"},
    {"row order",
     SHEET("<row r='5'><c><v>1</v></c></row><row r='5'><c><v>2</v></c></row>"
           "<row r='3'><c><v>3</v></c></row><row r='4'><c><v>4</v></c></row>"),
     "5 A n 1\n5 ! the row comes after row 5\n3 ! the row comes after row 5\n4 A n 4\n"},
    {"too many rows",
     SHEET("<row r='1048576'><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>"),
     "1048576 A n 1\n1048577 ! the sheet has more than 1048576 rows\n"},
    {"cell reference",
     SHEET("<row><c r='XFE1'/></row><row><c r='ZZZZZZZZZZ99999999999'/></row><row><c r='A'/></row>"
           "<row><c r='3'/></row><row><c r=''/></row><row><c r='A6 '/></row>"
           "<row><c r='A1048577'/></row>"),
     "1 ! the cell reference 'XFE1' is not one of A1 to XFD1048576\n"
     "2 ! the cell reference 'ZZZZZZZZZZ99999999999' is not one of A1 to XFD1048576\n"
     "3 ! the cell reference 'A' is not one of A1 to XFD1048576\n"
     "4 ! the cell reference '3' is not one of A1 to XFD1048576\n"
     "5 ! the cell reference '' is not one of A1 to XFD1048576\n"
     "6 ! the cell reference 'A6 ' is not one of A1 to XFD1048576\n"
     "7 ! the cell reference 'A1048577' is not one of A1 to XFD1048576\n"},
    {"cell order",
     SHEET("<row><c r='B1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
           "<row><c r='B2'/><c r='A2'/></row>"
           "<row r='3'><c r='A4'/></row><row><c><v>1</v></c><c r='B9'/></row>"),
     "1 ! cell 'B1' is not behind the cell before it\n2 ! cell 'A2' is not behind the cell"
     " before it\n"
     "3 ! cell 'A4' is of another row\n4 ! cell 'B9' is of another row\n"},
    {"column past the last", SHEET("<row r='1'><c r='XFD1'><v>1</v></c><c><v>2</v></c></row>"),
     "1 ! the row has more than 16384 columns\n"},
    {"values",
     SHEET("<row><c t='x'/></row><row r='2'><c r='AB2'><v>1</v><v>2</v></c></row>"
           "<row><c><is/><is/></c></row><row><c t=''><v>1</v></c></row>"),
     "1 ! cell 'A1' has the unknown type 'x'\n2 ! cell 'AB2' has two values\n"
     "3 ! cell 'A3' has two values\n4 ! cell 'A4' has the unknown type ''\n"},
    {"half a pair",
     SHEET("<row><c t='str'><v>_xD83D_</v></c></row>"
           "<row><c t='inlineStr'><is><t>_xDE00_</t></is></c></row>"
           "<row><c t='s'><v>3</v></c></row><row><c><v>_xD83D_</v></c></row>"),
     "1 ! cell 'A1' holds half a surrogate pair\n2 ! cell 'A2' holds half a surrogate pair\n"
     "3 ! cell 'A3': shared string 3 holds half a surrogate pair\n4 A n _xD83D_\n"},
};

static const struct sheet_case bad_sheet_cases[] = {
    {"the rows before are good",
     HEAD "<worksheet><sheetData>\n<row r='1'><c r='A1'><v>1</v></c></row>\n<row r='2'><c r='A2'>"
          "<v>2</x>",
     "1 A n 1\n!! 3 the XML of sheet 'S' breaks at line 4: mismatched tag\n"},
    {"cut", "<worksheet><sheetData><row><c><v>1</v></c></row>",
     "1 A n 1\n!! 3 the XML of sheet 'S' breaks at line 1: no element found\n"},
    {"after the data", SHEET("<row><c><v>1</v></c></row>") "<more/>",
     "1 A n 1\n!! 3 the XML of sheet 'S' breaks at line 2: junk after document element\n"},
    {"a chart", HEAD "<chartsheet/>",
     "!! 3 sheet 'S' begins with <chartsheet> instead of <worksheet>\n"},
    {"a control character", SHEET("<row><c t='str'><v>\x04</v></c></row>"),
     "!! 3 the XML of sheet 'S' breaks at line 2: not well-formed (invalid token)\n"},
    {"not UTF-8", SHEET("<row><c t='str'><v>\xB8\xDF</v></c></row>"),
     "!! 3 the XML of sheet 'S' breaks at line 2: not well-formed (invalid token)\n"},
    {"a surrogate", SHEET("<row><c t='str'><v>\xED\xA0\x80</v></c></row>"),
     "!! 3 the XML of sheet 'S' breaks at line 2: not well-formed (invalid token)\n"},
    {"laughs", "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><worksheet>&b;</worksheet>",
     "!! 3 sheet 'S' of the workbook has a DOCTYPE\n"},
    {"an entity from outside",
     "<!DOCTYPE l SYSTEM 'file:///etc/hostname'><worksheet><sheetData/></worksheet>",
     "!! 3 sheet 'S' of the workbook has a DOCTYPE\n"},
    {"an entity of no one", "<worksheet>&a;</worksheet>",
     "!! 3 the XML of sheet 'S' breaks at line 1: undefined entity\n"},
};

static void check_sheets(const struct sheet_case *cases, size_t count) {
    struct xlsx_strings *strings = strings_of(
        "<sst><si><t>cough</t></si><si><t>fever</t></si><si/><si><t>a_xD800_b</t></si></sst>");
    for (size_t i = 0; i < count; i++)
        check_sheet(cases[i].name, span_text(cases[i].xml), strings, cases[i].expected);
    xlsx_strings_close(strings);
}

static void test_sheet(void **state) {
    (void)state;
    check_sheets(sheet_cases, WORDS(sheet_cases));
}

static void test_sheet_bad_rows(void **state) {
    (void)state;
    check_sheets(bad_row_cases, WORDS(bad_row_cases));
}

static void test_sheet_bad_xml(void **state) {
    (void)state;
    check_sheets(bad_sheet_cases, WORDS(bad_sheet_cases));
}

static void test_sheet_without_strings(void **state) {
    (void)state;
    check_sheet("none", span_text(SHEET("<row><c t='s'><v>0</v></c></row>")), NULL,
                "1 ! cell 'A1': there is no shared string 0, only 0\n");
}

/* Rows that straddle pieces of every size, behind rows of the same piece. */
static void test_sheet_pieces(void **state) {
    (void)state;
    char *xml, *expected;
    size_t n, m;
    FILE *in = open_memstream(&xml, &n), *out = open_memstream(&expected, &m);
    fputs("<worksheet><sheetData>", in);
    for (int i = 1; i <= 40; i++) {
        fprintf(
            in,
            "<row><c><v>%d</v></c><c t='inlineStr'><is><t>%.*s_x0041_</t><t>_x0042_</t></is></c>"
            "<c t='str'><v>_x0043_</v></c></row>",
            i * i, i, "----------------------------------------");
        fprintf(out, "%d A n %d|B s %.*sAB|C s C\n", i, i * i, i,
                "----------------------------------------");
    }
    fputs("</sheetData></worksheet>", in);
    fclose(in);
    fclose(out);
    for (size_t step = 1; step < 300; step++) {
        char *got;
        FILE *all = open_memstream(&got, &m);
        put_sheet(all, span_of(xml, n), step, NULL);
        fclose(all);
        assert_string_equal(got, expected);
        free(got);
    }
    free(xml);
    free(expected);
}

static void test_sheet_utf16(void **state) {
    (void)state;
    static const char ascii[] = "<worksheet><sheetData><row><c t='str'><v>a&#233;</v></c></row>"
                                "</sheetData></worksheet>";
    uint8_t xml[2 * sizeof ascii] = {0xFF, 0xFE};
    for (size_t i = 0; i + 1 < sizeof ascii; i++)
        xml[2 + 2 * i] = (uint8_t)ascii[i];
    check_sheet("UTF-16", span_of(xml, 2 * sizeof ascii), NULL, "1 A s a\xC3\xA9\n");
}

/* Rows keep what was asked for; which rows there are stays the same. */
static void test_sheet_want(void **state) {
    (void)state;
    static const char xml[] = SHEET(
        "<row><c><v>1</v></c><c t='s'><v>7</v></c><c t='str'><v>_xD800_</v></c><c><v>4</v></c>"
        "</row>"
        "<row><c/><c t='str'><v>x</v></c></row><row><c t='inlineStr'><is><t>_xD800_</t></is>"
        "</c></row>"
        "<row><c/></row>");
    static const uint32_t columns[] = {3, 0, XLSX_COLUMNS_MAX, UINT32_MAX};
    static const char *const expected[] = {
        "1\n2\n3\n", "1 D n 4\n2\n3\n",
        "1 A n 1|D n 4\n2\n3 ! cell 'A3' holds half a surrogate pair\n"};
    for (size_t i = 0; i <= 3; i++) {
        struct xlsx_sheet *s;
        char *got;
        size_t n;
        FILE *out = open_memstream(&got, &n);
        assert_int_equal(xlsx_sheet_open("S", NULL, &s, NULL), OK);
        xlsx_sheet_want(s, columns, i < 3 ? i : WORDS(columns));
        xlsx_sheet_feed(s, span_text(xml), true);
        assert_true(put_rows(out, s));
        fclose(out);
        assert_string_equal(got, expected[i < 3 ? i : 2]);
        free(got);
        xlsx_sheet_close(s);
    }
}

static void test_sheet_keeps_rows_not_drawn(void **state) {
    (void)state;
    struct span xml = span_text(
        SHEET("<row><c t='str'><v>ab</v></c></row><row><c t='str'><v>cd</v></c><c t='str'>"
              "<v>ef</v></c></row><row r='2'/><row r='9'><c r='C9' t='str'><v>gh</v></c></row>"));
    struct xlsx_sheet *s;
    struct xlsx_row row;
    bool more;
    char *got;
    size_t n;
    FILE *out = open_memstream(&got, &n);
    assert_int_equal(xlsx_sheet_open("S", NULL, &s, NULL), OK);
    for (size_t at = 0; at < xml.n; at++) {
        xlsx_sheet_feed(s, span_slice(xml, at, at + 1), at + 1 == xml.n);
        if (at == xml.n / 2) { /* one of them */
            assert_int_equal(xlsx_sheet_next(s, &row, &more, NULL), OK);
            assert_true(more);
            put_row(out, &row);
        }
    }
    assert_true(put_rows(out, s));
    fclose(out);
    assert_string_equal(got,
                        "1 A s ab\n2 A s cd|B s ef\n2 ! the row comes after row 2\n9 C s gh\n");
    free(got);
    xlsx_sheet_close(s);
}

int main(void) {
    heap_use();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet),         cmocka_unit_test(test_sheet_bad_rows),
        cmocka_unit_test(test_sheet_bad_xml), cmocka_unit_test(test_sheet_without_strings),
        cmocka_unit_test(test_sheet_pieces),  cmocka_unit_test(test_sheet_utf16),
        cmocka_unit_test(test_sheet_want),    cmocka_unit_test(test_sheet_keeps_rows_not_drawn),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return heap.blocks ? 1 : failed;
}
