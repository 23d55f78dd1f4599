/* ruijin.c - Ruijin diabetes (Tianchi 231687): brat pairs N.txt, N.ann; and the same shape of
 * Chinese drug leaflets (CHIP2020 task 6), which also go round as JSON with labels of five.
 *
 *     T34	Symptom 353 356;357 358	年龄较 大        a mention over a line's end is in pieces
 *     R1	Test_Disease Arg1:T369 Arg2:T368
 *     {"id": 131, "text": "…", "labels": [["T1", "DRUG_DOSAGE", 598, 600, "颗粒"], …]} */
#include "list.h"

static const struct dataset_column texts[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"text"}},
    {0},
};

static const struct dataset_column leaflets[] = {
    {"doc", TEXT, {"=doc", "=doc"}},
    {"text", TEXT, {"text", "!text"}},
    {"labels", TEXT, {NULL, "labels"}},
    {0},
};

static const struct dataset_column entities[] = {
    {"doc", TEXT, {"=doc", "=doc"}},
    {"id", TEXT, {"id", "0"}},
    {"type", TEXT, {"type", "1"}},
    {"start_pos", INTEGER, {"start", "2"}},
    {"end_pos", INTEGER, {"end", "3"}},
    {"spans", TEXT, {"spans", "=spans start_pos end_pos"}},
    {"mention", TEXT, {"text", "4"}},
    {".labels", TEXT, {NULL, "!/labels"}},
    {0},
};

static const struct dataset_column relations[] = {
    {"doc", TEXT, {"=doc"}},  {"id", TEXT, {"id"}},     {"type", TEXT, {"type"}},
    {"arg1", TEXT, {"arg1"}}, {"arg2", TEXT, {"arg2"}}, {0},
};

#define RUIJIN_TEXT                                                                                \
    { .format = &format_document, .files = ".txt", .documents = true, .nameless = true }
#define RUIJIN_MARKS(kind)                                                                         \
    { .format = &format_brat, .each = kind, .files = ".ann", .documents = true, .nameless = true }

const struct dataset dataset_ruijin = {
    .name = "ruijin",
    .hints = "ruijin",
    .table =
        (const struct dataset_table[]){
            {"ruijin", "one row a document", {RUIJIN_TEXT}, texts},
            {"ruijin_entities",
             "one row a T line; spans has every piece of a mention",
             {RUIJIN_MARKS("T")},
             entities},
            {"ruijin_relations",
             "one row an R line; arg1 and arg2 are ids of ruijin_entities",
             {RUIJIN_MARKS("R")},
             relations},
            {0},
        },
};

const struct dataset dataset_tcm_ner = {
    .name = "tcm_ner",
    .hints = "tcm_ner tcm-ner chip2020_task6 chip2020-task6",
    .table =
        (const struct dataset_table[]){
            {"tcm_ner",
             "one row a leaflet; labels is the JSON file's",
             {RUIJIN_TEXT, {.format = &format_json}},
             leaflets},
            {"tcm_ner_entities",
             "one row an entity; end_pos is exclusive",
             {RUIJIN_MARKS("T"), {.format = &format_json, .each = "labels.*"}},
             entities},
            {0},
        },
};
