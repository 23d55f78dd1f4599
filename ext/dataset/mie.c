/* mie.c - MIE (ACL 2020): windows of five utterances that slide over consultations.
 *
 *     [[{"utterances": ["", "", "", "", "患者:头晕三天"], "label": ["症状:头晕-状态:阳性"]}, …], …]
 *       a dialogue is an array of windows            category 症状, item 头晕, status 阳性 */
#include "list.h"

static const struct dataset_column windows[] = {
    {"dialogue", TEXT, {"=record"}},
    {"window_no", INTEGER, {"@1"}},
    {"utterances", TEXT, {"!utterances"}},
    {".label", TEXT, {"label"}},
    {0},
};

static const struct dataset_column labels[] = {
    {"dialogue", TEXT, {"=record"}},
    {"window_no", INTEGER, {"@1"}},
    {"category", TEXT, {"=before : .named"}},
    {"item", TEXT, {"=after : .named"}},
    {"status", TEXT, {"=after -状态: .label"}},
    {".named", TEXT, {"=before -状态: .label"}},
    {".label", TEXT, {"."}},
    {".utterances", TEXT, {"!@1.utterances"}},
    {0},
};

const struct dataset dataset_mie = {
    .name = "mie",
    .table =
        (const struct dataset_table[]){
            {"mie",
             "one row a window of a consultation; utterances is the file's JSON",
             {{&format_json, .each = "*"}},
             windows},
            {"mie_labels",
             "one row a label of a window: category, item and status",
             {{&format_json, .each = "*.label.*"}},
             labels},
            {0},
        },
};
