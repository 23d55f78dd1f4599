/* pubmedqa.c - PubMedQA: one object of all questions by their PMID, so large that it must stream.
 *
 *     {"21645374": {"QUESTION": "Do …?", "CONTEXTS": ["…", …], "LABELS": ["BACKGROUND", …],
 *       "MESHES": […], "YEAR": "2011", "reasoning_required_pred": "yes", …,
 *       "final_decision": "yes", "LONG_ANSWER": "…"}, …}
 *     {"12377809": "yes", …}                                             test_ground_truth.json */
#include "list.h"

static const struct dataset_column questions[] = {
    {"pmid", INTEGER, {"@key", "@key"}},
    {"question", TEXT, {"!QUESTION"}},
    {"year", INTEGER, {"YEAR"}},
    {"final_decision", TEXT, {"final_decision", "."}},
    {"reasoning_required_pred", TEXT, {"reasoning_required_pred"}},
    {"reasoning_free_pred", TEXT, {"reasoning_free_pred"}},
    {"long_answer", TEXT, {"LONG_ANSWER"}},
    {"contexts", TEXT, {"!CONTEXTS"}},
    {"labels", TEXT, {"LABELS"}},
    {"meshes", TEXT, {"MESHES"}},
    {0},
};

static const struct dataset_column contexts[] = {
    {"pmid", INTEGER, {"/@key"}},
    {"seq", INTEGER, {"@1"}},
    {"label", TEXT, {"@1/LABELS[@]"}},
    {"text", TEXT, {"."}},
    {".question", TEXT, {"!/QUESTION"}},
    {".contexts", TEXT, {"!/CONTEXTS"}},
    {0},
};

const struct dataset dataset_pubmedqa = {
    .name = "pubmedqa",
    .hints = "pubmedqa",
    .table =
        (const struct dataset_table[]){
            {"pubmedqa",
             "one row a question; contexts, labels and meshes are the file's JSON",
             {{&format_json, .shape = "members"},
              {&format_json, .shape = "members", .nameless = true}},
             questions},
            {"pubmedqa_contexts",
             "one row a paragraph that a question is answered from",
             {{&format_json, .each = "CONTEXTS.*", .shape = "members"}},
             contexts},
            {0},
        },
};
