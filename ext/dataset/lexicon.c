/* lexicon.c - what the tasks need beside their data: codes of diseases, and segmented text.
 *
 *     A01.003+G01* | 伤寒性脑膜炎           a workbook without header, or code TAB name
 *     code TAB disease⏎A00 TAB 霍乱         the same with one
 *     [{"value": "A00-B99", "label": "…", "children": [{"value": "A00", …}]}]    a tree: every node
 *     肺 TAB B⏎炎 TAB E⏎⏎                   or words with blanks between */
#include "list.h"

static const struct dataset_column icd10[] = {
    {"code", TEXT, {"#1", "!code", "#1", "!value"}},
    {"name", TEXT, {"#2", "!disease|name", "#2", "!label"}},
    {0},
};

static const struct dataset_column seg_corpus[] = {
    {"sentence", INTEGER, {"sentence"}},
    {"words", TEXT, {"words"}},
    {0},
};

const struct dataset dataset_icd10 = {
    .name = "icd10",
    .hints = "icd-10 icd10",
    .table =
        (const struct dataset_table[]){
            {"icd10",
             "one row a code",
             {{.shape = "noheader", .nameless = true},
              {.format = &format_csv, .shape = "sep=TAB"},
              {.format = &format_csv, .shape = "sep=TAB noheader fields=2", .nameless = true},
              {.format = &format_json, .each = "**children"}},
             icd10},
            {0},
        },
};

const struct dataset dataset_seg_corpus = {
    .name = "seg_corpus",
    .hints = "amttl icwb2 seg_corpus",
    .table =
        (const struct dataset_table[]){
            {"seg_corpus",
             "one row a sentence: its words with one blank between",
             {{.format = &format_words, .nameless = true}},
             seg_corpus},
            {0},
        },
};
