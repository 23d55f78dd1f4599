/* cblue.c - CBLUE's tasks that are not CHIP2020's: arrays of objects, labels and ids are texts.
 *
 *     {"text": "…", "entities": [{"start_idx": 3, "end_idx": 7, "type": "pro", "entity": "…"}]} end
 * inclusive
 *     {"id": "1", "text1": …, "text2": …, "label": "0", "category": …}      {"id": "s1", "label":
 * …, "text": …}
 *     {"id": …, "query": …, "label": …}    {…, "query", "title", …}    {…, "query1", "query2", …}
 */
#include "list.h"

static const struct dataset_column cmeee[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"!text"}},
    {"entities", TEXT, {"entities"}},
    {".spo_list", TEXT, {"^spo_list"}},
    {0},
};

static const struct dataset_column entities[] = {
    {"doc", TEXT, {"=doc"}},
    {"start_idx", INTEGER, {"start_idx"}},
    {"end_idx", INTEGER, {"end_idx"}},
    {"type", TEXT, {"type"}},
    {"entity", TEXT, {"entity"}},
    {".text", TEXT, {"!/text"}},
    {0},
};

static const struct dataset_column sts[] = {
    {"id", TEXT, {"id"}},       {"text1", TEXT, {"!text1"}},      {"text2", TEXT, {"!text2"}},
    {"label", TEXT, {"label"}}, {"category", TEXT, {"category"}}, {0},
};

static const struct dataset_column ctc[] = {
    {"id", TEXT, {"!id"}},          {"label", TEXT, {"label"}},
    {"text", TEXT, {"!text"}},      {".annotations", TEXT, {"^annotations"}},
    {".labels", TEXT, {"^labels"}}, {0},
};

static const struct dataset_column qic[] = {
    {"id", TEXT, {"id"}},         {"query", TEXT, {"!query"}},          {"label", TEXT, {"label"}},
    {".title", TEXT, {"^title"}}, {".documents", TEXT, {"^documents"}}, {0},
};

static const struct dataset_column qtr[] = {
    {"id", TEXT, {"id"}},
    {"query", TEXT, {"!query"}},
    {"title", TEXT, {"!title"}},
    {"label", TEXT, {"label"}},
    {0},
};

static const struct dataset_column qqr[] = {
    {"id", TEXT, {"id"}},
    {"query1", TEXT, {"!query1"}},
    {"query2", TEXT, {"!query2"}},
    {"label", TEXT, {"label"}},
    {0},
};

#define CBLUE_TABLES .table = (const struct dataset_table[])
#define CBLUE_JSON                                                                                 \
    {                                                                                              \
        { .format = &format_json }                                                                 \
    }

const struct dataset dataset_cmeee = {
    .name = "cmeee",
    .hints = "cmeee",
    CBLUE_TABLES{
        {"cmeee", "one row a text; entities is the file's JSON", CBLUE_JSON, cmeee},
        {"cmeee_entities",
         "one row an entity; end_idx is inclusive",
         {{.format = &format_json, .each = "entities.*"}},
         entities},
        {0},
    },
};

const struct dataset dataset_chip_sts = {
    .name = "chip_sts",
    .hints = "chip-sts chip_sts",
    CBLUE_TABLES{{"chip_sts", "one row a pair of questions", CBLUE_JSON, sts}, {0}},
};

const struct dataset dataset_chip_ctc = {
    .name = "chip_ctc",
    .hints = "chip-ctc chip_ctc",
    CBLUE_TABLES{{"chip_ctc", "one row a criterion and its class", CBLUE_JSON, ctc}, {0}},
};

const struct dataset dataset_kuake_qic = {
    .name = "kuake_qic",
    .hints = "kuake-qic kuake_qic",
    CBLUE_TABLES{{"kuake_qic", "one row a query and its intent", CBLUE_JSON, qic}, {0}},
};

const struct dataset dataset_kuake_qtr = {
    .name = "kuake_qtr",
    .hints = "kuake-qtr kuake_qtr",
    CBLUE_TABLES{{"kuake_qtr", "one row a query and a title", CBLUE_JSON, qtr}, {0}},
};

const struct dataset dataset_kuake_qqr = {
    .name = "kuake_qqr",
    .hints = "kuake-qqr kuake_qqr",
    CBLUE_TABLES{{"kuake_qqr", "one row a pair of queries", CBLUE_JSON, qqr}, {0}},
};
