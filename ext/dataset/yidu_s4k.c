/* yidu_s4k.c - Yidu-S4K (CCKS 2019 task 1): entities of records, and attributes of tumours.
 *
 *     {"originalText": "…", "entities": [{"label_type": "疾病和诊断", "overlap": 0, "start_pos": 8,
 * "end_pos": 11}]} 原文 | 肿瘤原发部位 | 原发病灶大小 | 转移部位           (subtask 2, a workbook)
 */
#include "list.h"

static const struct dataset_column records[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"!originalText"}},
    {"entities", TEXT, {"entities"}},
    {0},
};

static const struct dataset_column entities[] = {
    {"doc", TEXT, {"=doc"}},
    {"label_type", TEXT, {"label_type"}},
    {"start_pos", INTEGER, {"start_pos"}},
    {"end_pos", INTEGER, {"end_pos"}},
    {"overlap", INTEGER, {"overlap"}},
    {"mention", TEXT, {"=slice .text start_pos end_pos"}},
    {".text", TEXT, {"!/originalText"}},
    {0},
};

static const struct dataset_column attributes[] = {
    {"text", TEXT, {"!原文|text", "text"}},
    {"primary_site", TEXT, {"肿瘤原发部位"}},
    {"lesion_size", TEXT, {"原发病灶大小"}},
    {"metastasis", TEXT, {"转移部位"}},
    {0},
};

const struct dataset dataset_yidu_s4k = {
    .name = "yidu_s4k",
    .hints = "yidu-s4k yidu_s4k yidu4k ccks2019 subtask1_ subtask2_",
    .table =
        (const struct dataset_table[]){
            {"yidu_s4k",
             "one row a record; entities is the file's JSON",
             {{.format = &format_json}},
             records},
            {"yidu_s4k_entities",
             "one row an entity; end_pos is exclusive",
             {{.format = &format_json, .each = "entities.*"}},
             entities},
            {"yidu_s4k_attributes",
             "one row a report: site, size and metastasis of a tumour",
             {{.shape = "header"}, {.format = &format_lines, .files = ".txt", .nameless = true}},
             attributes},
            {0},
        },
};
