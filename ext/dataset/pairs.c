/* pairs.c - question pairs of CHIP2019 (task 2, and the criteria of task 3), and of Tianchi's COVID
 * contest.
 *
 *     question1,question2,label,category          dev_id.csv has id and no label
 *     s1	Multiple	 7.凝血功能异常…                  criteria: the text starts with its
 * blank id,category,query1,query2,label             label -1: the file's own for unknown */
#include "list.h"

static const struct dataset_column chip2019[] = {
    {"id", INTEGER, {"id"}},
    {"question1", TEXT, {"!question1"}},
    {"question2", TEXT, {"question2"}},
    {"label", INTEGER, {"label"}},
    {"category", TEXT, {"category"}},
    {0},
};

static const struct dataset_column criteria[] = {
    {"id", TEXT, {"#1"}},
    {"label", TEXT, {"#2"}},
    {"text", TEXT, {"#3"}},
    {0},
};

static const struct dataset_column covid[] = {
    {"id", INTEGER, {"id"}},      {"category", TEXT, {"!category"}}, {"query1", TEXT, {"!query1"}},
    {"query2", TEXT, {"query2"}}, {"label", INTEGER, {"label"}},     {0},
};

const struct dataset dataset_chip2019 = {
    .name = "chip2019",
    .hints = "chip2019",
    .table =
        (const struct dataset_table[]){
            {"chip2019_pairs",
             "one row a pair of questions; label 1: they mean the same",
             {{.format = &format_csv, .shape = "sep=,"}},
             chip2019},
            {"chip2019_criteria",
             "one row a criterion of a clinical trial",
             {{.format = &format_csv, .shape = "sep=TAB noheader fields=3", .nameless = true}},
             criteria},
            {0},
        },
};

const struct dataset dataset_covid_pairs = {
    .name = "covid_pairs",
    .hints = "covid_pairs covid-pairs",
    .table =
        (const struct dataset_table[]){
            {"covid_pairs",
             "one row a pair of questions; label 1: they mean the same, -1: not said",
             {{.format = &format_csv, .shape = "sep=,"}},
             covid},
            {0},
        },
};
