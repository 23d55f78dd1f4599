/* dialogue.c - consultations: MedDialog, raw and processed, and Toyhom's questions with answers.
 *
 *     id=4⏎https://…⏎…Dialogue⏎医生：⏎你好⏎          raw; see format/dialogue.c
 *     [["病人：…", "医生：…"], …]                     processed: one array of dialogues
 *     [{"Turn": 2, "Id": 1, "Dialogue": ["…"]}, …]
 *     department,title,ask,answer                     GB18030, quoted newlines
 *     title,ask⏎answer⏎⏎⏎                             .txt
 *     {"department": …, "title": …, "ask": …, "answer": …}    copies of it as JSON */
#include "list.h"

static const struct dataset_column meddialog[] = {
    {"id", INTEGER, {"id"}},
    {"url", TEXT, {"url"}},
    {"faculty", TEXT, {"faculty"}},
    {"disease", TEXT, {"disease"}},
    {"description", TEXT, {"description"}},
    {"diagnosis", TEXT, {"diagnosis"}},
    {"fields", TEXT, {"fields"}},
    {0},
};

static const struct dataset_column turns[] = {
    {"id", INTEGER, {"id", "=record", "/Id"}},
    {"turn", INTEGER, {"turn", "@1", "@1"}},
    {"speaker", TEXT, {"speaker", "=before ： .line", "=before ： .line"}},
    {"text", TEXT, {"text", "=after ： .line", "=after ： .line"}},
    {".line", TEXT, {NULL, ".", "."}},
    {".first", TEXT, {NULL, "!/0", "!/Dialogue"}},
    {0},
};

static const struct dataset_column toyhom[] = {
    {"department", TEXT, {"department", "department", NULL}},
    {"title", TEXT, {"!title", "!title", "title"}},
    {"ask", TEXT, {"!ask|question", "!ask|question", "ask"}},
    {"answer", TEXT, {"answer", "answer", "answer"}},
    {0},
};

const struct dataset dataset_meddialog = {
    .name = "meddialog",
    .hints = "meddialog covid_dialogue covid-dialogue",
    .table =
        (const struct dataset_table[]){
            {"meddialog",
             "one row a consultation; fields is every labelled field in order",
             {{.format = &format_dialogue}},
             meddialog},
            {"meddialog_turns",
             "one row an utterance; speaker without its colon",
             {{.format = &format_dialogue, .each = "turns"},
              {.format = &format_json, .each = "*", .nameless = true},
              {.format = &format_json, .each = "Dialogue.*"}},
             turns},
            {0},
        },
};

const struct dataset dataset_toyhom = {
    .name = "toyhom",
    .hints = "toyhom",
    .table =
        (const struct dataset_table[]){
            {"toyhom",
             "one row a question with its answer; .txt has no department",
             {{.format = &format_csv, .shape = "sep=,"},
              {.format = &format_json},
              {.format = &format_blocks, .files = ".txt", .nameless = true}},
             toyhom},
            {0},
        },
};
