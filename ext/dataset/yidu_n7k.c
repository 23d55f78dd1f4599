/* yidu_n7k.c - Yidu-N7K (CHIP2019 task 1): clinical wording and the standard terms it means.
 *
 *     原始词 | 标准词                                     a workbook, or its TAB twin
 *     …      | 氪激光小梁成形术[KLP]##氩激光小梁成形术[ALP]     '##' between several
 *     00.0100	头和颈部血管治疗性超声                      code.txt */
#include "list.h"

static const struct dataset_column pairs[] = {
    {"raw_term", TEXT, {"!原始词", "!原始词|raw_term", "#1"}},
    {"standard_term", TEXT, {"标准词", "标准词|standard_term", "#3"}},
    {0},
};

static const struct dataset_column codes[] = {
    {"code", TEXT, {"#1"}},
    {"name", TEXT, {"#2"}},
    {0},
};

const struct dataset dataset_yidu_n7k = {
    .name = "yidu_n7k",
    .hints = "yidu-n7k yidu_n7k yidu7k 手术标注词",
    .table =
        (const struct dataset_table[]){
            {"yidu_n7k",
             "one row a clinical term; several standard terms stand with ## between",
             {{.shape = "header"},
              {.format = &format_csv, .shape = "sep=TAB"},
              {.format = &format_csv, .shape = "sep=TAB noheader fields=3", .nameless = true}},
             pairs},
            {"yidu_n7k_codes",
             "one row a code of the standard",
             {{.format = &format_csv, .shape = "sep=TAB noheader fields=2", .nameless = true}},
             codes},
            {0},
        },
};
