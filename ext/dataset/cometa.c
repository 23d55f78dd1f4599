/* cometa.c - COMETA: terms of patients in their posts, each linked to two concepts of SNOMED CT.
 *
 *     ID	Term	General SNOMED Label	General SNOMED ID	Specific SNOMED Label	…
 *     0	5FU	Fluorouracil	387172005	Fluorouracil	…	I can ' t do 5FU
 * …
 * ./stage_1/…
 *
 * TAB-separated in spite of its .csv; a field that holds a quote is quoted. Ids have up to 18
 * digits. */
#include "list.h"

static const struct dataset_column terms[] = {
    {"id", INTEGER, {"ID"}},
    {"term", TEXT, {"!Term"}},
    {"general_snomed_label", TEXT, {"General SNOMED Label"}},
    {"general_snomed_id", INTEGER, {"!General SNOMED ID"}},
    {"specific_snomed_label", TEXT, {"Specific SNOMED Label"}},
    {"specific_snomed_id", INTEGER, {"Specific SNOMED ID"}},
    {"example", TEXT, {"Example"}},
    {"example_link", TEXT, {"Example Link"}},
    {"origin_sheet", TEXT, {"Origin_Sheet"}},
    {0},
};

const struct dataset dataset_cometa = {
    .name = "cometa",
    .hints = "cometa",
    .table =
        (const struct dataset_table[]){
            {"cometa",
             "one row a term in its post, with its general and its specific concept",
             {{&format_csv, .shape = "sep=TAB quote"}},
             terms},
            {0},
        },
};
