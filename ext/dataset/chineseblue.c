/* chineseblue.c - ChineseBLUE's tasks.
 *
 *     {"text": "…", "mention_data": [{"mention": "…", "label": "…", "offset": "11"}]}     offset: a
 * text or a number 患 B_疾病和诊断                                        the same, a character a
 * line label TAB text TAB text                               a TAB file is never quoted
 *     {"query": "…", "documents": [{"url": …, "label": "2", "title": …}, …]}
 *     {"data-split": …, "example-id": …, "dialogue-content": [{"speaker": …}, …]}   a file a
 * dialogue */
#include "list.h"

static const struct dataset_column records[] = {
    {"doc", TEXT, {"=doc"}},
    {"text", TEXT, {"!text"}},
    {".mention_data", TEXT, {"!mention_data"}},
    {0},
};

/* The two differ in the name of the type. */
#define CHINESEBLUE_ENTITIES(type)                                                                 \
    {                                                                                              \
        {"doc", TEXT, {"=doc"}}, {"label", TEXT, {type}}, {"start_pos", INTEGER, {"offset"}},      \
            {"end_pos", INTEGER, {"=end start_pos mention"}}, {"mention", TEXT, {"mention"}},      \
            {".text", TEXT, {"!/text"}}, {".mention_data", TEXT, {"!/mention_data"}}, {0},         \
    }

static const struct dataset_column ehr_entities[] = CHINESEBLUE_ENTITIES("label");
static const struct dataset_column qa_entities[] = CHINESEBLUE_ENTITIES("type");

static const struct dataset_column tokens[] = {
    {"sentence", INTEGER, {"sentence"}},
    {"token", TEXT, {"token"}},
    {"tag", TEXT, {"tag"}},
    {0},
};

static const struct dataset_column pair[] = {
    {"label", INTEGER, {"#1"}},
    {"text1", TEXT, {"#2"}},
    {"text2", TEXT, {"#3"}},
    {0},
};

static const struct dataset_column qa[] = {
    {"label", INTEGER, {"#1"}},
    {"question", TEXT, {"#2"}},
    {"answer", TEXT, {"#3"}},
    {0},
};

static const struct dataset_column ir[] = {
    {"doc", TEXT, {"=doc"}},
    {"query", TEXT, {"!/query"}},
    {"url", TEXT, {"url"}},
    {"title", TEXT, {"title"}},
    {"label", TEXT, {"label"}},
    {".documents", TEXT, {"!/documents"}},
    {0},
};

static const struct dataset_column labelled[] = {
    {"label", TEXT, {"#1"}},
    {"text", TEXT, {"#2"}},
    {0},
};

static const struct dataset_column dialogues[] = {
    {"doc", TEXT, {"=doc"}},
    {"example_id", TEXT, {"!example-id"}},
    {"split", TEXT, {"data-split"}},
    {0},
};

static const struct dataset_column turns[] = {
    {"doc", TEXT, {"=doc"}},
    {"turn", INTEGER, {"@1"}},
    {"speaker", TEXT, {"speaker"}},
    {"sentence", TEXT, {"sentence"}},
    {"tags", TEXT, {"label"}},
    {"normalized", TEXT, {"normalized"}},
    {"types", TEXT, {"type"}},
    {".content", TEXT, {"!/dialogue-content"}},
    {0},
};

#define CHINESEBLUE_JSON(way)                                                                      \
    {                                                                                              \
        { .format = &format_json, .each = way }                                                    \
    }
#define CHINESEBLUE_TOKENS                                                                         \
    {                                                                                              \
        { .format = &format_conll, .shape = "last-blank", .nameless = true }                       \
    }
#define CHINESEBLUE_TAB(words)                                                                     \
    {                                                                                              \
        { .format = &format_csv, .shape = "sep=TAB noheader " words, .nameless = true }            \
    }
#define CHINESEBLUE_TABLES .table = (const struct dataset_table[])

const struct dataset dataset_cehrner = {
    .name = "cehrner",
    .hints = "cehrner",
    CHINESEBLUE_TABLES{
        {"cehrner", "one row a text", CHINESEBLUE_JSON(NULL), records},
        {"cehrner_entities", "one row a mention; end_pos is start_pos and its length",
         CHINESEBLUE_JSON("mention_data.*"), ehr_entities},
        {"cehrner_tokens", "one row a character with its tag", CHINESEBLUE_TOKENS, tokens},
        {0},
    },
};

const struct dataset dataset_cmedqaner = {
    .name = "cmedqaner",
    .hints = "cmedqaner",
    CHINESEBLUE_TABLES{
        {"cmedqaner", "one row a text", CHINESEBLUE_JSON(NULL), records},
        {"cmedqaner_entities", "one row a mention; end_pos is start_pos and its length",
         CHINESEBLUE_JSON("mention_data.*"), qa_entities},
        {"cmedqaner_tokens", "one row a character with its tag", CHINESEBLUE_TOKENS, tokens},
        {0},
    },
};

const struct dataset dataset_cmedqq = {
    .name = "cmedqq",
    .hints = "cmedqq",
    CHINESEBLUE_TABLES{
        {"cmedqq", "one row a pair of questions", CHINESEBLUE_TAB("fields=3"), pair},
        {0},
    },
};

const struct dataset dataset_cmedqnli = {
    .name = "cmedqnli",
    .hints = "cmedqnli",
    CHINESEBLUE_TABLES{
        {"cmedqnli", "one row a question and an answer", CHINESEBLUE_TAB("fields=3"), pair},
        {0},
    },
};

const struct dataset dataset_chineseblue_cmedqa = {
    .name = "chineseblue_cmedqa",
    .hints =
        "chineseblue/cmedqa/ chineseblue_cmedqa cmedqa/dev.txt cmedqa/test.txt cmedqa/train.txt",
    CHINESEBLUE_TABLES{
        {"chineseblue_cmedqa", "one row a question and an answer; quotes are the file's",
         CHINESEBLUE_TAB("fields=3"), qa},
        {0},
    },
};

const struct dataset dataset_cmedir = {
    .name = "cmedir",
    .hints = "cmedir",
    CHINESEBLUE_TABLES{
        {"cmedir", "one row a document of a query", CHINESEBLUE_JSON("documents.*"), ir},
        {0},
    },
};

const struct dataset dataset_cmedic = {
    .name = "cmedic",
    .hints = "cmedic",
    CHINESEBLUE_TABLES{
        {"cmedic", "one row a query and its intent", CHINESEBLUE_TAB("fields=2"), labelled},
        {0},
    },
};

const struct dataset dataset_cmedtc = {
    .name = "cmedtc",
    .hints = "cmedtc",
    CHINESEBLUE_TABLES{
        {"cmedtc", "one row a criterion and its class", CHINESEBLUE_TAB("fields=2"), labelled},
        {0},
    },
};

const struct dataset dataset_cmdd = {
    .name = "cmdd",
    .hints = "cmdd",
    CHINESEBLUE_TABLES{
        {"cmdd",
         "one row a dialogue, which is a file",
         {{.format = &format_json, .documents = true}},
         dialogues},
        {"cmdd_turns",
         "one row a sentence; tags has a letter a character",
         {{.format = &format_json, .each = "dialogue-content.*", .documents = true}},
         turns},
        {0},
    },
};
