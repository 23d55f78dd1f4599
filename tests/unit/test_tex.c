/* LaTeX without its markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "format_check.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct driver tex = {.format = &format_tex, .where = {"paragraph", "text"}};

static void paragraphs(void **state) {
    static const struct check_case cases[] = {
        {"nothing", "", "", NULL, NULL},
        {"blank lines", "\n \n\t\n", "", NULL, NULL},
        {"a blank line ends one", "头痛\n\n发热\n", "1|头痛\n2|发热\n", NULL, NULL},
        {"blanks on it, several, CRLF", "a\r\n \t\r\n\r\nb\r\n", "1|a\n2|b\n", NULL, NULL},
        {"a line's end is a blank", "a\nb\n中\nc\n", "1|a b 中 c\n", NULL, NULL},
        {"but not between ideographs", "头痛\n发热，\n咳嗽”\n“是\n", "1|头痛发热，咳嗽”“是\n", NULL,
         NULL},
        {"blanks are one, and none at the ends", "  a \t b ~ c  \n", "1|a b c\n", NULL, NULL},
        {"a blank between ideographs stays", "头 痛\n", "1|头 痛\n", NULL, NULL},
        {"headings", "a\n\\section{b}c\n\\chapter*[d]{e\\textbf{f}}\n\ng\n",
         "1|a\n2|b\n3|c\n4|ef\n5|g\n", NULL, NULL},
        {"a heading within braces", "\\hypertarget{x}{%\n\\section{b}\\label{x}}\nc\n",
         "1|b\n2|c\n", NULL, NULL},
        {"an empty heading", "\\section{}\na {b} c\n", "1|a b c\n", NULL, NULL},
        {"items and breaks",
         "a\\par b\n\\begin{itemize}\n\\item c\n\\item[d] e\n\\end{itemize}\nf\n",
         "1|a\n2|b\n3|c\n4|[d] e\n5|f\n", NULL, NULL},
        {"a document", "\\title{x}\\begin{document}\na\n\\end{document}\nb\n", "1|a\n", NULL, NULL},
    };
    (void)state;
    check_cases(&tex, cases, COUNT(cases));
}

static void markup_is_dropped(void **state) {
    static const struct check_case cases[] = {
        {"comments", "a% b\nc\n% d\n\ne %\n\nf\\%g\n", "1|ac\n2|e\n3|f%g\n", NULL, NULL},
        {"a comment is no blank line", "a\n% b\nc\n", "1|a c\n", NULL, NULL},
        {"commands", "\\textbf{a}\\emph {b} \\bfseries c\\foo\n", "1|ab c\n", NULL, NULL},
        {"with arguments that are no text",
         "图\\ref{fig1}见\\cite[3]{x}、\\href{http://x.y/\\%}{网页}\\setlength\\parindent{0pt}。\n",
         "1|图见、网页。\n", NULL, NULL},
        {"options", "\\includegraphics[width=3cm]{x.jpg}a\\foo[b]{c}d [e]\n", "1|acd [e]\n", NULL,
         NULL},
        {"braces in arguments", "a\\label{x{y}\\}z}b\n", "1|ab\n", NULL, NULL},
        {"figures", "a\n\\begin{figure}[h]\nb\n\n\\caption{c}\\end{figures}\\end{figure}d\n",
         "1|a\n2|d\n", NULL, NULL},
        {"tables keep their text",
         "\\begin{tabular}{l|p{3cm}}\na & b \\\\[2pt]\n\\multicolumn{2}{c}{d}\\end{tabular}\n",
         "1|a b d\n", NULL, NULL},
        {"mathematics", "$x^{2}_i$ 90$^\\circ$ \\(y\\)\n", "1|x2i 90° y\n", NULL, NULL},
    };
    (void)state;
    check_cases(&tex, cases, COUNT(cases));
}

static void signs_are_kept(void **state) {
    static const struct check_case cases[] = {
        {"escaped ones", "\\% \\& \\_ \\# \\$ \\{ \\} \\textbackslash\n", "1|% & _ # $ { } \\\n",
         NULL, NULL},
        {"letters and signs", "\\alpha -受体，10\\,\\textmu g\\times 3，\\leq5\\ldots\n",
         "1|α-受体，10 μg×3，≤5…\n", NULL, NULL},
        {"dashes and quotes", "3--5---``a''\n", "1|3–5—“a”\n", NULL, NULL},
        {"spaces", "a\\ b\\\\c\\quad d\\newline e\n", "1|a b c d e\n", NULL, NULL},
        {"a command that is no letter", "a\\-b\\/c\\中d\n", "1|abcd\n", NULL, NULL},
        {"a backslash at the end", "a\\", "1|a\n", NULL, NULL},
        {"braces that do not fit", "a}b{c\n\nd}}\n", "1|abc\n2|d\n", NULL, NULL},
    };
    (void)state;
    check_cases(&tex, cases, COUNT(cases));
}

static void what_does_not_end_is_refused(void **state) {
    static const struct check_case cases[] = {
        {"a figure", "a\n\n\\begin{figure}\nb\n",
         "1|a\n! line 3: the environment 'figure' does not end\n", NULL, NULL},
        {"an argument", "a\n\nb\\label{c\n", "1|a\n! line 3: an argument of 'label' does not end\n",
         NULL, NULL},
        {"an argument, behind a backslash", "\\label{c\\",
         "! line 1: an argument of 'label' does not end\n", NULL, NULL},
        {"an option is text", "\\foo[a\n", "1|[a\n", NULL, NULL},
        {"a name", "a\\begin{b", "1|a\n", NULL, NULL},
    };
    (void)state;
    check_cases(&tex, cases, COUNT(cases));
}

static void bytes_pass_through(void **state) {
    static const char in[] = "a\0b\xFF\n\xE4\xB8\nc\n";
    (void)state;
    check_bytes(tex, span_of(in, sizeof in - 1), "NUL and no UTF-8", "1|a\\0b\xFF \xE4\xB8 c\n");
}

static void smells(void **state) {
    static const struct {
        const char *head;
        bool fine;
    } cases[] = {
        {"\\chapter{a}\n", true}, {"a\n\\section{b}", true}, {"C:\\temp\\a{", false},
        {"\\n{", false},          {"a {b}", false},          {"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(format_tex.smells(span_text(cases[i].head)), cases[i].fine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs),         cmocka_unit_test(markup_is_dropped),
        cmocka_unit_test(signs_are_kept),     cmocka_unit_test(what_does_not_end_is_refused),
        cmocka_unit_test(bytes_pass_through), cmocka_unit_test(smells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
