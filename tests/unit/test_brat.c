/* Standoff annotations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver brat = {
    .format = &format_brat,
    .where = {"kind", "id", "type", "start", "end", "spans", "text", "arg1", "arg2", "args"}};

static void every_kind_of_line(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"blank lines", "\n \r\n\t\n", "", NULL, NULL},
        {"an entity", "T1\tDisease 0 2\t胃炎\n", "T|T1|Disease|0|2|[[0,2]]|胃炎|~|~|~\n", NULL,
         NULL},
        {"a discontinuous one", "T7\tSymptom 3 5;6 8;20 21\t心功 能不 全\n",
         "T|T7|Symptom|3|21|[[3,5],[6,8],[20,21]]|心功 能不 全|~|~|~\n", NULL, NULL},
        {"a relation", "R1\tTest_Disease Arg1:T3 Arg2:T1\n",
         "R|R1|Test_Disease|~|~|~|~|T3|T1|{\"Arg1\":\"T3\",\"Arg2\":\"T1\"}\n", NULL, NULL},
        {"a type with a hyphen", "R2\tSideEff-Drug Arg1:T3 Arg2:T1\n",
         "R|R2|SideEff-Drug|~|~|~|~|T3|T1|{\"Arg1\":\"T3\",\"Arg2\":\"T1\"}\n", NULL, NULL},
        {"an event", "E1\tOnset:T1 Theme:T2 Theme2:E3\nE2\tOnset:T1\n",
         "E|E1|Onset|~|~|~|~|~|~|{\"trigger\":\"T1\",\"Theme\":\"T2\",\"Theme2\":\"E3\"}\n"
         "E|E2|Onset|~|~|~|~|~|~|{\"trigger\":\"T1\"}\n",
         NULL, NULL},
        {"attributes", "A1\tNegation E1\nA2\tConfidence E2 very high\nM3\tNegation T1\n",
         "A|A1|Negation|~|~|~|~|~|~|{\"of\":\"E1\"}\n"
         "A|A2|Confidence|~|~|~|~|~|~|{\"of\":\"E2\",\"value\":\"very high\"}\n"
         "M|M3|Negation|~|~|~|~|~|~|{\"of\":\"T1\"}\n",
         NULL, NULL},
        {"a normalization", "N1\tReference T1 ICD10:K29.7\t胃炎，未特指\n",
         "N|N1|Reference|~|~|~|胃炎，未特指|~|~|{\"of\":\"T1\",\"ref\":\"ICD10:K29.7\"}\n", NULL,
         NULL},
        {"a group", "*\tAlias T1 T2 T9\n", "*|*|Alias|~|~|~|~|~|~|[\"T1\",\"T2\",\"T9\"]\n", NULL,
         NULL},
        {"notes", "#1\tAnnotatorNotes T1\t待\t核对\n#\tNote\tx\n",
         "#|#1|AnnotatorNotes|~|~|~|待\\t核对|~|~|{\"of\":\"T1\"}\n#|#|Note|~|~|~|x|~|~|{}\n", NULL,
         NULL},
    };
    (void)state;
    check_cases(&brat, cases, COUNT(cases));
}

static void ways_to_write_it(void **state) {
    static const struct check_case cases[] = {
        {"CRLF, blank lines, no end of line", "T1\tA 0 1\tx\r\n\r\n\nT2\tA 1 2\ty",
         "T|T1|A|0|1|[[0,1]]|x|~|~|~\nT|T2|A|1|2|[[1,2]]|y|~|~|~\n", NULL, NULL},
        {"blanks for TABs",
         "T1    Drug 0 4    D P-4\nT2 X 1 2;3 4;5 6  7 8 \nT3  X 1 2\nT4  X 1 2  ;\n"
         "R1    X Arg1:T1 Arg2:T1\n#1    Note T1    a b\n",
         "T|T1|Drug|0|4|[[0,4]]|D P-4|~|~|~\n"
         "T|T2|X|1|6|[[1,2],[3,4],[5,6]]|7 8 |~|~|~\n"
         "T|T3|X|1|2|[[1,2]]|~|~|~|~\n"
         "T|T4|X|1|2|[[1,2]]|;|~|~|~\n"
         "R|R1|X|~|~|~|~|T1|T1|{\"Arg1\":\"T1\",\"Arg2\":\"T1\"}\n"
         "#|#1|Note|~|~|~|~|~|~|{\"of\":\"T1\",\"value\":\"a b\"}\n",
         NULL, NULL},
        {"no mention, and an empty one", "T1\tA 0 1\nT2\tA 0 1\t\n",
         "T|T1|A|0|1|[[0,1]]|~|~|~|~\nT|T2|A|0|1|[[0,1]]||~|~|~\n", NULL, NULL},
        {"a mention is not trimmed", "T1\tA 0 1\t x  y \tz\n",
         "T|T1|A|0|1|[[0,1]]| x  y \\tz|~|~|~\n", NULL, NULL},
        {"start behind end, out of order, twice", "T1\tA 5 3;2 0\tx\nT1\tB 1 1\ty\n",
         "T|T1|A|5|0|[[5,3],[2,0]]|x|~|~|~\nT|T1|B|1|1|[[1,1]]|y|~|~|~\n", NULL, NULL},
        {"blanks around offsets", "T1\tA  0  1 ; 2 3 \tx\n", "T|T1|A|0|3|[[0,1],[2,3]]|x|~|~|~\n",
         NULL, NULL},
        {"ids of several parts", "T1-a\tA 0 1\tx\n", "T|T1-a|A|0|1|[[0,1]]|x|~|~|~\n", NULL, NULL},
        {"more than two arguments", "R1\tX a:T1 b:T2 c:T3\n",
         "R|R1|X|~|~|~|~|T1|T2|{\"a\":\"T1\",\"b\":\"T2\",\"c\":\"T3\"}\n", NULL, NULL},
        {"what JSON escapes", "A1\tX T1 \"\\\n",
         "A|A1|X|~|~|~|~|~|~|{\"of\":\"T1\",\"value\":\"\\\"\\\\\"}\n", NULL, NULL},
    };
    (void)state;
    check_cases(&brat, cases, COUNT(cases));
}

static void each_chooses_lines(void **state) {
    static const char in[] = "T1\tA 0 1\tx\nR1\tX a:T1 b:T1\nA1\tN T1\nE1\tO:T1\nM1\tN T1\n"
                             "N1\tRef T1 y:1\n*\tAlias T1\n#1\tNote T1\tz\nT2\tA 1 2\ty\n";
    static const struct check_case cases[] = {
        {"T", in, "T1\nT2\n", NULL, "T"},
        {"R", in, "R1\n", NULL, "R"},
        {"E", in, "E1\n", NULL, "E"},
        {"A", in, "A1\n", NULL, "A"},
        {"M", in, "M1\n", NULL, "M"},
        {"N", in, "N1\n", NULL, "N"},
        {"#", in, "#1\n", NULL, "#"},
        {"*", in, "*\n", NULL, "*"},
        {"all", in, "T1\nR1\nA1\nE1\nM1\nN1\n*\n#1\nT2\n", NULL, "all"},
        {"none", in, "T1\nR1\nA1\nE1\nM1\nN1\n*\n#1\nT2\n", NULL, ""},
    };
    static const struct driver ids = {.format = &format_brat, .where = {"id"}};
    (void)state;
    check_cases(&ids, cases, COUNT(cases));
}

/* Also a line that no row is made of is checked, and its line is named. */
static void wrong_lines_are_refused(void **state) {
    static const struct check_case cases[] = {
        {"no offsets", "\nT1\tDisease\tx\n", "! line 2: an entity without offsets\n", NULL, "R"},
        {"half a pair", "T1\tDisease 1\tx\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"a triple", "T1\tDisease 1 2 3\tx\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"no integers", "T1\tDisease 1 b\tx\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"a semicolon too many", "T1\tDisease 1 2;\tx\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"too large", "T1\tDisease 1 9223372036854775808\tx\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"one argument", "T1\tA 0 1\tx\r\n\r\nR1\tX Arg1:T1\n",
         "! line 3: a relation without two arguments\n", NULL, NULL},
        {"no name", "R1\tX T1 T2\n",
         "! line 1: a relation with an argument that is not 'name:id'\n", NULL, NULL},
        {"no id", "R1\tX Arg1:T1 Arg2:\n",
         "! line 1: a relation with an argument that is not 'name:id'\n", NULL, NULL},
        {"no trigger", "E1\tOnset Theme:T1\n", "! line 1: an event without a trigger\n", NULL,
         NULL},
        {"an event's argument", "E1\tOnset:T1 T2\n",
         "! line 1: an event with an argument that is not 'name:id'\n", NULL, NULL},
        {"an attribute", "A1\tNegation\n", "! line 1: an attribute of nothing\n", NULL, NULL},
        {"a normalization", "N1\tReference T1\tx\n",
         "! line 1: a normalization without a reference\n", NULL, NULL},
        {"a group", "*\tAlias\n", "! line 1: a group of nothing\n", NULL, NULL},
        {"another kind", "X1\tA 0 1\tx\n", "! line 1: a line that is no annotation\n", NULL, NULL},
        {"no number", "T\tA 0 1\tx\n", "! line 1: a line that is no annotation\n", NULL, NULL},
        {"a word", "Text of a file\n", "! line 1: a line that is no annotation\n", NULL, NULL},
        {"a blank first", " T1\tA 0 1\tx\n", "! line 1: a line that is no annotation\n", NULL,
         NULL},
        {"one field", "T1\n", "! line 1: an annotation without a type\n", NULL, NULL},
        {"blanks for TABs, and a mention for offsets", "T1  A  x y\n",
         "! line 1: an entity with offsets that are not pairs of integers\n", NULL, NULL},
        {"no type", "T1\t\tx\n", "! line 1: an annotation without a type\n", NULL, NULL},
        {"an event without a type", "E1\t:T1\n", "! line 1: an annotation without a type\n", NULL,
         NULL},
    };
    (void)state;
    check_cases(&brat, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "T1\tA\xFF 0 1\t\0\x80\nA1\tX T1 \xFF\n";
    (void)state;
    check_bytes(brat, span_of(in, sizeof in - 1), "NUL and no UTF-8",
                "T|T1|A\xFF|0|1|[[0,1]]|\\0\x80|~|~|~\n"
                "A|A1|X|~|~|~|~|~|~|{\"of\":\"T1\",\"value\":\"\xFF\"}\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"T1\tA 0 1\tx\n", true}, {"\nT1    A 0 1    x\n", true}, {"", true},
        {"a b\n", false},         {"T1\tA\tx\n", false},          {"{\"a\": 1}\n", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_brat.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_line), cmocka_unit_test(ways_to_write_it),
        cmocka_unit_test(each_chooses_lines), cmocka_unit_test(wrong_lines_are_refused),
        cmocka_unit_test(bytes_pass_through), cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
