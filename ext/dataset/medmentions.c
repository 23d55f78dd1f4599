/* medmentions.c - MedMentions, and what else is kept as PubTator: see format/pubtator.c.
 *
 *     25763772|t|DCTN4 as a modifier of …
 *     25763772 TAB 0 TAB 5 TAB DCTN4 TAB T103 TAB UMLS:C4308010       full: T116,T123 and C4308010
 */
#include "list.h"

static const struct dataset_column documents[] = {
    {"pmid", INTEGER, {"pmid"}},
    {"title", TEXT, {"title"}},
    {"abstract", TEXT, {"abstract"}},
    {0},
};

static const struct dataset_column mentions[] = {
    {"pmid", INTEGER, {"pmid"}},
    {"start_pos", INTEGER, {"start"}},
    {"end_pos", INTEGER, {"end"}},
    {"mention", TEXT, {"text"}},
    {"types", TEXT, {"type"}},
    {"concept_id", TEXT, {"concept"}},
    {0},
};

static const struct dataset_column relations[] = {
    {"pmid", INTEGER, {"pmid"}},
    {"type", TEXT, {"type"}},
    {"arg1", TEXT, {"arg1"}},
    {"arg2", TEXT, {"arg2"}},
    {0},
};

const struct dataset dataset_medmentions = {
    .name = "medmentions",
    .hints = "medmentions",
    .table =
        (const struct dataset_table[]){
            {"medmentions",
             "one row a document; offsets count in title, one blank, abstract",
             {{.format = &format_pubtator}},
             documents},
            {"medmentions_mentions",
             "one row a mention; end_pos is exclusive; concept_id as the file has it",
             {{&format_pubtator, .each = "mentions"}},
             mentions},
            {"medmentions_relations",
             "one row a relation of two concepts, as in BC5CDR",
             {{&format_pubtator, .each = "relations"}},
             relations},
            {0},
        },
};
