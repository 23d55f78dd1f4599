/* cmedqa.c - cMedQA and cMedQA2: questions, answers, and candidates for ranking.
 *
 *     question_id,content        ans_id,question_id,content        question_id,ans_id,cnt,label
 *     question_id,pos_ans_id,neg_ans_id */
#include "list.h"

static const struct dataset_column questions[] = {
    {"question_id", INTEGER, {"!question_id"}},
    {"content", TEXT, {"!content"}},
    {".answer", TEXT, {"^ans_id"}},
    {0},
};

static const struct dataset_column answers[] = {
    {"ans_id", INTEGER, {"!ans_id"}},
    {"question_id", INTEGER, {"question_id"}},
    {"content", TEXT, {"!content"}},
    {0},
};

static const struct dataset_column candidates[] = {
    {"question_id", INTEGER, {"!question_id"}},
    {"ans_id", INTEGER, {"!ans_id"}},
    {"cnt", INTEGER, {"cnt"}},
    {"label", INTEGER, {"label"}},
    {".content", TEXT, {"^content"}},
    {0},
};

static const struct dataset_column train_candidates[] = {
    {"question_id", INTEGER, {"!question_id"}},
    {"pos_ans_id", INTEGER, {"!pos_ans_id"}},
    {"neg_ans_id", INTEGER, {"!neg_ans_id"}},
    {0},
};

#define CMEDQA_CSV                                                                                 \
    {                                                                                              \
        { .format = &format_csv, .shape = "sep=," }                                                \
    }

const struct dataset dataset_cmedqa = {
    .name = "cmedqa",
    .hints = "cmedqa",
    .table =
        (const struct dataset_table[]){
            {"cmedqa_questions", "one row a question", CMEDQA_CSV, questions},
            {"cmedqa_answers", "one row an answer", CMEDQA_CSV, answers},
            {"cmedqa_candidates", "one row a candidate answer of a question; label 1 is right",
             CMEDQA_CSV, candidates},
            {"cmedqa_train_candidates", "one row a triple of question, right and wrong answer",
             CMEDQA_CSV, train_candidates},
            {0},
        },
};
