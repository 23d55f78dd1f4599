/* chip2020.c - CHIP2020's shared tasks: entities, relations, term normalisation, case counts,
 * questions.
 *
 *     …疗法。|||3    7    pro|||9    13    pro|||                  end_idx is inclusive
 *     {"text": "…", "spo_list": [{"subject": …, "object": "ERCP" or {"@value": "ERCP"}, …}]}
 *     {"text": "左膝退变伴游离体", "normalized_result": "膝骨关节病##膝关节游离体"}
 *     date,confirm
 *     {"id": 1050, "text": "…", "annotations": [{"Q": "…", "A": "…"}]} */
#include "list.h"

static const struct dataset_column ner[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"text"}},
    {"marks", TEXT, {"marks"}},
    {0},
};

static const struct dataset_column ner_entities[] = {
    {"doc", TEXT, {"=doc"}},
    {"start_idx", INTEGER, {"start_idx"}},
    {"end_idx", INTEGER, {"end_idx"}},
    {"type", TEXT, {"type"}},
    {"mention", TEXT, {"=slice+ .text start_idx end_idx"}},
    {".text", TEXT, {"text"}},
    {0},
};

static const struct dataset_column cmeie[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"!text"}},
    {".spo_list", TEXT, {"spo_list"}},
    {0},
};

static const struct dataset_column triples[] = {
    {"doc", TEXT, {"=doc"}},
    {"subject", TEXT, {"subject"}},
    {"subject_type", TEXT, {"subject_type"}},
    {"predicate", TEXT, {"predicate"}},
    {"object", TEXT, {"object.@value|object"}},
    {"object_type", TEXT, {"object_type.@value|object_type"}},
    {".text", TEXT, {"!/text"}},
    {0},
};

static const struct dataset_column cdn[] = {
    {"text", TEXT, {"!text"}},
    {"normalized_result", TEXT, {"normalized_result"}},
    {0},
};

static const struct dataset_column epidemic[] = {
    {"date", TEXT, {"!date"}},
    {"confirm", INTEGER, {"!confirm"}},
    {0},
};

static const struct dataset_column questions[] = {
    {"id", INTEGER, {"/id"}},
    {"text", TEXT, {"!/text"}},
    {"question", TEXT, {"Q"}},
    {"answer", TEXT, {"A"}},
    {".annotations", TEXT, {"!/annotations"}},
    {0},
};

const struct dataset dataset_chip2020_ner = {
    .name = "chip2020_ner",
    .hints = "chip2020/ner chip2020_ner chip2020_cmeee chip2020-ner",
    .table =
        (const struct dataset_table[]){
            {"chip2020_ner",
             "one row a line; marks is what stands behind its text, NULL where the line is all text",
             {{.format = &format_marked, .nameless = true}},
             ner},
            {"chip2020_ner_entities",
             "one row a mark; end_idx is inclusive",
             {{.format = &format_marked, .each = "marks", .nameless = true}},
             ner_entities},
            {0},
        },
};

const struct dataset dataset_cmeie = {
    .name = "cmeie",
    .hints = "cmeie",
    .table =
        (const struct dataset_table[]){
            {"cmeie", "one row a text", {{.format = &format_json}}, cmeie},
            {"cmeie_triples",
             "one row a triple; the @value where the file has an object",
             {{.format = &format_json, .each = "spo_list.*"}},
             triples},
            {0},
        },
};

const struct dataset dataset_chip_cdn = {
    .name = "chip_cdn",
    .hints = "chip-cdn chip_cdn",
    .table =
        (const struct dataset_table[]){
            {"chip_cdn",
             "one row a diagnosis; several standard terms stand with ## between",
             {{.format = &format_json}},
             cdn},
            {0},
        },
};

const struct dataset dataset_chip2020_epidemic = {
    .name = "chip2020_epidemic",
    .hints = "epidemic",
    .table =
        (const struct dataset_table[]){
            {"chip2020_epidemic",
             "one row a day: confirmed cases",
             {{.format = &format_csv, .shape = "sep=,"}},
             epidemic},
            {0},
        },
};

const struct dataset dataset_tcm_questions = {
    .name = "tcm_questions",
    .hints = "tcm_question tcm-question",
    .table =
        (const struct dataset_table[]){
            {"tcm_questions",
             "one row a question on a text; '' where the split leaves it out",
             {{.format = &format_json, .each = "annotations.*"}},
             questions},
            {0},
        },
};
